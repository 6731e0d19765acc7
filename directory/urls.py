from django.urls import path, register_converter
from django.utils.translation import pgettext_lazy

from directory import views
from directory.export import views as export
from directory.finder.numbers import RegistryCode

register_converter(RegistryCode, "registry_code")

app_name = "directory"
urlpatterns = [
    path(pgettext_lazy("address", "unduh/"), export.columns, name="export-columns"),
    path(pgettext_lazy("address", "unduh/<slug:kind>/"), export.download, name="export"),
    path("<int:number>/", views.permanent_address, name="permanent-address"),
    path("<registry_code:number>/", views.permanent_address, name="written-address"),
]
