"""Enquiries in the admin: read them, mark them answered. For superusers until institutions have rights."""

from typing import Any

from django.db.models import Field
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import InspectView
from wagtail.admin.viewsets.model import ModelViewSet

from contact.models import Enquiry


class EnquiryInspectView(InspectView):
    def get_field_display_value(self, field_name: str, field: Field) -> Any:
        value = super().get_field_display_value(field_name, field)
        return "–" if value is None else value


class EnquiryViewSet(ModelViewSet):
    model = Enquiry
    icon = "mail"
    menu_label = _("Pertanyaan")
    menu_order = 600
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = EnquiryInspectView
    list_display = ["created", "kind", "page_title", "addressee", "mailed_at", "status"]
    list_filter = ["status", "kind", "created"]
    search_fields = ["message", "name", "email", "addressee"]
    inspect_view_fields = [
        "created",
        "kind",
        "page",
        "section",
        "message",
        "name",
        "email",
        "addressee",
        "recipient",
        "mailed_at",
        "status",
    ]
    panels = [FieldPanel("message", read_only=True), FieldPanel("status")]


viewset = EnquiryViewSet("enquiries")
