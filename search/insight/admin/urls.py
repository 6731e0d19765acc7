from django.urls import path

from search.insight.admin import call_views, views

app_name = "insight"
urlpatterns = [
    path("", views.index, name="index"),
    path("unduh/<slug:table>/", views.file, name="file"),
    path("panggilan/", call_views.index, name="calls"),
    path("panggilan/baru/", call_views.new, name="new_call"),
    path("panggilan/tambah/", call_views.attach, name="attach"),
    path("panggilan/<int:pk>/", call_views.call, name="call"),
]
