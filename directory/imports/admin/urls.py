from django.urls import path

from directory.imports.admin import views

app_name = "imports"
urlpatterns = [
    path("", views.index, name="index"),
    path("unggah/", views.upload, name="upload"),
    path("templat/<slug:source>/", views.template, name="template"),
    path("ekspor/<slug:kind>/", views.export, name="export"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/kolom/", views.columns, name="columns"),
    path("<int:pk>/tulis/", views.apply, name="apply"),
    path("<int:pk>/batal/", views.cancel, name="cancel"),
    path("<int:pk>/batalkan/", views.reverse_batch, name="reverse"),
    path("<int:pk>/baris/<int:number>/", views.compare, name="compare"),
    path("<int:pk>/ditolak/", views.refused, name="refused"),
]
