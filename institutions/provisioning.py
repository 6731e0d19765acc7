"""Giving an institution what its people need to write here, and putting right what has drifted from it.

Sections in every language, a collection for images and documents, and one group for each role in each kind of
section, with the rights of `institutions.roles` and no other. Done again it changes nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from institutions.approval.workflows import provide_workflows
from institutions.locking import locked
from institutions.log import PROVISION
from institutions.models import Institution, RoleGroup, SectionPage, Workspace
from institutions.roles import (
    ADMIN_ACCESS,
    PORTAL_RIGHTS,
    PORTAL_ROLES,
    SECTION_RIGHTS,
    SECTION_ROLES,
    Role,
    SectionKind,
    Source,
    portal_rights,
)
from institutions.sections import provide

LANGUAGE = settings.LANGUAGE_CODE


@dataclass(slots=True)
class Provisioned:
    """What was made and what was put right, in words for a log."""

    made: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.made or self.repaired)


@transaction.atomic
def provision(institution: Institution, kinds: Iterable[SectionKind | str]) -> Provisioned:
    """Give an institution these kinds of sections. Those it has beyond them stay, and so do their rights.

    Raises `ValueError` for an unknown kind, and for an institution whose workspace has been closed.
    """
    done = Provisioned()
    # Two at the same time would both find nothing.
    (institution,) = locked(institution.pk)
    workspace = _workspace(institution, done)
    wanted = {SectionKind(kind) for kind in (*workspace.kinds, *kinds)}
    if set(workspace.kinds) != wanted:
        workspace.kinds = sorted(wanted)
        workspace.save(update_fields=["kinds"])
    by_name = _permissions()
    for kind in sorted(wanted):
        sections, made = provide(institution, kind)
        done.made += [f"{section.locale.language_code}:{section.url_path}" for section in made]
        for role in SECTION_ROLES:
            _provide_group(workspace, role, kind, sections, by_name, done)
        if made:
            # The index page of another language may have been made with them.
            done.made += provide_workflows()
    if done:
        # The names are many; the groups and sections themselves tell them.
        said = {"kinds": sorted(wanted), "made": len(done.made), "repaired": len(done.repaired)}
        log(instance=institution, action=PROVISION, data=said)
    return done


@transaction.atomic
def provision_portal() -> Provisioned:
    """The groups of the roles that reach over the whole portal, and the workflows."""
    done = Provisioned()
    by_name = _permissions()
    homes = Page.objects.filter(depth=2).select_related("locale").order_by("path")
    root = Collection.get_first_root_node()
    for role in PORTAL_ROLES:
        for source in Source.values if role is Role.VALIDATOR else [""]:
            name = f"portal · {role}" + (f" · {source}" if source else "")
            group = _group(name, done, role=role, source=source, workspace=None)
            rights = PORTAL_RIGHTS[role]
            pages = {
                home: rights.pages if home.locale.language_code == LANGUAGE else rights.translations
                for home in homes
            }
            _set_rights(group, pages, {root: rights.files}, portal_rights(role), by_name, done)
    done.made += provide_workflows()
    return done


def repair_all() -> Iterable[tuple[Institution | None, Provisioned]]:
    """Put everything right that was ever provisioned: the portal first, then every open workspace."""
    yield None, provision_portal()
    for workspace in Workspace.objects.filter(retired_at=None).select_related("institution"):
        yield workspace.institution, provision(workspace.institution, workspace.kinds)


def _workspace(institution: Institution, done: Provisioned) -> Workspace:
    workspace = Workspace.objects.filter(institution=institution).select_related("collection").first()
    if workspace is None:
        root = Collection.get_first_root_node()
        collection = root.add_child(instance=Collection(name=institution.name))
        workspace = Workspace.objects.create(institution=institution, collection=collection)
        done.made.append(f"koleksi {institution.name}")
    if workspace.retired_at is not None:
        raise ValueError(f"{institution.code}: ruang kerja sudah ditutup")
    if workspace.collection.name != institution.name:
        workspace.collection.name = institution.name
        workspace.collection.save(update_fields=["name"])
        done.repaired.append(f"nama koleksi {institution.name}")
    return workspace


def _provide_group(
    workspace: Workspace,
    role: Role,
    kind: SectionKind,
    sections: Sequence[SectionPage],
    by_name: Mapping[str, int],
    done: Provisioned,
) -> None:
    name = f"{workspace.institution.code} · {role} · {kind}"
    group = _group(name, done, role=role, kind=kind, workspace=workspace)
    rights = SECTION_RIGHTS[role, kind]
    source_locale = sections[0].locale_id if sections else None
    pages = {
        section: rights.pages if section.locale_id == source_locale else rights.translations
        for section in sections
    }
    _set_rights(group, pages, {workspace.collection: rights.files}, {ADMIN_ACCESS}, by_name, done)


def _group(name: str, done: Provisioned, **of: object) -> Group:
    found = RoleGroup.objects.filter(**of).select_related("group").first()
    if found is None:
        group, _made = Group.objects.get_or_create(name=name)
        RoleGroup.objects.create(group=group, **of)
        done.made.append(f"grup {name}")
        return group
    if found.group.name != name:
        found.group.name = name
        found.group.save(update_fields=["name"])
        done.repaired.append(f"nama grup {name}")
    return found.group


def _set_rights(
    group: Group,
    pages: Mapping[SectionPage | Page, Iterable[str]],
    files: Mapping[Collection, Iterable[str]],
    permissions: Iterable[str],
    by_name: Mapping[str, int],
    done: Provisioned,
) -> None:
    """Exactly these rights: what is missing is added, and what is beyond them taken away. `by_name`: the ids
    of all permissions."""
    changed = _replace(
        GroupPagePermission.objects.filter(group=group),
        "page_id",
        {(page.pk, by_name[f"wagtailcore.{name}"]) for page, names in pages.items() for name in names},
        group,
    )
    changed |= _replace(
        GroupCollectionPermission.objects.filter(group=group),
        "collection_id",
        {(one.pk, by_name[_of_files(name)]) for one, names in files.items() for name in names},
        group,
    )
    wanted = {by_name[name] for name in permissions}
    if wanted != set(group.permissions.values_list("pk", flat=True)):
        group.permissions.set(wanted)
        changed = True
    if changed and f"grup {group.name}" not in done.made:
        done.repaired.append(f"hak grup {group.name}")


def _replace(held, place: str, wanted: set[tuple[int, int]], group: Group) -> bool:
    """Make a group's rows at pages or collections the wanted (place, permission) pairs."""
    rows = {(getattr(row, place), row.permission_id): row.pk for row in held}
    surplus = [pk for pair, pk in rows.items() if pair not in wanted]
    missing = sorted(wanted.difference(rows))
    if surplus:
        held.model.objects.filter(pk__in=surplus).delete()
    held.model.objects.bulk_create(
        [held.model(group=group, permission_id=permission, **{place: at}) for at, permission in missing]
    )
    return bool(surplus or missing)


def _of_files(codename: str) -> str:
    return f"wagtaildocs.{codename}" if codename.endswith("document") else f"wagtailimages.{codename}"


def _permissions() -> dict[str, int]:
    """Every permission by "app.codename"."""
    rows = Permission.objects.values_list("content_type__app_label", "codename", "pk")
    return {f"{app}.{codename}": pk for app, codename, pk in rows}
