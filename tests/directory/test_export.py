"""Export and way back in: what is exported is imported as unchanged, whatever a record holds."""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction

from cms.cells import TOO_LONG
from directory.export import contract
from directory.export.files import csv_lines, json_lines, workbook
from directory.export.records import editable_records, public_records
from directory.export.table import Table
from directory.imports import batches, reversing
from directory.imports.exported import revision_mark
from directory.imports.fields import FIELDS
from directory.imports.run import get_adapter, run_import
from directory.imports.types import Action
from directory.models import Award, FormerName, InnovationPage
from tests.directory.imports.test_admin import user_with
from tests.factories.directory import (
    directory_index,
    erase,
    evidence_row,
    full_innovation,
    innovation,
    narrative,
)
from tests.factories.home import make_home

SITE = "https://contoh.go.id"
KINDS = ("csv", "xlsx", "json")
Export = Callable[..., Path]

pytestmark = pytest.mark.django_db


def table(public: bool = True) -> Table:
    ids = list(InnovationPage.objects.order_by("pk").values_list("pk", flat=True))
    return Table((public_records if public else editable_records)(ids), SITE, public=public)


def write(path: Path, kind: str, public: bool = True) -> Path:
    rows = table(public)
    if kind == "xlsx":
        with workbook(rows) as book:
            path.write_bytes(book.read())
    else:
        lines = csv_lines(rows) if kind == "csv" else json_lines(rows)
        path.write_text("".join(lines), encoding="utf-8", newline="")
    return path


def back(path: Path, commit: bool = False) -> tuple[Counter[Action], list[Any]]:
    seen: list[Any] = []
    summary = run_import(get_adapter("portal"), path, commit=commit, observe=seen.append)
    return summary.counts, seen


