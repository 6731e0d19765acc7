from django.urls import path, register_converter

from directory import views
from directory.export import views as export
from directory.finder.numbers import RegistryCode

register_converter(RegistryCode, "registry_code")

app_name = "directory"
urlpatterns = [
    path("unduh/", export.columns, name="export-columns"),
    path("unduh/<slug:kind>/", export.download, name="export"),
    path("<int:number>/", views.permanent_address, name="permanent-address"),
    path("<registry_code:number>/", views.permanent_address, name="written-address"),
]
