from django.urls import path

from institutions.lifecycle import views

app_name = "lifecycle"
urlpatterns = [
    path("<int:institution_id>/", views.index, name="index"),
    path("<int:institution_id>/akhiri/", views.end, name="retire"),
    path("<int:institution_id>/hidupkan/", views.bring_back, name="reinstate"),
    path("<int:institution_id>/gabung/", views.choose, name="choose"),
    path("<int:institution_id>/gabung/<int:into_id>/", views.join, name="merge"),
]
