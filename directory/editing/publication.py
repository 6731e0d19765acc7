"""No person publishes a record that lacks what submission demands, whatever way they take.

The form says field by field what is missing; this is what holds for bulk actions, workflows, the admin's API,
schedules and copies. Imports and scripts publish in nobody's name: what a source does not say stays empty.
"""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from cms.refusals import RefusedError
from directory.derived.completeness import completeness

if TYPE_CHECKING:
    from directory.models.innovation import InnovationPage


def demand_complete(page: "InnovationPage") -> None:
    """Raises `RefusedError` naming what this content lacks. A translation of a live record is not
    asked for more than its source was."""
    missing = completeness(page).missing_for_submission
    if not missing or (page.source_page.pk != page.pk and page.source_page.live):
        return
    message = _("“%(title)s” (%(code)s) belum dapat diterbitkan. Isi dulu: %(fields)s.")
    fields = ", ".join(entry.label for entry in missing)
    raise RefusedError(message % {"title": page.title, "code": page.registry_code, "fields": fields})
