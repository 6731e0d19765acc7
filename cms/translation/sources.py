"""The page a translation is made from."""

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail_localize.models import Translation

from cms.refusals import RefusedError


def source_of(page: Page) -> Page | None:
    """The same page in the language everything is written in first, as it is stored now; None where it is not
    there, or no more."""
    sources = Page.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return sources.filter(translation_key=page.translation_key).exclude(pk=page.pk).first()


def demand_published_source(page: Page) -> None:
    """Raises `RefusedError` where readers do not see what this page is a translation of.

    A page that was written in its language has no source, and needs none.
    """
    source = source_of(page)
    if source is None:
        if Translation.objects.filter(source__object_id=page.translation_key).exists():
            raise RefusedError(gone())
    elif not source.live:
        raise RefusedError(
            _("Naskah Indonesia “%(title)s” tidak sedang terbit. Terbitkan naskahnya dulu, lalu ajukan lagi.")
            % {"title": source.title}
        )


def gone() -> str:
    """What is said of a translation whose source was deleted."""
    return _(
        "Naskah Indonesia halaman ini sudah dihapus; terjemahannya tidak dapat dikerjakan atau diterbitkan "
        "lagi. Teksnya tetap tersimpan dalam riwayat halaman."
    )
