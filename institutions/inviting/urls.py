"""In the admin."""

from django.urls import path

from institutions.inviting import member_views, views

app_name = "members"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:institution_id>/", views.institution, name="institution"),
    path("peran/<int:membership_id>/", member_views.member, name="member"),
    path("undangan/<int:invitation_id>/tarik/", views.take_back, name="take_back"),
]
