"""Before the admin's own addresses: here one is on the way in, and not in yet."""

from django.urls import path

from accounts.two_factor import views

app_name = "two_factor"
urlpatterns = [
    path("", views.enter, name="enter"),
    path("pasang/", views.set_up, name="set_up"),
    path("keluar/", views.leave, name="leave"),
]
