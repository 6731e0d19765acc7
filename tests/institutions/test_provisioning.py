"""An institution gets its sections, collection and groups, once; what drifts is put right."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    ModelLogEntry,
    Page,
)

from accounts.models import User
from directory.models import DirectoryIndexPage, DirectorySectionPage
from guides.models import GuideIndexPage, GuideSectionPage
from home.models import HomePage
from institutions import memberships
from institutions.log import PROVISION
from institutions.management.commands import provision_institutions
from institutions.models import Institution, InstitutionKind, RoleGroup, Workspace
from institutions.provisioning import provision, provision_portal, repair_all
from institutions.roles import SECTION_RIGHTS, Role, SectionKind, Source
from news.models import NewsIndexPage, NewsSectionPage
from tests.factories.home import make_home
from tests.factories.institutions import InstitutionFactory

pytestmark = pytest.mark.django_db

ALL = tuple(SectionKind)
TYPES = (NewsSectionPage, GuideSectionPage, DirectorySectionPage)


@pytest.fixture
def home() -> HomePage:
    """The front pages of both languages, and the Indonesian index pages."""
    home = make_home()
    for page_type, slug in (
        (NewsIndexPage, "berita"),
        (GuideIndexPage, "panduan"),
        (DirectoryIndexPage, "direktori"),
    ):
        home.add_child(instance=page_type(title=slug.title(), slug=slug, locale=home.locale))
    english, _made = Locale.objects.get_or_create(language_code="en")
    home.copy_for_translation(english)
    return home


@pytest.fixture
def regency(home: HomePage) -> Institution:
    return InstitutionFactory(code="pemkab-sleman", name="Pemkab Sleman", name_en="Sleman Regency")


def rights(
    role: Role, kind: SectionKind, institution: Institution
) -> tuple[set[tuple[int, str]], set[tuple[int, str]]]:
    """What the group of a role holds: (page, codename) and (collection, codename)."""
    group = RoleGroup.objects.get(role=role, kind=kind, workspace__institution=institution).group
    pages = GroupPagePermission.objects.filter(group=group).values_list("page_id", "permission__codename")
    files = GroupCollectionPermission.objects.filter(group=group)
    return set(pages), set(files.values_list("collection_id", "permission__codename"))


def state() -> tuple[list[object], ...]:
    return tuple(
        list(model.objects.order_by("pk").values_list())
        for model in (Page, Collection, RoleGroup, Workspace, GroupPagePermission, GroupCollectionPermission)
    )


def test_provision__makes_sections_in_both_languages(regency: Institution) -> None:
    provision(regency, ALL)
    for section_type in TYPES:
        sections = section_type.objects.filter(institution=regency).order_by("locale__language_code")
        assert [(one.locale.language_code, one.title, one.live) for one in sections] == [
            ("en", "Sleman Regency", False), ("id", "Pemkab Sleman", True),
        ]  # fmt: skip
        assert len({one.translation_key for one in sections}) == 1
        english, indonesian = sections
        assert english.get_parent().specific == indonesian.get_parent().specific.get_translation(
            english.locale
        )


@pytest.mark.parametrize(("role", "kind"), SECTION_RIGHTS)
def test_provision__gives_each_role_exactly_its_rights(
    regency: Institution, role: Role, kind: SectionKind
) -> None:
    provision(regency, ALL)
    expected = SECTION_RIGHTS[role, kind]
    section_type = next(one for one in TYPES if one.section_kind == kind)
    indonesian = section_type.objects.get(institution=regency, locale__language_code="id")
    english = indonesian.get_translation(Locale.objects.get(language_code="en"))
    pages, files = rights(role, kind, regency)
    assert pages == {(indonesian.pk, name) for name in expected.pages} | {
        (english.pk, name) for name in expected.translations
    }
    collection = Workspace.objects.get(institution=regency).collection
    assert files == {(collection.pk, name) for name in expected.files}
    group = RoleGroup.objects.get(role=role, kind=kind, workspace__institution=regency).group
    assert list(group.permissions.values_list("codename", flat=True)) == ["access_admin"]


def test_provision__again_changes_nothing(regency: Institution) -> None:
    assert provision(regency, ALL)
    before = state()
    assert not provision(regency, ALL)
    assert state() == before


def test_provision__adds_a_kind_and_keeps_the_others(regency: Institution) -> None:
    provision(regency, [SectionKind.NEWS])
    assert not GuideSectionPage.objects.exists()
    provision(regency, [SectionKind.DIRECTORY])
    assert Workspace.objects.get().kinds == ["directory", "news"]
    assert NewsSectionPage.objects.filter(institution=regency).count() == 2


def test_provision__puts_right_what_drifted(regency: Institution) -> None:
    provision(regency, ALL)
    before = state()
    group = RoleGroup.objects.get(role=Role.EDITOR, kind=SectionKind.DIRECTORY).group
    section = DirectorySectionPage.objects.get(locale__language_code="id")
    publish = Permission.objects.get(codename="publish_page")
    GroupPagePermission.objects.create(group=group, page=section, permission=publish)
    group.permissions.add(Permission.objects.get(codename="change_user"))
    GroupCollectionPermission.objects.filter(group=group).first().delete()
    Collection.objects.filter(name="Pemkab Sleman").update(name="Salah")
    done = provision(regency, ALL)
    assert done.made == []
    assert sorted(done.repaired) == [
        "hak grup pemkab-sleman · editor · directory", "nama koleksi Pemkab Sleman",
    ]  # fmt: skip
    without_numbers = [[row[1:] for row in rows] for rows in before]
    assert [sorted(map(str, rows)) for rows in without_numbers] == [
        sorted(str(row[1:]) for row in rows) for rows in state()
    ]


def test_provision__makes_a_deleted_section_again(regency: Institution) -> None:
    provision(regency, ALL)
    NewsSectionPage.objects.get(locale__language_code="id").delete()
    assert provision(regency, ALL).made
    assert NewsSectionPage.objects.filter(locale__language_code="id", live=True).count() == 1


def test_provision__refuses_a_closed_workspace(regency: Institution) -> None:
    provision(regency, ALL)
    Workspace.objects.update(retired_at="2026-01-01T00:00Z")
    with pytest.raises(ValueError, match="pemkab-sleman"):
        provision(regency, ALL)


def test_portal__programme_owner_reaches_every_language_validators_no_page(home: HomePage) -> None:
    provision_portal()
    owner = RoleGroup.objects.get(role=Role.PROGRAMME_OWNER).group
    reached = GroupPagePermission.objects.filter(group=owner).values_list("page__depth", "page_id").distinct()
    assert set(reached) == {(2, page.pk) for page in Page.objects.filter(depth=2)}
    validators = RoleGroup.objects.filter(role=Role.VALIDATOR)
    assert set(validators.values_list("source", flat=True)) == set(Source.values)
    assert not GroupPagePermission.objects.filter(group__role__in=validators).exists()


def test_portal__nobody_gets_a_right_over_users_or_groups(regency: Institution) -> None:
    provision_portal()
    provision(regency, ALL)
    for group in RoleGroup.objects.select_related("group"):
        models = group.group.permissions.values_list("content_type__app_label", "content_type__model")
        assert not {f"{app}.{model}" for app, model in models} & {
            "auth.group",
            "auth.permission",
            "accounts.user",
        }


def test_command__takes_in_a_file_and_repairs_without_one(regency: Institution, tmp_path, capsys) -> None:
    ministry = InstitutionFactory(code="menpan", kind=InstitutionKind.MINISTRY)
    file = tmp_path / "instansi.csv"
    file.write_text("kode;bagian\npemkab-sleman;berita direktori\nmenpan;\n", encoding="utf-8-sig")
    call_command("provision_institutions", str(file))
    kinds = dict(Workspace.objects.values_list("institution__code", "kinds"))
    assert kinds == {"pemkab-sleman": ["directory", "news"], "menpan": ["directory", "guides", "news"]}
    call_command("provision_institutions", str(file))
    assert "0 dibuat, 0 diperbaiki" in capsys.readouterr().out
    RoleGroup.objects.filter(workspace__institution=ministry).first().group.permissions.clear()
    call_command("provision_institutions")
    assert "3 diperiksa: 0 dibuat, 1 diperbaiki" in capsys.readouterr().out
    assert not any(done for _institution, done in repair_all())


@pytest.mark.parametrize("by_file", [True, False])
def test_command__says_how_far_it_is(
    home: HomePage,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    by_file: bool,
) -> None:
    monkeypatch.setattr(provision_institutions, "TOLD_EVERY", 2)
    file = tmp_path / "instansi.csv"
    file.write_text("\n".join(["kode,bagian", *(f"i{number},berita" for number in range(4))]))
    for number in range(4):
        InstitutionFactory(code=f"i{number}")
    call_command("provision_institutions", str(file), verbosity=1 if by_file else 0)
    if not by_file:
        assert "dari" not in capsys.readouterr().out
        call_command("provision_institutions")
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["2 dari 5 …", "4 dari 5 …"]
    assert lines[2].startswith("5 diperiksa: ")


def test_command__puts_people_back_into_the_groups_of_their_memberships(
    regency: Institution, capsys: pytest.CaptureFixture[str]
) -> None:
    provision_portal()
    provision(regency, [SectionKind.NEWS])
    editor, outsider, chief = (
        User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
        for name in ("editor", "orang-luar", "akar")
    )
    memberships.begin(editor, regency, Role.EDITOR, [SectionKind.NEWS])
    memberships.begin(chief, regency, Role.ADMINISTRATOR)
    call_command("provision_institutions")
    assert "2 diperiksa: 0 dibuat, 0 diperbaiki" in capsys.readouterr().out
    group, committee = editor.groups.get(), Group.objects.create(name="Panitia")
    editor.groups.clear()
    outsider.groups.set([group, committee, RoleGroup.objects.get(role=Role.PROGRAMME_OWNER).group])
    User.objects.filter(pk=chief.pk).update(is_superuser=False)
    call_command("provision_institutions", verbosity=2)
    told = capsys.readouterr().out
    assert "0 dibuat, 3 diperbaiki" in told
    assert "diperbaiki: grup milik orang-luar" in told
    assert list(editor.groups.all()) == [group]
    assert list(outsider.groups.all()) == [committee]
    assert User.objects.get(pk=chief.pk).is_superuser
    noted = ModelLogEntry.objects.filter(action=PROVISION, content_type__model="user")
    assert set(noted.values_list("object_id", flat=True)) == {
        str(user.pk) for user in (editor, outsider, chief)
    }
    assert not any(done for _institution, done in repair_all())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "kolom “kode” tidak ada"),
        ("nama\nx\n", "kolom “kode” tidak ada"),
        ("kode\ntidak-ada\n", "Baris 2, kolom kode: tidak ada instansi “tidak-ada”"),
        ("kode,bagian\npemkab-sleman,blog\n", "Baris 2, kolom bagian: “blog” tidak dikenal"),
        ("kode\npemkab-sleman\npemkab-sleman\n", "Baris 3, kolom kode: .* sudah disebut"),
        ('kode\n"pemkab\n', "bukan CSV yang utuh"),
        ("kode\n\udcff\n", "bukan teks UTF-8"),
    ],
)
def test_command__says_what_is_wrong_with_a_file_and_does_nothing(
    regency: Institution, tmp_path, text: str, message: str
) -> None:
    file = tmp_path / "instansi.csv"
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(CommandError, match=message):
        call_command("provision_institutions", str(file))
    assert not Workspace.objects.exists()
