from django.urls import path

from contact import views
from contact.models import EnquiryKind

app_name = "contact"
urlpatterns = [
    path("<int:page_id>/", views.enquire, {"kind": EnquiryKind.QUESTION}, name="ask"),
    path("<int:page_id>/salah/", views.enquire, {"kind": EnquiryKind.ERROR}, name="report"),
    path("<int:page_id>/terkirim/", views.thanks, name="thanks"),
]
