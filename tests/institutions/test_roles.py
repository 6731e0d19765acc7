"""The table of roles: complete, granting only what exists, and written down as it is."""

from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission

from directory.choices import Source as RecordSource
from institutions.permissions_table import markdown
from institutions.roles import (
    FORBIDDEN_MODELS,
    PORTAL_RIGHTS,
    PORTAL_ROLES,
    SECTION_RIGHTS,
    SECTION_ROLES,
    Role,
    SectionKind,
    Source,
    portal_rights,
)
from institutions.sections import section_types


def test_roles__are_each_in_a_section_or_on_the_whole_portal_or_administrator() -> None:
    assert {*SECTION_ROLES, *PORTAL_ROLES, Role.ADMINISTRATOR} == set(Role)
    assert set(PORTAL_RIGHTS) == set(PORTAL_ROLES)
    assert set(SECTION_RIGHTS) == {(role, kind) for role in SECTION_ROLES for kind in SectionKind}


def test_kinds__are_those_of_the_section_types() -> None:
    assert {section_type.section_kind for section_type in section_types()} == set(SectionKind)


def test_sources__of_validators_are_the_national_ones_and_none() -> None:
    national = {source.value for source in RecordSource if source is not RecordSource.OTHER}
    assert set(Source.values) == national | {Source.NONE.value}


@pytest.mark.django_db
@pytest.mark.parametrize("role", PORTAL_ROLES)
def test_rights__exist_and_none_is_over_users_or_groups(role: Role) -> None:
    rows = Permission.objects.values_list("content_type__app_label", "content_type__model", "codename")
    known = {f"{app}.{codename}": f"{app}.{model}" for app, model, codename in rows}
    for right in portal_rights(role):
        assert right in known
        assert known[right] not in FORBIDDEN_MODELS


@pytest.mark.django_db
def test_rights__on_pages_and_files_exist() -> None:
    known = set(Permission.objects.values_list("codename", flat=True))
    for rights in (*SECTION_RIGHTS.values(), *PORTAL_RIGHTS.values()):
        assert rights.pages | rights.translations | rights.files <= known


def test_rights__of_the_directory_never_let_an_institution_publish() -> None:
    for role in SECTION_ROLES:
        rights = SECTION_RIGHTS[role, SectionKind.DIRECTORY]
        assert "publish_page" not in rights.pages | rights.translations


def test_page_of_permissions__says_what_the_table_says() -> None:
    """Write it again with `python manage.py describe_permissions > docs/permissions.md`."""
    assert Path(settings.BASE_DIR, "docs", "permissions.md").read_text() == markdown()
