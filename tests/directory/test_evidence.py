import pytest
from django.core.files.base import ContentFile

from cms.models import CustomDocument
from directory.derived.evidence import (
    RowState,
    content_hash,
    evidence_level,
    evidence_rows,
    is_reproduced,
)
from directory.models import Verification
from tests.factories.directory import build_innovation, evidence_row, full_innovation, innovation

pytestmark = pytest.mark.django_db


def verify(page, block_id="bukti-1"):
    value = next(child.value for child in page.evidence if child.id == block_id)
    return Verification.objects.create(page=page, block_id=block_id, content_hash=content_hash(value))


def document(content: bytes = b"laporan") -> CustomDocument:
    return CustomDocument.objects.create(title="Laporan", file=ContentFile(content, name="laporan.pdf"))


@pytest.mark.parametrize(
    ("result", "rows", "expected"),
    [
        ("", [], 0),
        ("   ", [], 0),
        ("Waktu tunggu turun.", [], 1),
        ("", [evidence_row(baseline="", source="")], 1),
        ("", [evidence_row(baseline="")], 1),
        ("", [evidence_row(source=" ")], 1),
        ("", [evidence_row(result="")], 1),
        ("", [evidence_row()], 2),
        ("", [evidence_row("a", baseline=""), evidence_row("b")], 2),
        ("", [evidence_row("a", baseline=""), evidence_row("b", source="")], 1),
        ("", [evidence_row(evaluator="external")], 2),
    ],
)
def test_evidence_level__without_verification(result, rows, expected):
    assert evidence_level(build_innovation(result=result, evidence=rows)) == expected


def test_evidence_level__replicated_needs_a_verified_row():
    assert evidence_level(build_innovation(evidence=[evidence_row()]), replicated=True) == 2


def test_evidence_level__verified_row():
    page = innovation(evidence=[evidence_row()])
    verify(page)
    assert evidence_level(page) == 3
    assert evidence_level(page, replicated=True) == 5
    assert [row.state for row in evidence_rows(page)] == [RowState.VERIFIED]


def test_evidence_level__verified_row_without_baseline_is_only_a_claim():
    page = innovation(evidence=[evidence_row(baseline="")])
    verify(page)
    assert evidence_level(page, replicated=True) == 1


def test_evidence_level__editing_makes_the_row_unverified_and_undoing_restores_it():
    page = innovation(evidence=[evidence_row()])
    verify(page)
    page.evidence = [evidence_row(result="99")]
    assert evidence_level(page) == 2
    assert evidence_rows(page)[0].state == RowState.CLAIMED
    page.evidence = [evidence_row()]
    assert evidence_level(page) == 3


def test_evidence_level__verification_of_another_row_or_page_does_not_count():
    page = innovation(evidence=[evidence_row("a", baseline="")])
    other = innovation(evidence=[evidence_row("b")])
    verify(other, "b")
    page.evidence = [evidence_row("b")]
    assert evidence_level(page) == 2


@pytest.mark.parametrize(
    ("evaluator", "attached", "expected"),
    [("owner", True, 3), ("external", False, 3), ("external", True, 4)],
)
def test_evidence_level__external_evaluation_needs_its_document(evaluator, attached, expected):
    value = {"evaluator": evaluator, "document": document().pk if attached else None}
    page = innovation(evidence=[evidence_row(**value)])
    verify(page)
    assert evidence_level(page) == expected


def test_evidence_level__external_evaluation_nobody_verified_does_not_raise_it():
    external = evidence_row("b", evaluator="external", document=document().pk)
    page = innovation(evidence=[evidence_row("a"), external])
    verify(page, "a")
    assert evidence_level(page) == 3


def test_content_hash__replaced_file_of_a_document_is_an_edit():
    attached = document()
    page = innovation(evidence=[evidence_row(document=attached.pk)])
    before = content_hash(page.evidence[0].value)
    attached.file.save("laporan.pdf", ContentFile(b"lain"))
    attached.file_hash = ""
    attached.save()
    page.refresh_from_db()
    assert content_hash(page.evidence[0].value) != before


def test_content_hash__ignores_empty_fields_and_order_of_keys():
    one = content_hash({"indicator": "x", "result": "1", "unit": ""})
    assert one == content_hash({"result": "1", "indicator": "x", "document": None})
    assert one != content_hash({"result": "1", "indicator": "x", "unit": "%"})


def test_evidence_level__is_stored_on_save_and_follows_an_edit():
    page = innovation(evidence=[evidence_row()])
    verify(page)
    page.save()
    page.refresh_from_db()
    assert page.evidence_level == 3
    page.evidence = [evidence_row(result="100")]
    page.save()
    page.refresh_from_db()
    assert page.evidence_level == 2


def test_evidence_rows__translation_is_as_verified_as_its_source():
    from wagtail.models import Locale

    page = full_innovation()
    verify(page)
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    copy.evidence = [evidence_row(indicator="Births attended by health staff")]
    assert copy.source_page == page
    assert evidence_level(copy) == 3
    page.evidence = [evidence_row(result="100")]
    page.save()
    copy = type(page).objects.get(pk=copy.pk)
    copy.evidence = [evidence_row(indicator="Births attended by health staff")]
    assert evidence_level(copy) == 2


def test_is_reproduced__asks_the_registered_checks():
    page = innovation()
    assert not is_reproduced(page, [])
    assert is_reproduced(page, [lambda found: False, lambda found: found == page])
    assert not is_reproduced(build_innovation(), [lambda found: True])


def test_evidence_rows__one_query(django_assert_num_queries):
    page = innovation(evidence=[evidence_row(str(number)) for number in range(5)])
    page = type(page).objects.get(pk=page.pk)
    with django_assert_num_queries(2):  # the source-language page, the verifications
        evidence_rows(page)
