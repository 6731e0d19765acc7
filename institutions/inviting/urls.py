"""In the admin."""

from django.urls import path

from institutions.inviting import member_views, portal_views, views

app_name = "members"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:institution_id>/", views.institution, name="institution"),
    path("peran/<int:membership_id>/", member_views.member, name="member"),
    path("portal/", portal_views.portal_roles, name="portal"),
    path("portal/<int:membership_id>/akhiri/", portal_views.end_portal_role, name="end_portal"),
    path("undangan/<int:invitation_id>/tarik/", views.take_back, name="take_back"),
]
