"""For who is not a member yet."""

from django.urls import path

from institutions.inviting import views

app_name = "inviting"
urlpatterns = [path("<str:token>/", views.answer, name="answer")]
