"""The translators' queue: every published page of their sections, and how far its translation has come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.conf import settings
from django.db.models import (
    CharField,
    Count,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    PositiveIntegerField,
    Q,
    QuerySet,
    Subquery,
)  # fmt: skip
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, PageQuerySet, WorkflowState
from wagtail_localize.models import StringSegment, Translation, TranslationLog

from institutions.translating.progress import owner_of
from institutions.translating.texts import to_translate, untranslated

# So many of a page's waiting texts are named in the list.
NAMED = 12


class Stage(StrEnum):
    """How far a translation has come; the order is that of the filter."""

    CHANGED = "changed"
    UNDERWAY = "underway"
    REVIEWED = "reviewed"
    NONE = "none"
    DONE = "done"


LABELS = {
    Stage.CHANGED: _("Naskahnya berubah sesudah diterjemahkan"),
    Stage.UNDERWAY: _("Sedang diterjemahkan"),
    Stage.REVIEWED: _("Sedang ditinjau"),
    Stage.NONE: _("Belum diterjemahkan"),
    Stage.DONE: _("Terbit dan mutakhir"),
}


@dataclass(slots=True)
class Row:
    """One page of the queue. `owner`: name of the section's institution; `waiting`: the page's first
    untranslated texts, as field label and text."""

    page: Page
    owner: str
    stage: Stage
    translation: int | None
    target: int | None
    total: int
    missing: int
    waiting: list[tuple[str, str]] = field(default_factory=list)

    @property
    def done(self) -> int:
        return self.total - self.missing

    @property
    def label(self) -> str:
        return str(LABELS[self.stage])


def staged(sources: PageQuerySet, locale: Locale) -> QuerySet[Page]:
    """These pages with what their stage follows from: `translation` and `target` (ids, None where there is
    none), `total` and `missing` (numbers of texts), whether live or under review, when read and made."""
    translations = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"), target_locale=locale, enabled=True
    )
    targets = Page.objects.filter(translation_key=OuterRef("translation_key"), locale=locale)
    texts = StringSegment.objects.filter(source__object_id=OuterRef("translation_key")).filter(
        source__locale_id=OuterRef("locale_id")
    )
    return sources.annotate(
        translation=Subquery(translations.values("pk")[:1]),
        target=Subquery(targets.values("pk")[:1]),
        is_live=Exists(targets.filter(live=True)),
        total=_number_of(to_translate(texts)),
        missing=_number_of(untranslated(texts, locale)),
        is_reviewed=Exists(
            WorkflowState.objects.filter(
                base_content_type__app_label="wagtailcore",
                base_content_type__model="page",
                object_id=Cast(OuterRef("target"), CharField(max_length=255)),
                status=WorkflowState.STATUS_IN_PROGRESS,
            )
        ),
        read_at=Subquery(translations.values("source__last_updated_at")[:1], DateTimeField()),
        made_at=Subquery(
            TranslationLog.objects.filter(revision__in=targets_revision(locale)).values("created_at")[:1],
            DateTimeField(),
        ),
    )


def targets_revision(locale: Locale) -> QuerySet:
    """Of a page in an outer query: what readers see of its translation."""
    pages = Page.objects.filter(translation_key=OuterRef(OuterRef("translation_key")), locale=locale)
    return pages.values("live_revision")


def _number_of(rows: QuerySet) -> Coalesce:
    counted = rows.order_by().values("source__object_id").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, PositiveIntegerField()), 0)


# Each of `staged` is in exactly one.
CONDITIONS = {
    Stage.REVIEWED: Q(is_reviewed=True),
    Stage.CHANGED: Q(is_reviewed=False, is_live=True, translation__isnull=False)
    & (Q(missing__gt=0) | Q(made_at__lt=F("read_at"))),
    Stage.UNDERWAY: Q(is_reviewed=False, is_live=False, translation__isnull=False),
    Stage.NONE: Q(is_reviewed=False, is_live=False, translation__isnull=True),
    Stage.DONE: Q(is_reviewed=False, is_live=True)
    & (
        Q(translation__isnull=True)
        | (Q(missing=0) & (Q(made_at__gte=F("read_at")) | Q(made_at__isnull=True)))
    ),
}


def stage_of(page: Page) -> Stage:
    """The stage of a page out of `staged`; the same as `CONDITIONS` says in the database."""
    if page.is_reviewed:
        return Stage.REVIEWED
    if not page.is_live:
        return Stage.NONE if page.translation is None else Stage.UNDERWAY
    behind = page.made_at is not None and page.read_at is not None and page.made_at < page.read_at
    return Stage.CHANGED if page.translation is not None and (page.missing or behind) else Stage.DONE


def rows(pages: Sequence[Page], locale: Locale, owners: Mapping[str, tuple[int, str]]) -> list[Row]:
    """The rows of one page of the queue: one query more, for the texts that wait."""
    waiting = _waiting([page for page in pages if page.missing and page.translation is not None], locale)
    return [
        Row(
            page, owner_of(page, owners), stage_of(page), page.translation, page.target,
            page.total, page.missing, waiting.get(page.translation_key, []),
        )
        for page in pages
    ]  # fmt: skip


def _waiting(pages: Iterable[Page], locale: Locale) -> dict[object, list[tuple[str, str]]]:
    models = {page.translation_key: page.specific_class for page in pages}
    segments = StringSegment.objects.filter(
        source__object_id__in=models, source__locale__language_code=settings.LANGUAGE_CODE
    )
    texts = (
        untranslated(segments, locale)
        .order_by("source", "order")
        .values_list("source__object_id", "context__path", "string__data")
    )
    found: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for key, path, text in texts.iterator():
        if len(found[key]) < NAMED:
            found[key].append((_label(models[key], path), text))
    return found


def _label(model: type[Page] | None, path: str) -> str:
    """The field a text stands in, as editors know it."""
    name = path.split(".")[0]
    try:
        verbose = getattr(model._meta.get_field(name), "verbose_name", name) if model else name
    except LookupError:
        return name
    return str(verbose).capitalize()
