from django.urls import path

from directory import views
from directory.export import views as export

app_name = "directory"
urlpatterns = [
    path("unduh/", export.columns, name="export-columns"),
    path("unduh/<slug:kind>/", export.download, name="export"),
    path("<int:number>/", views.permanent_address, name="permanent-address"),
]
