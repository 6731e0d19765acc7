"""A page's form that was open while somebody else saved the page: said before his version is replaced.

Wagtail asks with a script; without one, or before the script has heard of it, its forms replace it unasked.
"""

from datetime import UTC, datetime
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Revision

# Sent along where the person has confirmed it in Wagtail's dialogue (`static/js/admin-newer.js`).
CONFIRMED = "replace_newer"


class NewerVersionForm(WagtailAdminPageForm):
    """Refused once, with all that was typed. The form that is shown again knows of the newer version: sent a
    second time it is saved. Both versions stay in the page's history."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        newer = self._newer()
        if newer is not None and CONFIRMED not in self.data:
            names = {
                "who": newer.user or _("Portal"),
                "when": date_format(timezone.localtime(newer.created_at), "j F Y H.i"),
            }
            self.add_error(
                None,
                _(
                    "%(who)s menyimpan versi lain pada %(when)s, sesudah Anda membuka halaman ini. Isian "
                    "Anda masih utuh di bawah. Bila isian Anda yang berlaku, simpan sekali lagi; versi itu "
                    "tetap ada di riwayat."
                )
                % names,
            )
        return cleaned

    def _newer(self) -> Revision | None:
        """Of the versions saved after the form was loaded the latest that is not the person's own: what is
        saved by itself while he types does not tell the form."""
        loaded = self._loaded_at() if self.instance.pk is not None else None
        if loaded is None:
            return None
        others = self.instance.revisions.filter(created_at__gt=loaded).exclude(user=self.for_user)
        return others.defer("content").select_related("user").order_by("-created_at").first()

    def _loaded_at(self) -> datetime | None:
        """When the version in the form was saved; None where the form does not say."""
        try:
            # Not by its number alone: it may have been saved over since.
            at = datetime.fromisoformat(self.data.get("loaded_revision_created_at", ""))
            return at.astimezone(UTC)
        except (ValueError, OverflowError):
            number = self.data.get("loaded_revision_id", "")
            known = self.instance.revisions.filter(pk=number) if number.isdecimal() else None
            return known.values_list("created_at", flat=True).first() if known is not None else None


def script() -> SafeString:
    """For the hook `insert_editor_js`."""
    return format_html('<script src="{}" defer></script>', static("js/admin-newer.js"))
