from django.urls import path

from directory.editing import deletion

urlpatterns = [
    path("pages/<int:page_id>/delete/", deletion.delete),
]
