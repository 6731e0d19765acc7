from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from institutions.lifecycle.renaming import Names, follow_rename
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
        if self.instance.pk and not self.instance.is_active:
            # Whoever is gone writes nowhere.
            self.fields["sections"].disabled = True
        if "predecessors" in self.fields:
            # Ministries and agencies are split and merged; 552 regional governments would bury them.
            governments = [kind for kind, _short in GOVERNMENTS.values()]
            others = Institution.objects.exclude(kind__in=governments)
            if self.instance.pk:
                others = others.exclude(pk=self.instance.pk) | self.instance.predecessors.all()
            self.fields["predecessors"].queryset = others.distinct()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        same = Institution.objects.filter(name__iexact=name, is_active=True).exclude(pk=self.instance.pk)
        if "name" in self.changed_data and same.exists():
            raise forms.ValidationError(_("Sudah ada instansi lain dengan nama ini."))
        return name

    def clean_sections(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["sections"]
        if missing := [kind for kind in self.existing if kind not in chosen]:
            raise forms.ValidationError(
                _("Bagian yang sudah ada tidak dapat dihapus di sini: %(kinds)s."),
                params={"kinds": ", ".join(str(SectionKind(kind).label) for kind in missing)},
            )
        return chosen

    def save(self, commit: bool = True) -> Institution:
        stored = Institution.objects.filter(pk=self.instance.pk).first() if self.instance.pk else None
        institution: Institution = super().save(commit)
        if commit and stored is not None:
            follow_rename(institution, Names.of(stored), self.for_user)
        if commit and institution.is_active and self.cleaned_data.get("sections"):
            provision(institution, self.cleaned_data["sections"])
        return institution
