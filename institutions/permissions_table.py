"""`docs/permissions.md`, written from `institutions.roles`, so that what is read there is what is granted."""

from collections.abc import Iterable

from institutions.roles import (
    PORTAL_RIGHTS,
    PORTAL_ROLES,
    SECTION_RIGHTS,
    SECTION_ROLES,
    Role,
    SectionKind,
    portal_rights,
)

HEAD = """# Permissions

Who may do what, written from the table in `institutions/roles.py` by `manage.py describe_permissions`; do not
edit it here. `manage.py provision_institutions` gives exactly these rights and takes others away from the
roles' groups. Nobody but administrators (superusers) has any right over users or groups: with one a person
can make himself a superuser.

## In an institution's own sections

One group for each role in each kind of section of each institution. Rights hang on the section's page, reach
what is below it, and end there; rights on files hang on the institution's collection.

"""
FOOT = """
There is one group of validators for each source (`kipp`, `iga`, `labinov`, and `none` for records of no
national source). A validator has no right on any page: a workflow opens him the record that awaits him. An
`administrator` is a superuser and in no group of a role.
"""


def markdown() -> str:
    """The whole page."""
    rows = []
    for role in SECTION_ROLES:
        for kind in SectionKind:
            rights = SECTION_RIGHTS[role, kind]
            rows.append(
                [role.value, kind.value, *map(_listed, (rights.pages, rights.translations, rights.files))]
            )
    text = HEAD + _table(["role", "section", "pages", "pages in other languages", "files"], rows)
    text += "\n## On the whole portal\n\n"
    text += _table(
        ["role", "pages below the front page", "below those of other languages", "files", "other rights"],
        [[role.value, *_everywhere(role)] for role in PORTAL_ROLES],
    )
    return text + FOOT


def _everywhere(role: Role) -> list[str]:
    rights = PORTAL_RIGHTS[role]
    return [*map(_listed, (rights.pages, rights.translations, rights.files, portal_rights(role)))]


def _listed(rights: Iterable[str]) -> str:
    return ", ".join(sorted(rights)) or "none"


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
