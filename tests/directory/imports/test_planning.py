"""What becomes of a row: created, updated, left, in conflict or refused; and who wins over whom."""

import pytest
from wagtail.models import Revision

from directory.models import DirectorySectionPage, InnovationPage, SourceRecord
from institutions.models import InstitutionKind
from institutions.sections import UNRECOGNISED_SLUG
from search.models import SearchDocument
from tests.directory.imports.conftest import GOOD, HEADER, Import, Write, problems
from tests.factories.directory import erase
from tests.factories.institutions import InstitutionFactory
from tests.factories.taxonomy import RegencyFactory


def only() -> InnovationPage:
    return InnovationPage.objects.get()


def state() -> dict[str, object]:
    """Everything an import may write, to see that it wrote nothing."""
    return {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (InnovationPage, DirectorySectionPage, Revision, SourceRecord, SearchDocument)
    }


def test_new_row__becomes_a_live_unvalidated_page_in_its_owners_section(general: Import, write: Write):
    assert general(write([{}])).counts == {"create": 1}
    page = only()
    assert page.live
    assert not page.has_unpublished_changes
    assert (page.title, page.year, page.summary) == (GOOD["title"], 2020, GOOD["summary_id"])
    assert page.institution.name == "Pemerintah Kabupaten Banyuwangi"
    assert (page.service_unit, page.institution_text) == ("Puskesmas Gitik", GOOD["institution"])
    assert page.region.code == "35.10"
    assert [sector.code for sector in page.sectors.all()] == ["kesehatan"]
    assert [(a.programme.code, a.year, a.rank) for a in page.awards.all()] == [("kipp", 2020, "Top 99")]
    assert page.get_parent().specific.institution == page.institution
    assert page.slug == "teropong-jiwa"
    assert not page.validations.exists()
    # Said by no source, so not said here.
    assert (page.problem, page.result, page.web_address) == ("", "", "")


def test_new_row__is_written_with_one_revision_and_its_search_document(general: Import, write: Write):
    general(write([{}]))
    page = only()
    revision = page.revisions.get()
    assert page.latest_revision == page.live_revision == revision
    again = revision.as_object()
    assert (again.title, again.institution, again.year) == (page.title, page.institution, page.year)
    assert [(award.pk, award.rank) for award in again.awards.all()] == [
        (award.pk, award.rank) for award in page.awards.all()
    ]
    assert [sector.code for sector in again.sectors.all()] == ["kesehatan"]
    document = SearchDocument.objects.get(key=f"innovation:{page.translation_key}")
    assert document.data["title"]["id"] == page.title


def test_new_row__keeps_the_source_row_and_what_was_written(general: Import, write: Write):
    general(write([{"note": "dari koran"}]))
    record = only().source_records.get()
    assert (record.source, record.year, record.url) == ("other", 2020, GOOD["source_url"])
    assert record.raw == {**GOOD, "note": "dari koran"}
    assert record.applied["title"] == GOOD["title"]
    assert record.applied["awards"] == [["kipp", 2020, "Top 99"]]


def test_owner_not_recognised__goes_to_its_own_section_and_is_reported(general: Import, write: Write):
    summary = general(write([{"institution": "Forum Warga Sukamaju"}]))
    assert summary.counts == {"create": 1}
    assert problems(summary) == [(2, "institution")]
    page = only()
    assert page.institution is None
    assert page.institution_text == "Forum Warga Sukamaju"
    assert page.get_parent().slug == UNRECOGNISED_SLUG


def test_owner_recognised_later__moves_the_record_to_its_section(general: Import, write: Write):
    path = write([{"institution": "Pemerintah Kabupaten Jember", "title": "Kopi Jember"}])
    general(path)
    region = RegencyFactory(code="35.09", short_name="Jember")
    InstitutionFactory(
        code="gov-35-09", name="Pemerintah Kabupaten Jember", kind=InstitutionKind.REGENCY, region=region
    )
    assert general(path).counts == {"update": 1}
    page = only()
    assert page.get_parent().specific.institution == page.institution
    assert page.url_path.endswith("/kopi-jember/")
    document = SearchDocument.objects.get(key=f"innovation:{page.translation_key}")
    assert document.data["url"]["id"] == page.url
    assert general(path).counts == {"unchanged": 1}


def test_same_file_twice__writes_nothing(general: Import, write: Write):
    path = write([{}, {"title": "Kedua", "institution": "Entah"}])
    general(path)
    before = state()
    assert general(path).counts == {"unchanged": 2}
    assert state() == before