def edit(path: Path, change: Callable[[list[dict[str, str]]], Iterable[dict[str, str]]]) -> Path:
    """The CSV file with its rows changed."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    changed = list(change(rows))
    names = list(dict.fromkeys(name for row in changed for name in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows(changed)
    return path


# Texts as people and machines leave them, and those a spreadsheet would take for a formula.
TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab '\"=+-@;[]{}|,\t\r\n\u00a0\u200bé<&>＝\x0b\x85"),
        st.characters(exclude_categories=("Cs",), exclude_characters="\x00"),
    ),
    max_size=40,
)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=10, max_size=10))
def test_export__comes_back_unchanged(kind: str, texts: list[str], tmp_path: Path) -> None:
    erase(InnovationPage.objects.all())
    page = full_innovation(
        summary=texts[0],
        problem=texts[1],
        partners=texts[2],
        contact_post=texts[3],
        narrative=narrative("background", "lessons", text=texts[4]),
        evidence=[evidence_row(indicator=texts[5], method=texts[6]), evidence_row("b-2", unit="")],
    )
    page.title = f"x{texts[7]}"
    page.tags.set(sorted({word for word in (texts[8].strip(), "dua; kata", "[satu]") if word}))
    page.former_names = [FormerName(name=texts[9] or "-", kind="local"), FormerName(name="=B", kind="former")]
    page.awards = [Award(programme=award.programme, year=2020, rank=texts[0]) for award in page.awards.all()]
    page.save()
    innovation(title="Tanpa isi")
    counts, rows = back(write(tmp_path / f"portal.{kind}", kind))
    assert counts == {Action.UNCHANGED: 2}, [row.record.problems or row.changes for row in rows]


@pytest.mark.parametrize("kind", KINDS)
def test_draft__comes_back_unchanged(kind: str, tmp_path: Path) -> None:
    page = full_innovation()
    page.title = "Judul baru, belum terbit"
    page.save_revision()
    draft = innovation(live=False, title="Masih draf")
    draft.summary = "Ringkasan draf"
    draft.save_revision()
    path = write(tmp_path / f"portal.{kind}", kind, public=False)
    assert back(path)[0] == {Action.UNCHANGED: 2}
    if kind == "json":
        rows = json.loads(path.read_text())
        assert [row["title"] for row in rows] == ["Judul baru, belum terbit", "Masih draf"]
        assert [row["live"] for row in rows] == [True, False]
    # What the public gets is the published state, and that too says nothing new.
    assert back(write(tmp_path / f"umum.{kind}", kind))[0] == {Action.UNCHANGED: 1}


def test_record_with_contents_no_form_would_take__comes_back_unchanged(tmp_path: Path) -> None:
    page = full_innovation(evidence=[evidence_row(indicator="", evaluator="siapa")])
    odd = {"kind": "aneh", "web_address": "bukan alamat", "months_to_ready": 900}
    InnovationPage.objects.filter(pk=page.pk).update(**odd)
    assert back(write(tmp_path / "portal.csv", "csv"))[0] == {Action.UNCHANGED: 1}


def test_every_field__is_in_the_contract() -> None:
    left_out = {
        *("title", "seo_title", "search_description", "slug"),
        # Files travel as addresses, derived values for readers.
        *("lead_image", "gallery", "documents", "institution_text", "registry_number"),
        *("completeness", "evidence_level", "cost_band", "page_ptr", "narrative", "missing_items"),
        "source_published_at",
    }
    own = {
        field.name for field in InnovationPage._meta.local_fields + InnovationPage._meta.local_many_to_many
    }
    own |= {"former_names", "awards", "tags"}
    missing = own - left_out - {column.field for column in contract.COLUMNS}
    assert not missing, f"No column for {missing}: add them to FIELDS and to the contract."


def test_contract__is_documented() -> None:
    documentation = Path("docs/export.md").read_text("utf-8")
    assert [
        name for name in contract.NAMES if f"`{name}`" not in documentation and "narrative_" not in name
    ] == []


CHANGES = {
    "title": "Judul baru",
    "summary": "Baris satu\nbaris dua",
    "institution": "pemkot-uji",
    "region": "",
    "sdgs": "3",
    "tags": "baru; lain",
    "awards": '[{"programme": "kipp", "year": 2022, "rank": "Top 99"}]',
    "former_names": '[{"name": "Nama lokal", "kind": "local"}]',
    "year": "2019",
    "months_to_ready": "",
    "trial_date": "1 Februari 2018",
    "operational_status": "developed",
    "kind": "digital",
    "narrative_background": "Paragraf satu\nParagraf <dua>",
    "costs": '[{"item": "Server", "amount": 5, "frequency": "yearly"}]',
    "plan_priorities": '[{"level": "rpjmn", "statement": "Stunting"}]',
    "competition_categories": '[{"scheme": "KIPP", "year": 2020, "category": "Kesehatan"}]',
}


@pytest.mark.parametrize("column", CHANGES)
def test_changed_cell__is_written_and_then_unchanged(column: str, tmp_path: Path) -> None:
    page = full_innovation(institution=None, contact_email="")
    path = write(tmp_path / "portal.csv", "csv")
    edit(path, lambda rows: [{**row, column: CHANGES[column]} for row in rows])
    counts, (row,) = back(path, commit=True)
    field = next(one.field for one in contract.COLUMNS if one.name == column)
    if column == "sdgs":  # as it was
        assert counts == {Action.UNCHANGED: 1}
        return
    assert (counts, [change.field for change in row.changes]) == ({Action.UPDATE: 1}, [field]), (
        row.record.problems
    )
    assert back(path)[0] == {Action.UNCHANGED: 1}
    page.refresh_from_db()
    assert page.live
    assert page.source_records.count() == 1


def test_row_of_a_record_edited_since__is_a_conflict(tmp_path: Path) -> None:
    page = full_innovation()
    path = write(tmp_path / "portal.csv", "csv")
    page.refresh_from_db()
    page.title = "Disunting"
    page.save_revision().publish()
    edit(path, lambda rows: [{**row, "summary": "Dari berkas"} for row in rows])
    counts, (row,) = back(path, commit=True)
    assert counts == {Action.CONFLICT: 1}
    assert "disunting di portal sejak berkas ini diekspor" in row.record.problems[0].message
    page.refresh_from_db()
    assert page.summary != "Dari berkas"


BAD = {
    "title": "",
    "year": "dua ribu",
    "institution": "tidak-ada",
    "sectors": "kesehatan; salah",
    "trial_date": "besok",
    "kind": "setengah",
    "web_address": "javascript:alert(1)",
    "summary": "x" * 1001,
    "evidence": '[{"indicator": "A", "result": "", "baseline": "1"}]',
    "costs": '[{"item": "A", "amount": -1}]',
    "prerequisites": "[[[[",
    "replication_kit": '{"kind": "sop"}',
    "institutionalisation": '[{"kind": "sop", "title": "x"}]',
    "awards": '[{"year": 2020, "rank": "x"}]',
    "former_names": '[{"name": ""}]',
    "tags": "[1, 2]",
    "number": "INO-1x",
    "plan_priorities": '[{"level": "rpjmn", "statement": "a\\ud800b"}]',
    "competition_categories": '[{"scheme": "a\\u0000b", "category": "x"}]',
}


@pytest.mark.parametrize("column", BAD)
def test_unfit_cell__refuses_the_row_by_name(column: str, tmp_path: Path) -> None:
    page = full_innovation()
    before = page.latest_revision_id
    path = edit(
        write(tmp_path / "portal.csv", "csv"), lambda rows: [{**row, column: BAD[column]} for row in rows]
    )
    counts, (row,) = back(path, commit=True)
    assert counts == {Action.REFUSED: 1}
    assert [(problem.row, problem.column) for problem in row.record.problems] == [(2, column)]
    assert all(problem.message for problem in row.record.problems)
    page.refresh_from_db()
    assert page.latest_revision_id == before


EMPTIED = {
    "summary": "",
    "sectors": "",
    "contact_email": "",
    "narrative_how_it_works": "",
    "operational_status": "stopped",
}


@pytest.mark.parametrize("column", EMPTIED)
@pytest.mark.parametrize("live", [True, False])
def test_what_the_form_demands__stays_in_a_published_record(live: bool, column: str, tmp_path: Path) -> None:
    page = full_innovation(live=live)
    page.save_revision()
    path = edit(
        write(tmp_path / "portal.csv", "csv", public=False),
        lambda rows: [{**row, column: EMPTIED[column]} for row in rows],
    )
    if live:
        page.refresh_from_db()
        page.get_latest_revision().publish()
        edit(path, lambda rows: [{**row, "revision": revision_mark(page)} for row in rows])
    counts, (row,) = back(path, commit=True)
    assert counts == ({Action.REFUSED: 1} if live else {Action.UPDATE: 1})
    assert [problem.column for problem in row.record.problems] == ([column] if live else [])


def test_number_nobody_has__is_refused(tmp_path: Path) -> None:
    full_innovation()
    path = edit(write(tmp_path / "portal.csv", "csv"), lambda rows: [{**rows[0], "number": "INO-999999"}])
    assert back(path)[0] == {Action.REFUSED: 1}


def test_row_without_a_number__is_a_new_draft_once(tmp_path: Path) -> None:
    full_innovation(title="Yang lama", evidence=[evidence_row()])
    path = edit(
        write(tmp_path / "portal.csv", "csv"),
        lambda rows: [
            rows[0],
            {**rows[0], "number": "", "title": "Sistem antre loket pajak", "revision": ""},
        ],
    )
    assert back(path, commit=True)[0] == {Action.UNCHANGED: 1, Action.CREATE: 1}
    page = InnovationPage.objects.get(title="Sistem antre loket pajak")
    assert not page.live
    assert page.get_parent().specific.institution.code == "pemkot-uji"
    content = page.get_latest_revision_as_object()
    assert content.evidence[0].value["indicator"] == "Persalinan oleh tenaga kesehatan"
    assert [tag.name for tag in content.tags.all()] == ["bidan"]
    assert back(path, commit=True)[0] == {Action.UNCHANGED: 2}


def test_row_that_lost_its_number__waits_as_a_likely_duplicate(tmp_path: Path) -> None:
    full_innovation(title="Kemitraan bidan dan dukun")
    path = edit(write(tmp_path / "portal.csv", "csv"), lambda rows: [{**rows[0], "number": ""}])
    assert back(path)[0] == {Action.DUPLICATE: 1}


def test_new_object_in_json__needs_no_number(tmp_path: Path) -> None:
    full_innovation()
    path = tmp_path / "portal.json"
    path.write_text(json.dumps([{"title": "Sistem antre loket pajak", "institution": "pemkot-uji"}]))
    assert back(path)[0] == {Action.CREATE: 1}


def test_number__in_any_writing(tmp_path: Path) -> None:
    page = full_innovation()
    short = f"ino-{page.registry_number}"
    path = edit(write(tmp_path / "portal.csv", "csv"), lambda rows: [{**rows[0], "number": short}])
    assert back(path)[0] == {Action.UNCHANGED: 1}


def test_autosave__since_the_export_is_a_conflict(tmp_path: Path) -> None:
    page = full_innovation(live=False)
    page.save_revision()
    path = write(tmp_path / "portal.csv", "csv", public=False)
    page.summary = "Disunting terus"
    page.save_revision(overwrite_revision=page.latest_revision)
    edit(path, lambda rows: [{**row, "year": "2019"} for row in rows])
    assert back(path, commit=True)[0] == {Action.CONFLICT: 1}
    assert InnovationPage.objects.get().get_latest_revision_as_object().summary == "Disunting terus"


def test_draft_of_a_withdrawn_record__is_what_a_file_is_compared_with(tmp_path: Path) -> None:
    page = full_innovation(summary="Benar", live=False)
    page.summary = "Keliru"
    page.save_revision()
    path = write(tmp_path / "portal.csv", "csv", public=False)
    edit(path, lambda rows: [{**row, "summary": "Benar"} for row in rows])
    assert back(path)[0] == {Action.UPDATE: 1}


def test_edited_draft_beside_a_live_record__is_left_to_its_editor(tmp_path: Path) -> None:
    page = full_innovation()
    page.get_latest_revision() or page.save_revision().publish()
    page.refresh_from_db()
    page.summary = "Draf"
    page.save_revision()
    path = write(tmp_path / "portal.csv", "csv", public=False)
    edit(path, lambda rows: [{**row, "problem": "Dari berkas"} for row in rows])
    counts, (row,) = back(path, commit=True)
    assert counts == {Action.CONFLICT: 1}
    assert "sedang disunting" in row.record.problems[0].message


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", ["#N/A", "#REF!", "a\uffffb\ufffec", "\r=1", "'=1"])
def test_odd_text__comes_back_unchanged(kind: str, text: str, tmp_path: Path) -> None:
    full_innovation(service_unit=text)
    assert back(write(tmp_path / f"portal.{kind}", kind))[0] == {Action.UNCHANGED: 1}


def test_copied_row_of_a_list__gets_an_id_of_its_own(tmp_path: Path) -> None:
    page = full_innovation(evidence=[evidence_row("b-1")])

    def twice(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        (row,) = json.loads(rows[0]["evidence"])
        return [{**rows[0], "evidence": json.dumps([row, {**row, "result": "98"}])}]

    assert back(edit(write(tmp_path / "portal.csv", "csv"), twice), commit=True)[0] == {Action.UPDATE: 1}
    page.refresh_from_db()
    first, second = (row["id"] for row in page.evidence.raw_data)
    assert first == "b-1" != second


def test_changed_row_of_evidence__keeps_its_document_and_its_id(tmp_path: Path) -> None:
    from tests.factories.cms import DocumentFactory

    document = DocumentFactory()
    page = full_innovation(evidence=[evidence_row(document=document.pk)])
    path = write(tmp_path / "portal.csv", "csv")

    def change(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        evidence = json.loads(rows[0]["evidence"])
        assert evidence[0]["document"].startswith(SITE)
        evidence[0]["result"] = "98"
        return [{**rows[0], "evidence": json.dumps(evidence)}]

    assert back(path)[0] == {Action.UNCHANGED: 1}
    assert back(edit(path, change), commit=True)[0] == {Action.UPDATE: 1}
    page.refresh_from_db()
    (row,) = page.evidence.raw_data
    assert (row["id"], row["value"]["result"], row["value"]["document"]) == ("bukti-1", "98", document.pk)


def test_cell_too_long_for_excel__is_left_alone(tmp_path: Path) -> None:
    rows = [evidence_row(f"b-{number}", method="m" * 400) for number in range(90)]
    full_innovation(evidence=rows)
    path = write(tmp_path / "portal.xlsx", "xlsx")
    sheet = load_workbook(path).active
    assert TOO_LONG in [cell.value for cell in sheet[2]]
    assert back(path)[0] == {Action.UNCHANGED: 1}
    assert back(write(tmp_path / "portal.csv", "csv"))[0] == {Action.UNCHANGED: 1}


def test_formula__is_neutralised_in_sheets(tmp_path: Path) -> None:
    full_innovation(title="=1+1")
    sheet = load_workbook(write(tmp_path / "portal.xlsx", "xlsx")).active
    assert [cell.data_type for cell in sheet[2] if cell.value == "'=1+1"] == ["s"]
    (row,) = csv.DictReader(io.StringIO("".join(csv_lines(table())).removeprefix("\ufeff")))
    assert row["title"] == "'=1+1"


def test_mailboxes__are_not_for_everybody() -> None:
    full_innovation()
    assert "contact_email" not in table().names
    assert "contact_email" in table(public=False).names
    assert "layanan@contoh.go.id" not in "".join(csv_lines(table()))


def test_queries__do_not_grow_with_the_records(django_assert_num_queries: Any) -> None:
    full_innovation()
    with django_assert_num_queries(13):
        len(list(table()))
    for _number in range(5):
        full_innovation()
    with django_assert_num_queries(13):
        len(list(table()))


def download(client: Client, kind: str, query: str = "") -> Any:
    return client.get(f"/id/inovasi/unduh/{kind}/{query}")


@pytest.mark.parametrize("kind", KINDS)
def test_download__holds_what_the_directory_finds(kind: str, client: Client) -> None:
    for title, status in (("Bank sampah", "running"), ("Posyandu", "running"), ("Sampah lama", "stopped")):
        innovation(title=title, operational_status=status).save_revision().publish()
    hidden = innovation(title="Sampah rahasia")
    hidden.save_revision().publish()
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    innovation(title="Sampah draf", live=False)
    response = download(client, kind, "?q=sampah&stopped=1&page=7")
    content = b"".join(response.streaming_content)
    if kind == "xlsx":
        rows = list(load_workbook(io.BytesIO(content)).active.values)
        titles = {row[rows[0].index("title")] for row in rows[1:]}
    elif kind == "json":
        titles = {row["title"] for row in json.loads(content)}
    else:
        titles = {row["title"] for row in csv.DictReader(io.StringIO(content.decode("utf-8-sig")))}
    assert titles == {"Bank sampah", "Sampah lama"}
    assert response["X-Robots-Tag"] == "noindex"
    assert f".{kind}" in response["Content-Disposition"]


def test_download__nothing_found_is_an_empty_file(client: Client) -> None:
    assert json.loads(b"".join(download(client, "json", "?q=xyzzy").streaming_content)) == []
    assert b"".join(download(client, "csv", "?q=xyzzy").streaming_content).count(b"\n") == 1


@pytest.mark.parametrize(
    ("kind", "query"), [("pdf", ""), ("CSV", ""), ("csv", "?q=%00&sector=%F0&year=1e9"), ("csv", "?page=x")]
)
def test_download__hostile_address(kind: str, query: str, client: Client) -> None:
    assert download(client, kind, query).status_code in (200, 404)


def test_columns__are_explained(client: Client) -> None:
    text = client.get("/id/inovasi/unduh/").content.decode()
    assert [name for name in table().names if f"<code>{name}</code>" not in text] == []
    assert "contact_email" not in text


def test_index__offers_what_it_shows(client: Client) -> None:
    make_home()
    innovation(title="Bank sampah").save_revision().publish()
    index = directory_index()
    text = client.get(f"{index.url}?q=sampah").content.decode()
    assert "/id/inovasi/unduh/csv/?q=sampah" in text
    assert "unduh/csv" not in client.get(f"{index.url}?q=xyzzy").content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_admin_export__is_for_who_may_import_it_back(kind: str, client: Client) -> None:
    innovation(live=False, title="Draf")
    innovation(title="Terbit")
    address = f"/admin/imports/ekspor/{kind}/"
    client.force_login(user_with("kipp"))
    assert client.get(address).status_code in (302, 403)
    client.force_login(user_with("portal"))
    response = client.get(address)
    assert response.status_code == 200
    assert len(b"".join(response.streaming_content)) > 100
    if kind == "json":
        assert len(json.loads(b"".join(client.get(address).streaming_content))) == 2
        only = client.get(f"{address}?live=False").streaming_content
        assert [row["title"] for row in json.loads(b"".join(only))] == ["Draf"]
    assert client.get(address.replace(kind, "pdf")).status_code != 200


@pytest.mark.parametrize("kind", KINDS)
def test_edited_export__goes_the_whole_way_in_the_admin(kind: str, client: Client, tmp_path: Path) -> None:
    page = full_innovation()
    path = write(tmp_path / f"portal.{kind}", kind, public=False)
    batch = batches.receive("portal", path, path.name)
    batches.make_plan(batch)
    assert batch.counts()[Action.UNCHANGED] == 1
    if kind != "csv":
        return
    edit(path, lambda rows: [{**rows[0], "summary": "Baru"}, {**rows[0], "number": "INO-777"}])
    batch = batches.receive("portal", path, path.name)
    batches.make_plan(batch)
    batches.begin(batch)
    while batches.apply_some(batch):
        pass
    assert {action: n for action, n in batch.outcomes().items() if n} == {Action.UPDATE: 1, Action.REFUSED: 1}
    page.refresh_from_db()
    assert page.summary == "Baru"
    client.force_login(user_with("portal"))
    assert client.get(f"/admin/imports/{batch.pk}/").status_code == 200
    refused = b"".join(client.get(f"/admin/imports/{batch.pk}/ditolak/").streaming_content)
    (row,) = csv.DictReader(io.StringIO(refused.decode("utf-8-sig")))
    assert row["number"] == "INO-777"
    assert "tidak ada inovasi bernomor" in row["alasan"]


def test_edited_export__is_taken_back_without_a_trace(tmp_path: Path) -> None:
    page = full_innovation(contact_email="")
    page.save_revision().publish()
    before = InnovationPage.objects.get().serializable_data()
    path = write(tmp_path / "portal.csv", "csv")
    edit(path, lambda rows: [{**row, **CHANGES} for row in rows])
    batch = batches.receive("portal", path, path.name)
    batches.make_plan(batch)
    batches.begin(batch)
    assert not batches.apply_some(batch)
    assert batch.outcomes()[Action.UPDATE] == 1
    assert InnovationPage.objects.get().title == CHANGES["title"]
    reversing.begin(batch)
    assert not reversing.reverse_some(batch)
    after = InnovationPage.objects.get().serializable_data()
    passing = {
        *("latest_revision", "latest_revision_created_at", "live_revision", "last_published_at"),
        "source_published_at",
        *("tagged_items", "former_names", "awards"),
    }
    for name in before.keys() - passing:
        assert after[name] == before[name], name
    content = InnovationPage.objects.get()
    assert [tag.name for tag in content.tags.all()] == ["bidan"]
    assert [award.rank for award in content.awards.all()] == ["Top 45"]
    assert [former.name for former in content.former_names.all()] == ["Nama sebelum ini"]


def test_row_nobody_has_thought_of__is_refused_and_the_rest_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    for title in ("Satu", "Dua", "Tiga"):
        full_innovation(title=title)
    path = write(tmp_path / "portal.csv", "csv")
    edit(path, lambda rows: [{**row, "year": "2019"} for row in rows])
    batch = batches.receive("portal", path, path.name)
    batches.make_plan(batch)
    put = FIELDS["year"].__class__.put

    def broken(self: Any, page: InnovationPage, value: Any, references: Any) -> None:
        if page.title == "Dua":
            raise RuntimeError("tak terduga")
        put(self, page, value, references)

    monkeypatch.setattr(FIELDS["year"].__class__, "put", broken)
    batches.begin(batch)
    assert not batches.apply_some(batch)
    assert (batch.outcomes()[Action.UPDATE], batch.outcomes()[Action.REFUSED]) == (2, 1)
    assert "tak terduga" in caplog.text
