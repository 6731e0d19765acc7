from django.urls import path

from directory.validating import views

app_name = "validating"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:review_id>/", views.review, name="review"),
    path("<int:review_id>/pratinjau/", views.preview, name="preview"),
    path("<int:review_id>/serahkan/", views.hand_on, name="hand_on"),
]
