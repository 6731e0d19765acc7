from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.loading import GOVERNMENTS
from institutions.models import Institution, Workspace
from institutions.provisioning import provision
from institutions.roles import SectionKind
from taxonomy.forms import FixedCodeForm


class InstitutionForm(FixedCodeForm):
    """An institution, and with it what its people need to write on the portal."""

    sections = forms.MultipleChoiceField(
        label=_("Bagian di portal"),
        choices=SectionKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "Untuk setiap bagian dibuatkan halaman, koleksi berkas, dan grup. "
            "Bagian yang sudah ada tidak dihapus."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        workspace = Workspace.objects.filter(institution=self.instance.pk).first()
        self.existing = list(workspace.kinds) if workspace else []
        self.initial["sections"] = self.existing
        if "predecessors" in self.fields:
            # Ministries and agencies are split and merged; 552 regional governments would bury them.
            governments = [kind for kind, _short in GOVERNMENTS.values()]
            others = Institution.objects.exclude(kind__in=governments)
            if self.instance.pk:
                others = others.exclude(pk=self.instance.pk) | self.instance.predecessors.all()
            self.fields["predecessors"].queryset = others.distinct()

    def clean_sections(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["sections"]
        if missing := [kind for kind in self.existing if kind not in chosen]:
            raise forms.ValidationError(
                _("Bagian yang sudah ada tidak dapat dihapus di sini: %(kinds)s."),
                params={"kinds": ", ".join(str(SectionKind(kind).label) for kind in missing)},
            )
        return chosen

    def save(self, commit: bool = True) -> Institution:
        institution: Institution = super().save(commit)
        if commit and self.cleaned_data.get("sections"):
            provision(institution, self.cleaned_data["sections"])
        return institution