def test_dry_run__writes_nothing(general: Import, write: Write):
    before = state()
    assert general(write([{}, {"title": "Kedua"}]), commit=False).counts == {"create": 2}
    assert state() == before


@pytest.mark.parametrize(
    ("change", "field", "value"),
    [
        ({"summary_id": "Ringkasan baru"}, "summary", "Ringkasan baru"),
        ({"year": "2021"}, "year", 2021),
        ({"year": ""}, "year", None),
    ],
)
def test_row_changed_at_the_source__updates_what_changed(general, write, change, field, value):
    general(write([{}]))
    assert general(write([change])).counts == {"update": 1}
    page = only()
    assert getattr(page, field) == value
    assert page.live
    assert not page.has_unpublished_changes
    assert page.revisions.count() == 2
    assert page.live_revision == page.latest_revision
    assert general(write([change])).counts == {"unchanged": 1}


def test_awards_and_sector_changed_at_the_source__are_replaced(general: Import, write: Write):
    general(write([{}]))
    general(write([{"award": "Top 45 KIPP 2021; Top 99 KIPP 2020", "sector": "Pendidikan"}]))
    page = only()
    assert [(award.year, award.rank) for award in page.awards.all()] == [(2021, "Top 45"), (2020, "Top 99")]
    assert [sector.code for sector in page.sectors.all()] == ["pendidikan"]


def test_note_changed_at_the_source__is_kept_without_a_new_revision(general: Import, write: Write):
    general(write([{}]))
    assert general(write([{"note": "baru"}])).counts == {"update": 1}
    page = only()
    assert page.source_records.get().raw["note"] == "baru"
    assert page.revisions.count() == 1
    assert general(write([{"note": "baru"}])).counts == {"unchanged": 1}


def edit(**fields: object) -> InnovationPage:
    page = only()
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return only()


@pytest.mark.parametrize("from_source", ["Terapi kerja bagi ODGJ yang sudah stabil.", "Dari sumber, baru."])
def test_field_an_editor_changed__is_a_conflict_and_kept(general: Import, write: Write, from_source):
    general(write([{}]))
    edit(summary="Ditulis editor.")
    summary = general(write([{"summary_id": from_source}]))
    assert summary.counts == {"conflict": 1}
    assert only().summary == "Ditulis editor."
    assert "Ringkasan disunting di portal" in summary.problems[0].message


def test_conflict_in_one_field__does_not_hold_up_the_others(general: Import, write: Write):
    general(write([{}]))
    edit(summary="Ditulis editor.")
    assert general(write([{"summary_id": "Baru.", "year": "2022"}])).counts == {"conflict": 1}
    assert (only().summary, only().year) == ("Ditulis editor.", 2022)
    assert general(write([{"summary_id": "Baru.", "year": "2022"}])).counts == {"conflict": 1}
    assert only().revisions.count() == 3


def test_field_an_editor_changed_to_what_the_source_says__is_no_conflict(general: Import, write: Write):
    general(write([{}]))
    edit(summary="Sama.")
    assert general(write([{"summary_id": "Sama."}])).counts == {"update": 1}
    assert general(write([{"summary_id": "Sama."}])).counts == {"unchanged": 1}
    # From now on it is as the import left it.
    general(write([{"summary_id": "Lagi."}]))
    assert only().summary == "Lagi."


def test_conflict_settled_beside_another_change__is_noted(general: Import, write: Write):
    general(write([{}]))
    edit(summary="Ditulis editor.")
    assert general(write([{"summary_id": "Baru.", "year": "2022"}])).counts == {"conflict": 1}
    edit(summary="Baru.")
    assert general(write([{"summary_id": "Baru.", "year": "2022"}])).counts == {"update": 1}
    revisions = only().revisions.count()
    assert general(write([{"summary_id": "Baru.", "year": "2022"}])).counts == {"unchanged": 1}
    assert only().revisions.count() == revisions
    assert general(write([{"summary_id": "Lagi.", "year": "2022"}])).counts == {"update": 1}


def test_page_with_a_draft_or_a_lock__is_left_alone(general: Import, write: Write):
    general(write([{}]))
    page = only()
    page.partners = "Sedang ditulis"
    page.save_revision()
    summary = general(write([{"year": "2022"}]))
    assert summary.counts == {"conflict": 1}
    assert "sedang disunting" in summary.problems[0].message
    assert only().year == 2020
    page.get_latest_revision().publish()
    InnovationPage.objects.update(locked=True)
    assert "dikunci" in general(write([{"year": "2022"}])).problems[0].message
    InnovationPage.objects.update(locked=False)
    assert general(write([{"year": "2022"}])).counts == {"update": 1}
    assert (only().year, only().partners) == (2022, "Sedang ditulis")


