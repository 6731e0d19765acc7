from django.urls import path

from search.operations import views

urlpatterns = [
    path("searchz", views.health, name="search-health"),
    path("metrics", views.numbers, name="metrics"),
]
