from django.urls import path

from institutions.translating import views

app_name = "translating"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:translation_id>/ajukan/", views.submit, name="submit"),
    path("<int:translation_id>/putuskan/", views.decide, name="decide"),
]
