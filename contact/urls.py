from django.urls import path
from django.utils.translation import pgettext_lazy

from contact import views
from contact.models import EnquiryKind

app_name = "contact"
urlpatterns = [
    path("<int:page_id>/", views.enquire, {"kind": EnquiryKind.QUESTION}, name="ask"),
    path(
        pgettext_lazy("address", "<int:page_id>/salah/"),
        views.enquire,
        {"kind": EnquiryKind.ERROR},
        name="report",
    ),
    path(pgettext_lazy("address", "<int:page_id>/terkirim/"), views.thanks, name="thanks"),
]
