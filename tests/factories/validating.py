"""Records with their validators. `portal()` and an `office(...)` come first (`tests.factories.offices`)."""

from django.core import mail

from accounts.models import User
from directory.models import InnovationPage, SourceRecord
from institutions.models import Review
from institutions.roles import Role, Source
from taxonomy.models import Sector
from tests.factories.directory import SUBMITTABLE, innovation, narrative, reference
from tests.factories.offices import Office, person


def record(owner: Office, *sources: str, **fields: object) -> InnovationPage:
    """A complete draft of the office's contributor."""
    page = innovation(
        owner.directory, institution=owner.institution, live=False, owner=owner.contributor,
        sectors=[reference(Sector, "kesehatan")], narrative=narrative("how_it_works"),
        **({"title": "Layanan ibu", **SUBMITTABLE} | fields),
    )  # fmt: skip
    page.save_revision(user=owner.contributor)
    for source in sources:
        SourceRecord.objects.create(page=page, source=source, record_id=f"{source}-{page.pk}")
    return page


def with_validators(owner: Office, *sources: str, **fields: object) -> tuple[InnovationPage, Review]:
    """Submitted by the office's editor, who has approved it by that."""
    page = record(owner, *sources, **fields)
    state = page.get_workflow().start(page, owner.editor)
    mail.outbox.clear()
    return page, Review.objects.get(pk=state.current_task_state_id)


def validator(name: str = "validator", source: Source = Source.NONE, code: str = "pusat") -> User:
    return person(name, code, Role.VALIDATOR, source=source)


def saved_meanwhile(page: InnovationPage, by: User | None = None, **fields: object) -> InnovationPage:
    """A further version of the page, as an import writes it: past the editing form."""
    latest = InnovationPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(latest, name, value)
    latest.save_revision(user=by)
    return latest
