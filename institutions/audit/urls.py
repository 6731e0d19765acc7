from django.urls import path

from institutions.audit.report import TrailView

app_name = "audit"
urlpatterns = [
    path("", TrailView.as_view(), name="index"),
    path("hasil/", TrailView.as_view(results_only=True), name="results"),
]
