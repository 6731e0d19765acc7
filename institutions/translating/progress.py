"""How far the translation has come, by type of page and by institution."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from wagtail.models import Locale, Page, PageQuerySet

from institutions.sections import section_types

# A section lies below root, front page and index.
SECTION_DEPTH = 4


@dataclass(slots=True)
class Share:
    """`done` of `total` pages are published in the other language."""

    label: str
    done: int = 0
    total: int = 0

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


def by_type_and_institution(sources: PageQuerySet, locale: Locale) -> tuple[list[Share], list[Share]]:
    """Two tables, the types as they are called in the admin and the institutions by name, in five queries."""
    published = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale, live=True)
    found = sources.order_by().values_list("content_type", "path", Exists(published))
    types: dict[int, Share] = {}
    owners = _owners()
    institutions: dict[str, Share] = {}
    kinds: dict[int, str] = defaultdict(str)
    for content_type, path, done in found:
        if content_type not in kinds:
            model = ContentType.objects.get_for_id(content_type).model_class()
            kinds[content_type] = str(model._meta.verbose_name) if model else ""
        _count(types, content_type, kinds[content_type], done)
        owner = owners.get(path[: SECTION_DEPTH * Page.steplen])
        if owner:
            _count(institutions, owner, owner, done)
    return (
        sorted(types.values(), key=lambda share: share.label),
        sorted(institutions.values(), key=lambda share: share.label),
    )


def _count(shares: dict, key: object, label: str, done: bool) -> None:
    share = shares.setdefault(key, Share(label))
    share.total += 1
    share.done += done


def _owners() -> dict[str, str]:
    """Path of a section → the name of its institution."""
    found: dict[str, str] = {}
    for section_type in section_types():
        sections = section_type._default_manager.filter(institution__isnull=False)
        found.update(sections.values_list("path", "institution__name"))
    return found
