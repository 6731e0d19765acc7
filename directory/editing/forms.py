"""The editing form's own rules: little for a draft, eight things to submit."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.models import Page

from directory.blocks.narrative import has_text
from directory.choices import OperationalStatus
from directory.derived.completeness import ITEMS, Item
from institutions.lifecycle.closed import SectionItemForm
from institutions.models import Institution
from institutions.models.review import HAND_ON, RETURN

NARRATIVE_PREFIX = "narrative-"
# What people do to a record that must not wait for it to be complete.
RELEASING_ACTIONS = ("action-cancel-workflow", "action-unpublish")


def demand_message(item: Item) -> str:
    return _("“%(label)s” wajib diisi sebelum diajukan. %(demand)s") % {
        "label": item.label,
        "demand": item.demand,
    }


class InnovationForm(SectionItemForm):
    """Saves a draft with next to nothing; publishing and submitting demand `SUBMISSION_FIELDS`.

    The demanded fields are marked required, and Wagtail lifts that for drafts (autosave included); so does
    this form for returning a record, handing its review on or cancelling its workflow.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            if item.required and item.field in self.fields:
                field = self.fields[item.field]
                field.required = True
                field.error_messages["required"] = demand_message(item)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # Wagtail makes one from the title
        if self.instance.pk is None and self.parent_page is not None:
            self._suggest_owner()
        if self._is_releasing():
            self.defer_required_fields()

    def _suggest_owner(self) -> None:
        """A new record belongs, most likely, to whose section it is written in."""
        owner = getattr(self.parent_page.specific, "institution", None)
        if owner is not None:
            self.initial["institution"] = self.initial.get("institution") or owner.pk
            self.initial["region"] = self.initial.get("region") or owner.region_id

    def _is_releasing(self) -> bool:
        if any(name in self.data for name in RELEASING_ACTIONS):
            return True
        decided = self.data.get("workflow-action-name")
        return "action-workflow-action" in self.data and decided in (RETURN, HAND_ON)

    def clean_slug(self) -> str:
        """A free address: two records of one section may share a title, and nobody should have to mind."""
        wanted = slug = self.cleaned_data["slug"]
        number = 1
        while slug and not Page._slug_is_available(slug, self.parent_page, self.instance):
            number += 1
            slug = f"{wanted}-{number}"
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        owner = cleaned.get("institution")
        self._keep_owner(owner)
        self._demand_living(owner)
        if "region" in self.fields and not cleaned.get("region") and owner and owner.region_id:
            cleaned["region"] = owner.region
        if not self.is_deferred_validation:
            self._demand_reason(cleaned)
            self._demand_sections(cleaned)
        return cleaned

    def _keep_owner(self, owner: Institution | None) -> None:
        """Readers' questions go to the owner: who edits for one institution cannot name another in its
        section. The programme's editors, who publish in the whole directory, may."""
        own = getattr(self.parent_page.specific, "institution", None) if self.parent_page else None
        if own is None or owner in (None, own) or owner.pk == self.instance.institution_id:
            return
        user = self.for_user
        if user is not None and not self.parent_page.get_parent().permissions_for_user(user).can_publish():
            message = _(
                "Pilih %(own)s: profil di bagian ini milik instansi itu. Bila pemiliknya lain, "
                "minta pengelola program memindahkan profil ini."
            )
            self.add_error("institution", message % {"own": own})

    def _demand_living(self, owner: Institution | None) -> None:
        """A form that was open while its owner was merged or retired must not bring it back."""
        if owner is None or owner.is_active or owner.pk == self.instance.institution_id:
            return
        if owner.merged_into:
            message = _("%(gone)s sudah digabung ke %(into)s; pilih %(into)s.")
        else:
            message = _("%(gone)s sudah tidak ada; pilih instansi yang masih ada.")
        self.add_error("institution", message % {"gone": owner, "into": owner.merged_into})

    def _demand_reason(self, cleaned: dict[str, Any]) -> None:
        stopped = cleaned.get("operational_status") == OperationalStatus.STOPPED
        if stopped and not has_text(cleaned.get("operational_status_reason")):
            self.add_error(
                "operational_status_reason",
                _("Tulis mengapa inovasi berhenti: alasannya menolong yang akan meniru."),
            )

    def _demand_sections(self, cleaned: dict[str, Any]) -> None:
        if "narrative" not in cleaned:  # off the form, or in error already
            return
        told = {child.block_type for child in cleaned["narrative"]}
        demanded = [item for item in ITEMS if item.required and item.field.startswith(NARRATIVE_PREFIX)]
        errors = {
            self._position(section): ValidationError(demand_message(item))
            for item in demanded
            if (section := item.field.removeprefix(NARRATIVE_PREFIX)) not in told
        }
        if errors:
            self.add_error("narrative", StreamBlockValidationError(block_errors=errors))

    def _position(self, section: str) -> int:
        """Where the section stands in the form as it will be shown again."""
        block = self.fields["narrative"].block
        shown = block.value_from_datadict(self.data, self.files, self.add_prefix("narrative"))
        return [child.block_type for child in shown].index(section)
