"""Who may do what: one table, from which permissions, tests and `docs/permissions.md` are made.

What the roles mean is in `docs/domain.md`, "Lifecycle and roles". A right is given at one of three
places: on a section's page (and so on all below it), on an institution's collection of images and documents,
or on the whole portal. Higher apps add rights to a role of the whole portal with `add_portal_right`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Kontributor")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Penerjemah")
    VALIDATOR = "validator", _("Validator")
    PROGRAMME_OWNER = "programme-owner", _("Pemilik program")
    PORTAL_TRANSLATOR = "portal-translator", _("Penerjemah seluruh portal")
    ADMINISTRATOR = "administrator", _("Administrator")


class SectionKind(models.TextChoices):
    NEWS = "news", _("Berita")
    GUIDES = "guides", _("Panduan")
    DIRECTORY = "directory", _("Direktori")


class Source(models.TextChoices):
    """Whose records a validator checks: those of a national source, or those of none."""

    KIPP = "kipp", _("KIPP (Kementerian PANRB)")
    IGA = "iga", _("IGA (Kemendagri)")
    LABINOV = "labinov", _("LABINOV (LAN)")
    NONE = "none", _("Tanpa sumber nasional")


# Roles in an institution's own sections; the others reach over the whole portal.
SECTION_ROLES = (Role.CONTRIBUTOR, Role.EDITOR, Role.TRANSLATOR)
PORTAL_ROLES = (Role.VALIDATOR, Role.PROGRAMME_OWNER, Role.PORTAL_TRANSLATOR)
ADMIN_ACCESS = "wagtailadmin.access_admin"


@dataclass(frozen=True, slots=True)
class Rights:
    """Codenames: of `wagtailcore.page` on a section in its source language, the same on its translations, and
    of images and documents on the institution's collection."""

    pages: frozenset[str] = frozenset()
    translations: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()


_WRITE = frozenset({"add_page"})
_APPROVE = frozenset({"add_page", "change_page", "lock_page"})
_PUBLISH = _APPROVE | {"publish_page", "unlock_page"}
_UPLOAD = frozenset({"add_image", "choose_image", "add_document", "choose_document"})
_KEEP_FILES = _UPLOAD | {"change_image", "change_document"}
_ONLY_LOOK_UP_FILES = frozenset({"choose_image", "choose_document"})

_CONTRIBUTOR = Rights(pages=_WRITE, files=_UPLOAD)
_PUBLISHING_EDITOR = Rights(pages=_PUBLISH, translations=_PUBLISH, files=_KEEP_FILES)
# Innovations are published by the workflow, once a validator has approved them.
_APPROVING_EDITOR = Rights(pages=_APPROVE, translations=_APPROVE, files=_KEEP_FILES)
_TRANSLATOR = Rights(translations=frozenset({"change_page"}), files=_ONLY_LOOK_UP_FILES)

SECTION_RIGHTS: Mapping[tuple[Role, SectionKind], Rights] = MappingProxyType(
    {
        (Role.CONTRIBUTOR, SectionKind.NEWS): _CONTRIBUTOR,
        (Role.CONTRIBUTOR, SectionKind.GUIDES): _CONTRIBUTOR,
        (Role.CONTRIBUTOR, SectionKind.DIRECTORY): _CONTRIBUTOR,
        (Role.EDITOR, SectionKind.NEWS): _PUBLISHING_EDITOR,
        (Role.EDITOR, SectionKind.GUIDES): _PUBLISHING_EDITOR,
        (Role.EDITOR, SectionKind.DIRECTORY): _APPROVING_EDITOR,
        (Role.TRANSLATOR, SectionKind.NEWS): _TRANSLATOR,
        (Role.TRANSLATOR, SectionKind.GUIDES): _TRANSLATOR,
        (Role.TRANSLATOR, SectionKind.DIRECTORY): _TRANSLATOR,
    }
)

# On the front pages of all languages, and so on everything below them.
OVERSEER = Rights(
    pages=_PUBLISH | {"bulk_delete_page"},
    translations=_PUBLISH | {"bulk_delete_page"},
    files=_KEEP_FILES | {"delete_image", "delete_document"},
)

# What the roles of the whole portal may do with pages and files.
PORTAL_RIGHTS: Mapping[Role, Rights] = MappingProxyType(
    {
        # A workflow opens him the record that awaits him.
        Role.VALIDATOR: Rights(),
        Role.PROGRAMME_OWNER: OVERSEER,
        Role.PORTAL_TRANSLATOR: Rights(translations=frozenset({"change_page"})),
    }
)

# "app.codename". Nobody but administrators gets a right over users or groups: with one a person can make
# himself a superuser.
_portal_rights: dict[Role, set[str]] = {role: set() for role in PORTAL_ROLES}
FORBIDDEN_MODELS = frozenset({"auth.group", "auth.permission", "accounts.user"})


def add_portal_right(role: Role, *permissions: str) -> None:
    """Give a role of the whole portal further rights, as "app.codename"; called in `AppConfig.ready`."""
    _portal_rights[role].update(permissions)


def portal_rights(role: Role) -> frozenset[str]:
    """The rights of a role of the whole portal beside those on pages and files."""
    return frozenset({ADMIN_ACCESS, *_portal_rights[role]})
