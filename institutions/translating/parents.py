"""What a translation stands in: the translation of what its source stands in."""

from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, PageQuerySet

from cms.refusals import RefusedError

# Below the root of the tree, which is in no language.
FRONT_PAGE = 2


def demand_parent(page: Page, locale: Locale) -> None:
    """Raises `RefusedError` where the page above has no translation yet: wagtail-localize would put its
    Indonesian there, as an alias that is published at once."""
    if lacking := _above(page.get_parent(), locale):
        raise RefusedError(
            _("Halaman di atasnya belum ada terjemahannya: “%(title)s”. Terjemahkan itu dulu.")
            % {"title": lacking[0].title}
        )


def provided(page: Page, locale: Locale) -> Page:
    """The translation of a page; where there is none, drafts of it and of all above that lack theirs."""
    for one in _above(page, locale):
        one.specific.copy_for_translation(locale)
    return page.get_translation(locale)


def _above(page: Page, locale: Locale) -> list[Page]:
    """The pages without a translation among this one and those above it, from the top."""
    line: PageQuerySet = page.get_ancestors(inclusive=True).filter(depth__gte=FRONT_PAGE)
    known = set(
        Page.objects.filter(translation_key__in=line.values("translation_key"), locale=locale).values_list(
            "translation_key", flat=True
        )
    )
    return [one for one in line.order_by("path") if one.translation_key not in known]
