"""An innovation as the search sees it: one document for all its languages, from the published state."""

import re
import uuid
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from taggit.models import Tag
from wagtail.rich_text import get_text_for_indexing

from cms.privacy import restricted_paths
from directory.derived.confirmation import current_status
from directory.finder import facets
from directory.finder.numbers import address_of
from directory.models import Award, InnovationPage
from directory.profile.registration import replication_counts
from directory.querysets import by_record, is_public
from institutions.models import Institution
from search.sources import Source, path_of
from search.types import Document
from taxonomy.models import (
    SDG,
    AwardProgramme,
    BeneficiaryGroup,
    ReferenceEntry,
    ReformTheme,
    Region,
    Sector,
)

TYPE = "innovation"


def build(page: InnovationPage) -> Document | None:
    """The document of the innovation `page` belongs to, or None where the public may not read it."""
    return next(iter(build_many([page.translation_key])), None)


def build_many(keys: Iterable[uuid.UUID]) -> list[Document]:
    """Documents of those of these records that are public, in a constant number of queries."""
    records = by_record(keys)
    restricted = restricted_paths()
    counts = replication_counts([versions[0].pk for versions in records.values()])
    documents = []
    for versions in records.values():
        # A withdrawn or restricted source takes its translations out of the results with it.
        if is_public(versions[0], restricted):
            public = [page for page in versions if is_public(page, restricted)]
            documents.append(_document(public, *counts.get(versions[0].pk, (0, 0))))
    return documents


def _document(versions: Sequence[InnovationPage], replications: int, running: int) -> Document:
    source = versions[0]
    languages = {page.locale.language_code: page for page in versions}
    texts = {
        "title": {language: page.title for language, page in languages.items()},
        "keywords": {language: _keywords(page, source, language) for language, page in languages.items()},
        "summary": {language: _summary(page) for language, page in languages.items()},
        "body": {language: _body(page, language) for language, page in languages.items()},
    }
    return Document(
        key=SOURCE.key_of(source.translation_key),
        type=TYPE,
        object_id=source.pk,
        texts=texts,
        facets=_facets(source),
        data=_data(source, languages, replications, running),
        date=_date(source),
        evidence=source.evidence_level,
        replications=replications,
    )


def _status(page: InnovationPage) -> str:
    latest = next(iter(page.confirmations.all()), None)
    return current_status(page.operational_status, latest.status if latest else None)


def _date(page: InnovationPage) -> str:
    if page.implementation_date:
        return page.implementation_date.isoformat()
    return f"{page.year:04d}-01-01" if page.year else ""


def _facets(page: InnovationPage) -> dict[str, tuple[str, ...]]:
    place = page.place
    province = place.province_or_self if place else None
    band = place.population_band if place else None
    themes = {theme for own in page.reform_themes.all() for theme in (own, own.parent) if theme}
    years = {page.year, *(award.year for award in page.awards.all())}
    values: dict[str, Iterable[object]] = {
        "province": [province.code] if province else [],
        "region": [place.code] if place and place != province else [],
        "institution_kind": [page.institution.kind] if page.institution else [],
        "sector": [sector.code for sector in page.sectors.all()],
        "sdg": [sdg.code for sdg in page.sdgs.all()],
        "theme": sorted(theme.code for theme in themes),
        "year": sorted(year for year in years if year),
        "award": sorted({award.programme.code for award in page.awards.all()}),
        "source": sorted({record.source for record in page.source_records.all()}),
        "status": [_status(page)],
        "phase": [page.development_phase],
        "kind": [page.kind],
        "evidence": [page.evidence_level],
        "cost": [page.cost_band],
        "population": [band.value] if band else [],
        "island": [province.island_group] if province else [],
    }
    named = {name: tuple(str(value) for value in found if value != "") for name, found in values.items()}
    return {name: found for name, found in named.items() if found}


