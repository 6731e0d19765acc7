from django.urls import path

from directory.merging.admin import views

app_name = "merging"
urlpatterns = [
    path("", views.index, name="index"),
    path("cari/", views.search, name="search"),
    path("<int:first>/<int:second>/", views.pair, name="pair"),
    path("hasil/<int:number>/", views.result, name="result"),
]
