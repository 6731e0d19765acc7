from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.auth import get_user_model, password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from institutions.inviting.letters import kinds_open_to
from institutions.models import Institution, Invitation, Membership
from institutions.roles import PORTAL_ROLES, SECTION_ROLES, Role, SectionKind, Source

if TYPE_CHECKING:
    from accounts.models import User

PORTAL_WIDE = (*PORTAL_ROLES, Role.ADMINISTRATOR)


def _offer(kinds: Any, user: "User", institution: Institution) -> None:
    """Have a field offer the sections of an institution that are open to somebody."""
    kinds.choices = [(kind, SectionKind(kind).label) for kind in kinds_open_to(user, institution)]


class InvitationForm(forms.Form):
    """To one institution; offers what the person may give."""

    email = forms.EmailField(label=_("Surel kantor atau pribadi"), max_length=150)
    role = forms.ChoiceField(
        label=_("Peran"),
        choices=[(role.value, role.label) for role in SECTION_ROLES],
        initial=Role.CONTRIBUTOR,
        widget=forms.RadioSelect,
        help_text=_(
            "Kontributor menulis dan mengajukan. Editor juga menyetujui, menerbitkan berita dan panduan, "
            "dan mengundang. Penerjemah hanya menerjemahkan."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Bagian"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Centang sedikitnya satu bagian.")},
    )

    def __init__(self, user: "User", institution: Institution, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["kinds"], user, institution)


class PortalRoleForm(forms.Form):
    """A role of the whole portal for somebody who has an account."""

    email = forms.EmailField(label=_("Surel akun"), max_length=150)
    role = forms.ChoiceField(
        label=_("Peran"), choices=[(role.value, role.label) for role in PORTAL_WIDE], widget=forms.RadioSelect
    )
    source = forms.ChoiceField(
        label=_("Sumber"),
        choices=[("", _("—")), *Source.choices],
        required=False,
        help_text=_("Hanya untuk validator: profil dari sumber mana yang diperiksanya."),
    )
    institution = forms.ModelChoiceField(
        Institution.objects.filter(is_active=True).order_by("name"),
        label=_("Instansi"),
        help_text=_("Tempat ia bekerja. Profil instansinya sendiri tidak dapat ia periksa."),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        user = get_user_model().objects.filter(email__iexact=email, is_active=True).first()
        if user is None:
            raise ValidationError(
                _(
                    "Belum ada akun aktif dengan surel ini. Undang dulu sebagai anggota instansinya, "
                    "atau buat akunnya di Pengaturan › Pengguna."
                )
            )
        self.cleaned_data["user"] = user
        return email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (cleaned.get("role") == Role.VALIDATOR) != bool(cleaned.get("source")):
            self.add_error("source", _("Sebutkan sumber bagi validator, dan hanya bagi validator."))
        return cleaned


class MembershipForm(forms.Form):
    """Another role or other sections of a member, as far as the person decides over them."""

    role = forms.ChoiceField(
        label=_("Peran"),
        choices=[(role.value, role.label) for role in SECTION_ROLES],
        widget=forms.RadioSelect,
    )
    kinds = forms.MultipleChoiceField(label=_("Bagian"), widget=forms.CheckboxSelectMultiple)
    alone = forms.BooleanField(label=_("Ya, bagian itu boleh tanpa editor"), required=False)

    def __init__(self, user: "User", membership: Membership, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["kinds"], user, membership.institution)
        self.initial.update(role=membership.role, kinds=membership.kinds)
        if membership.role != Role.EDITOR:
            del self.fields["alone"]


class AccountForm(forms.Form):
    """What somebody without an account says to get one. The address is the invitation's."""

    first_name = forms.CharField(label=_("Nama depan"), max_length=150)
    last_name = forms.CharField(label=_("Nama belakang"), max_length=150, required=False)
    job_title = forms.CharField(label=_("Jabatan"), max_length=150, required=False)
    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=password_validation.password_validators_help_text_html,
    )
    repeated = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, invitation: Invitation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password and password != cleaned.get("repeated"):
            self.add_error("repeated", _("Kedua kata sandi tidak sama."))
        elif password:
            try:
                password_validation.validate_password(password, self._user(cleaned))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def save(self) -> "User":
        user = self._user(self.cleaned_data)
        user.set_password(self.cleaned_data["password"])
        user.save()
        return user

    def _user(self, said: dict[str, Any]) -> "User":
        names = {name: said.get(name, "") for name in ("first_name", "last_name", "job_title")}
        return get_user_model()(username=self.invitation.email, email=self.invitation.email, **names)
