from django.urls import path

from directory import views

app_name = "directory"
urlpatterns = [
    path("<int:number>/", views.permanent_address, name="permanent-address"),
]