def _data(
    source: InnovationPage, languages: dict[str, InnovationPage], replications: int, running: int
) -> dict[str, object]:
    place = source.place
    province = place.province_or_self if place else None
    confirmed = next(iter(source.confirmations.all()), None)
    return {
        "number": source.registry_number,
        "code": source.registry_code,
        "title": {language: page.title for language, page in languages.items()},
        "url": {
            code: path_of(languages[code]) if code in languages else _permanent_address(source, code)
            for code, _name in settings.LANGUAGES
        },
        "summary": {language: page.summary for language, page in languages.items()},
        "problem": {language: page.problem for language, page in languages.items()},
        "result": {language: page.result for language, page in languages.items()},
        "institution": _institution_names(source),
        "place": _names(place),
        "province": _names(province),
        # The province, unless the owner's name says it: "Pemerintah Provinsi Aceh · Aceh" is once too often.
        "where": {} if province and _is_said(province, source) else _names(province),
        "year": source.year,
        "awards": [_award(award) for award in source.awards.all()],
        "status": _status(source),
        "confirmed_at": timezone.localdate(confirmed.confirmed_at).isoformat() if confirmed else "",
        "confirmed_status": confirmed.status if confirmed else "",
        "cost_band": source.cost_band,
        "evidence": source.evidence_level,
        "replications": replications,
        "replications_running": running,
        "validated": bool(source.validations.all()),
    }


def _permanent_address(page: InnovationPage, language: str) -> str:
    with override(language):
        return reverse("directory:permanent-address", args=[page.registry_number])


def _names(entry: ReferenceEntry | None) -> dict[str, str]:
    return {"id": entry.name_id, "en": entry.name_in("en")} if entry else {}


def _institution_names(page: InnovationPage) -> dict[str, str]:
    if page.institution is None:
        return {"id": page.institution_text} if page.institution_text else {}
    return {language: _name_in(page.institution, language) for language in ("id", "en")}


def _name_in(institution: Institution, language: str) -> str:
    with override(language):
        return institution.shown_name


def _is_said(region: Region, page: InnovationPage) -> bool:
    owner = _institution_names(page).get("id", "")
    names = (region.name_id, region.short_name, *region.abbreviations)
    return any(re.search(rf"\b{re.escape(name)}\b", owner, re.IGNORECASE) for name in names if name)


def _award(award: Award) -> str:
    programme = award.programme
    parts = (award.rank, programme.abbreviation or programme.name_id, award.year)
    return " ".join(str(part) for part in parts if part)


def _keywords(page: InnovationPage, source: InnovationPage, language: str) -> str:
    words: list[str] = [page.service_unit, page.institution_text]
    if page.institution:
        words += _institution_words(page.institution)
    place = page.place
    for region in dict.fromkeys((place, place.province_or_self)) if place else ():
        words += [region.name_in(language), region.short_name, *region.abbreviations]
    words += [sector.name_in(language) for sector in source.sectors.all()]
    words += [theme.name_in(language) for theme in source.reform_themes.all()]
    words += [item.tag.name for item in page.tagged_items.all()]
    words += [former.name for former in page.former_names.all()]
    for award in source.awards.all():
        words += [award.programme.name_in(language), award.programme.abbreviation, award.rank]
    return " · ".join(dict.fromkeys(word for word in words if word))


def _institution_words(institution: Institution) -> list[str]:
    others = [other.name for other in institution.names.all()]
    return [institution.name, institution.name_en, institution.abbreviation, *others]


def _summary(page: InnovationPage) -> str:
    return "\n".join(text for text in (page.summary, page.problem, page.result) if text)


def _body(page: InnovationPage, language: str) -> str:
    parts = [get_text_for_indexing(str(row["value"])) for row in page.narrative.raw_data]
    for stream, fields in (
        (page.evidence, ("indicator", "baseline", "result", "unit", "period", "method", "source")),
        (page.prerequisites, ("statement",)),
        (page.replication_kit, ("title",)),
        (page.costs, ("item",)),
        (page.institutionalisation, ("title",)),
        (page.plan_priorities, ("statement",)),
        (page.competition_categories, ("scheme", "category")),
    ):
        parts += [" ".join(str(row["value"].get(name) or "") for name in fields) for row in stream.raw_data]
    parts += [page.partners, page.staff_needed, page.operational_status_reason]
    parts += [goal.name_in(language) for goal in page.sdgs.all()]
    parts += [group.name_in(language) for group in page.beneficiary_groups.all()]
    return "\n".join(part.strip() for part in parts if part and part.strip())


SOURCE = Source(
    TYPE,
    _("Inovasi"),
    InnovationPage,
    build_many,
    pointers={
        Institution: ("institution",),
        Region: ("region", "region__province", "institution__region", "institution__region__province"),
        Sector: ("sectors",),
        SDG: ("sdgs",),
        ReformTheme: ("reform_themes", "reform_themes__parent"),
        BeneficiaryGroup: ("beneficiary_groups",),
        AwardProgramme: ("awards__programme",),
        Tag: ("tagged_items__tag",),
    },
    address_of=address_of,
    facets=facets.NAMES,
)
