"""What follows when an institution gets another name: the old one is kept, sections and collection follow.

Addresses stay as they are: they are cited, and a reader does not read them. So no redirect is needed.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from wagtail.log_actions import log

from institutions.lifecycle.belongings import sections_of
from institutions.log import RENAME
from institutions.models import Institution, InstitutionChange, InstitutionName, SectionPage, Workspace
from institutions.provisioning import provision

if TYPE_CHECKING:
    from accounts.models import User


@dataclass(frozen=True, slots=True)
class Names:
    """What an institution is called."""

    name: str
    name_en: str
    abbreviation: str

    @classmethod
    def of(cls, institution: Institution) -> "Names":
        return cls(institution.name, institution.name_en, institution.abbreviation)

    def as_dict(self) -> dict[str, str]:
        return {"name": self.name, "name_en": self.name_en, "abbreviation": self.abbreviation}


@transaction.atomic
def follow_rename(institution: Institution, before: Names, by: "User | None" = None) -> bool:
    """Bring everything in line with the names just saved. False where they are what they were.

    The search index follows by the signals of the saved rows; programmes and imports know the old name still.
    """
    now = Names.of(institution)
    if now == before:
        return False
    _keep_names(institution, before, now)
    for section in sections_of(institution):
        _retitle(section, before, now, by)
    workspace = Workspace.objects.filter(institution=institution, retired_at=None).first()
    if workspace is not None:
        provision(institution, workspace.kinds)
    InstitutionChange.objects.create(
        institution=institution,
        kind=InstitutionChange.Kind.RENAMED,
        details={"old": before.as_dict(), "new": now.as_dict()},
        made_by=by,
    )
    log(institution, RENAME, user=by, data={"old": before.name, "new": now.name})
    return True


def _keep_names(institution: Institution, before: Names, now: Names) -> None:
    current = {now.name, now.abbreviation}
    for old in {before.name, before.abbreviation} - current - {""}:
        InstitutionName.objects.get_or_create(
            institution=institution, name=old, defaults={"kind": InstitutionName.Kind.FORMER}
        )
    # A name taken up again is no former one.
    InstitutionName.objects.filter(
        institution=institution, name__in=current, kind=InstitutionName.Kind.FORMER
    ).delete()


def _retitle(section: SectionPage, before: Names, now: Names, by: "User | None") -> None:
    """Only a title that was the institution's name; one an editor has chosen stays."""
    english = section.locale.language_code == "en"
    old = (english and before.name_en) or before.name
    new = (english and now.name_en) or now.name
    if old == new:
        return
    draft = section.get_latest_revision_as_object()
    had_changes = section.has_unpublished_changes
    if draft.title == old:
        draft.title = new
        revision = draft.save_revision(user=by, log_action=True)
        if section.live and not had_changes:
            revision.publish(user=by, skip_permission_checks=True)
            return
    if section.title == old:
        # Beside a draft that waits, or never published.
        type(section)._default_manager.filter(pk=section.pk).update(title=new)
