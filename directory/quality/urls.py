from django.urls import path

from directory.quality import views

app_name = "quality"
urlpatterns = [
    path("", views.index, name="index"),
    path("instansi/", views.institutions, name="institutions"),
    path("instansi/unduh/", views.institutions_file, name="institutions_file"),
]
