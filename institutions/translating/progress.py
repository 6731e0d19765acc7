"""How far the translation has come, by type of page and by institution."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page, PageQuerySet

from institutions.sections import section_types

# A section lies below root, front page and index.
SECTION_DEPTH = 4


@dataclass(slots=True)
class Share:
    """`done` of `total` pages are published in the other language; `key` is the type's or institution's."""

    key: int
    label: str
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def by_type_and_institution(
    sources: PageQuerySet, locale: Locale, owners: Mapping[str, tuple[int, str]]
) -> tuple[list[Share], list[Share]]:
    """Two tables, the types as they are called in the admin and the institutions by name. `owners`: see
    `owners_by_path`."""
    published = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True)
    found = sources.order_by().values_list("content_type", "path", Exists(published))
    types: dict[int, Share] = {}
    institutions: dict[int, Share] = {}
    kinds: dict[int, str] = {}
    for content_type, path, done in found:
        if content_type not in kinds:
            model = ContentType.objects.get_for_id(content_type).model_class()
            kinds[content_type] = str(model._meta.verbose_name) if model else ""
        _count(types, content_type, kinds[content_type], done)
        if owner := owners.get(path[: SECTION_DEPTH * Page.steplen]):
            _count(institutions, *owner, done)
    return (
        sorted(types.values(), key=lambda share: share.label),
        sorted(institutions.values(), key=lambda share: share.label),
    )


def owners_by_path() -> dict[str, tuple[int, str]]:
    """Path of a section → number and name of its institution; a query for each kind of section."""
    found: dict[str, tuple[int, str]] = {}
    for section_type in section_types():
        sections = section_type._default_manager.filter(institution__isnull=False)
        for path, number, name in sections.values_list("path", "institution", "institution__name"):
            found[path] = (number, name)
    return found


def owner_of(page: Page, owners: Mapping[str, tuple[int, str]]) -> str:
    """Name of the institution in whose section a page is, or which it is the section of; "" for none."""
    return owners.get(page.path[: SECTION_DEPTH * Page.steplen], (0, ""))[1]


def _count(shares: dict[int, Share], key: int, label: str, done: bool) -> None:
    share = shares.setdefault(key, Share(key, label))
    share.total += 1
    share.done += done
