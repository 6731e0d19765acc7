"""Two people at one page: who saves second is told so once, before he puts his text over the other's.

Wagtail asks in a dialogue, in a browser with scripts that has heard of the other in time. It looks at nothing
when a form is sent: whoever saved within the last seconds would be passed over without a word.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page, Revision


def overtaken_by(page: Page, user: Any, data: Mapping[str, Any]) -> Revision | None:
    """The newest revision that somebody else saved since the form with this data was loaded.

    Not one's own: Wagtail saves what is typed every few seconds, and the form still names what it began with.
    """
    loaded = _moment(data.get("loaded_revision_created_at"))
    if loaded is None or page.pk is None:
        return None
    later = page.revisions.filter(created_at__gt=loaded).exclude(user=user).defer("content")
    return later.select_related("user").order_by("-created_at").first()


def _moment(text: Any) -> datetime | None:
    """As Wagtail's form writes it; None for anything else."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


class AttentivePageForm(WagtailAdminPageForm):
    """Of every page. Shown again it names the newest revision: whoever sends it once more is heard."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        # Only the editor hands over a subscription to comments; a preview saves nothing.
        if self.subscription is not None:
            self._mind_others()
        return cleaned

    def _mind_others(self) -> None:
        newer = overtaken_by(self.instance, self.for_user, self.data)
        if newer is None:
            return
        message = _(
            "%(who)s menyimpan versi baru halaman ini setelah Anda membukanya. Isian Anda masih di sini, "
            "belum disimpan. Bandingkan dahulu dengan versi itu di riwayat halaman; bila isian Anda yang "
            "berlaku, simpan sekali lagi. Kedua versi tetap ada di riwayat."
        )
        self.add_error(None, message % {"who": newer.user or _("Sistem")})


def script() -> SafeString:
    """For the hook `insert_editor_js`."""
    return format_html('<script src="{}" defer></script>', static("js/admin-overtaken.js"))
