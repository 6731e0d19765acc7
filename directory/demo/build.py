"""Writes synthetic records: below their owners' sections, published, with search documents."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from random import Random

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.demo.profile import MARK, Profile, make_profile
from directory.derived.evidence import content_hash, evidence_level
from directory.imports.field_kinds import References
from directory.imports.publishing import create_page
from directory.models import (
    Award,
    Confirmation,
    DirectoryIndexPage,
    DirectorySectionPage,
    FormerName,
    InnovationPage,
    RegistryEntry,
    SourceRecord,
    Validation,
    Verification,
)
from institutions.models import Institution, InstitutionKind
from institutions.sections import get_or_create_section
from search.sources import batched
from taxonomy.models import SDG, AwardProgramme, BeneficiaryGroup, ReformTheme, Sector

PREFIX = "sintetis-"
CHUNK = 50
# How many of a hundred records belong to each kind of government.
OWNERS = {InstitutionKind.REGENCY: 70, InstitutionKind.CITY: 20, InstitutionKind.PROVINCE: 10}


class CannotBuildError(Exception):
    """Synthetic records must not be written here; the message says why and what to do."""


def build_records(
    index: DirectoryIndexPage,
    size: int,
    seed: int,
    *,
    today: date | None = None,
    advance: Callable[[int], None] | None = None,
) -> int:
    """Writes the records still missing up to `size`; returns how many. The same seed, the same records.

    `advance` hears after every chunk how many were written. `CannotBuildError` beside real records or
    without reference tables.
    """
    check_alone()
    builder = _Builder(index, seed, today or timezone.localdate())
    known = SourceRecord.objects.filter(record_id__startswith=PREFIX)
    done = set(known.values_list("record_id", flat=True))
    missing = [number for number in range(1, size + 1) if f"{PREFIX}{number}" not in done]
    for start in range(0, len(missing), CHUNK):
        part = missing[start : start + CHUNK]
        with transaction.atomic(), batched():
            for number in part:
                builder.write(number)
        if advance:
            advance(len(part))
    return len(missing)


def check_alone() -> None:
    """`CannotBuildError` if the directory holds records that are not synthetic."""
    if InnovationPage.objects.exclude(source_records__record_id__startswith=PREFIX).exists():
        raise CannotBuildError(
            _(
                "Basis data ini berisi inovasi sungguhan; data sintetis tidak boleh dicampur dengannya. "
                "Pakai basis data lain lewat DATABASE_URL (make demo memakai var/demo.sqlite3)."
            )
        )


class _Builder:
    def __init__(self, index: DirectoryIndexPage, seed: int, today: date) -> None:
        self._index = index
        self._seed = seed
        self._today = today
        self._references = References()
        self._sections: dict[int, DirectorySectionPage] = {}
        self._owners = self._owners_by_kind()

    def _owners_by_kind(self) -> dict[str, list[Institution]]:
        institutions = Institution.objects.filter(kind__in=OWNERS, region__isnull=False, is_active=True)
        owners: dict[str, list[Institution]] = {kind: [] for kind in OWNERS}
        for institution in institutions.select_related("region").order_by("code"):
            owners[institution.kind].append(institution)
        if not all(owners.values()):
            raise CannotBuildError(_("Tabel rujukan belum dimuat. Jalankan dulu: manage.py load_taxonomy."))
        return owners

    def write(self, number: int) -> None:
        """One record, the same for the same seed and number whatever else is built."""
        # Not for secrets: a generator that repeats itself is what is wanted.
        random = Random(f"{self._seed}:{number}")  # noqa: S311
        kind = random.choices(list(OWNERS), weights=list(OWNERS.values()))[0]
        owner = random.choice(self._owners[kind])
        place = owner.region.name_id if owner.region else owner.name
        profile = make_profile(number, place, random, self._today)
        page = self._page(profile, owner)
        create_page(page, self._section(owner), live=True)
        self._write_history(page, profile)

    def _page(self, profile: Profile, owner: Institution) -> InnovationPage:
        get = self._references.get
        topic = profile.topic
        page = InnovationPage(
            **profile.fields,
            **{name: json.dumps(rows) for name, rows in profile.streams.items()},
            translation_key=profile.translation_key,
            # The key comes from the seed: a record deleted and built again keeps its number.
            registry_number=RegistryEntry.number_for(profile.translation_key),
            institution=owner,
            region=owner.region,
            slug=f"{slugify(profile.fields['title'])[:70].strip('-')}-{profile.number}",
        )
        page.sectors = [get(Sector, code) for code in topic.sectors]
        page.sdgs = [get(SDG, code) for code in topic.sdgs]
        page.reform_themes = [get(ReformTheme, code) for code in topic.themes]
        page.beneficiary_groups = [get(BeneficiaryGroup, code) for code in topic.groups]
        page.awards = [
            Award(programme=get(AwardProgramme, code), year=year, rank=rank, sort_order=position)
            for position, (code, year, rank) in enumerate(profile.awards)
        ]
        if profile.former_name:
            page.former_names = [FormerName(name=profile.former_name)]
        page.tags.add(MARK)
        return page

    def _write_history(self, page: InnovationPage, profile: Profile) -> None:
        SourceRecord.objects.create(
            page=page,
            source=profile.source,
            record_id=f"{PREFIX}{profile.number}",
            year=profile.fields["year"],
            raw={"keterangan": MARK},
        )
        Confirmation.objects.bulk_create(
            Confirmation(
                page=page,
                status=status,
                reason=reason,
                confirmed_by_post=profile.fields["contact_post"],
                confirmed_at=_noon(day),
            )
            for status, reason, day in profile.confirmations
        )
        if profile.validated:
            Validation.objects.create(page=page, source=profile.source, validated_at=_noon(profile.validated))
        if profile.verified:
            Verification.objects.bulk_create(self._verifications(page, profile.verified))
            page.evidence_level = evidence_level(page)
            InnovationPage.objects.filter(pk=page.pk).update(evidence_level=page.evidence_level)

    def _verifications(self, page: InnovationPage, day: date) -> Iterator[Verification]:
        for block in page.evidence:
            yield Verification(
                page=page, block_id=block.id, content_hash=content_hash(block.value), verified_at=_noon(day)
            )

    def _section(self, owner: Institution) -> DirectorySectionPage:
        if owner.pk not in self._sections:
            self._sections[owner.pk] = get_or_create_section(self._index, owner, DirectorySectionPage)
        return self._sections[owner.pk]


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
