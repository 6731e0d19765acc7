from django.urls import path

from directory.confirming import views

app_name = "confirming"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:page_id>/", views.ask, name="ask"),
    path("surat/<str:token>/", views.from_mail, name="from_mail"),
]