def test_page_an_editor_took_offline__is_updated_as_a_draft(general: Import, write: Write):
    general(write([{}]))
    only().unpublish()
    general(write([{"year": "2022"}]))
    page = only()
    assert not page.live
    assert page.get_latest_revision_as_object().year == 2022
    assert general(write([{"year": "2022"}])).counts == {"unchanged": 1}


def test_two_rows_of_one_record__second_is_refused_by_name(general: Import, write: Write):
    summary = general(write([{}, {"title": " teropong   JIWA "}, {"title": "Lain"}]))
    assert summary.counts == {"create": 2, "refused": 1}
    assert "baris 2" in summary.problems[0].message


def test_id__is_the_key_where_there_is_one(general: Import, write: Write):
    header = [*HEADER, "ID"]
    row = [GOOD[name] for name in HEADER]
    general(write([[*row, "K-1"]], header))
    renamed = ["Nama Baru", *row[1:], "K-1"]
    assert general(write([renamed], header)).counts == {"update": 1}
    assert only().title == "Nama Baru"


def test_same_title_in_one_section__gets_an_address_of_its_own(general: Import, write: Write):
    general(write([{}, {"institution": "Dinas Kesehatan Kabupaten Banyuwangi"}, {"title": "‹—›"}]))
    slugs = set(InnovationPage.objects.values_list("slug", flat=True))
    assert slugs == {"teropong-jiwa", "teropong-jiwa-2", "inovasi"}


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"institution": ""}, "institution"),
        ({"institution": "x" * 301}, "institution"),
        ({"year": "dua ribu"}, "year"),
        ({"year": "1066"}, "year"),
        ({"year": "20201"}, "year"),
        ({"year": "²⁰²⁰"}, "year"),
        ({"province_code": "99"}, "province_code"),
        ({"province_code": "35.10"}, "province_code"),
        ({"province": "Jawa Tengah"}, "province"),
        ({"summary_id": "x" * 1001}, "summary_id"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "koran pagi"}, "source_url"),
        ({"source_url": "https://example.org/" + "x" * 600}, "source_url"),
    ],
)
def test_unfit_value__refuses_the_row_and_names_the_column(general: Import, write: Write, change, column):
    summary = general(write([change, {"title": "Baik"}]))
    assert summary.counts == {"create": 1, "refused": 1}
    assert problems(summary) == [(2, column)]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"sector": "Sihir"}, "sector"),
        ({"award": "Piala Bergilir RT 05"}, "award"),
        ({"province_code": "", "province": "Jawa Tenggara", "institution": "Entah"}, "province"),
        ({"province_code": "33", "province": "Jawa Tengah"}, "institution"),
    ],
)
def test_text_not_recognised__is_reported_and_the_row_imported(general: Import, write: Write, change, column):
    summary = general(write([change]))
    assert summary.counts == {"create": 1}
    assert column in [name for _row, name in problems(summary)]


def test_formulas_and_markup__stay_text(general: Import, write: Write):
    general(write([{"title": "=1+1", "summary_id": "<script>alert(1)</script> +SUM(A1)"}]))
    page = only()
    assert page.title == "=1+1"
    assert page.summary == "<script>alert(1)</script> +SUM(A1)"


def test_deleted_record__comes_back(general: Import, write: Write):
    path = write([{}])
    general(path)
    erase([only()])
    assert general(path).counts == {"create": 1}


@pytest.mark.parametrize(
    ("column", "cell", "pieces"),
    [
        ("award", "Top 99 KIPP 2020; " * 51, 51),
        ("award", ", ".join(f"Top {number} KIPP 2019" for number in range(1, 52)), 51),
        ("award", "tidak dikenal; " * 3000, 3000),
        ("sector", "Kesehatan; " * 51, 51),
    ],
)
def test_cell__with_a_list_no_record_can_have_is_refused(general: Import, write: Write, column, cell, pieces):
    summary = general(write([{column: cell}, {"title": "Lain", "institution": "Kota Surabaya"}]))
    assert summary.counts == {"refused": 1, "create": 1}
    assert problems(summary) == [(2, column)]
    assert f"berisi {pieces} butir; paling banyak 50" in summary.problems[0].message


def test_cell__with_fifty_awards_is_taken(general: Import, write: Write):
    cell = "; ".join(f"Top {number} KIPP 2019" for number in range(1, 51))
    assert general(write([{"award": cell}])).counts == {"create": 1}
    assert only().awards.count() == 50
