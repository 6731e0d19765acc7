import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import index
from search.models import SynonymGroup
from search.understanding import MAX_WORDS, Concept, understand
from tests.factories.search import document, store

pytestmark = pytest.mark.django_db


def strengths(concept: Concept) -> dict[str, float]:
    return {" ".join(variant.stems): variant.strength for variant in concept.variants}


def only(text: str, language: str = "id") -> dict[str, float]:
    (concept,) = understand(text, language).concepts
    return strengths(concept)


def test_understand__word_alone() -> None:
    (concept,) = understand("pelayanan", "id").concepts
    assert (concept.word, concept.stem) == ("pelayanan", "layan")
    assert strengths(concept) == {"layan": 1.0, "en_pelayanan": 0.85}


@pytest.mark.parametrize("text", ["", "   ", "!?", "\0", "'"])
def test_understand__no_words(text: str) -> None:
    assert understand(text, "id").concepts == ()


def test_understand__function_words_alone_count() -> None:
    assert [concept.significance for concept in understand("dari yang", "id").concepts] == [1.0, 1.0]


def test_understand__long_text_is_cut_and_says_so() -> None:
    meaning = understand("kata " * 3000 + " ".join(f"kata{number}" for number in range(99)), "id")
    assert meaning.shortened
    many = understand(" ".join(f"k{number}" for number in range(50)), "id")
    assert len(many.concepts) == MAX_WORDS
    assert many.shortened
    assert not understand("kata", "id").shortened


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        ("RTLH", "id", "rumah tidak layak huni"),
        ("rumah tidak layak huni", "id", "rtlh"),
        ("kalsel", "id", "kalimantan selatan"),
        ("ijasah", "id", "ijazah"),
        ("ijazah", "id", "ijasah"),
        ("duit", "id", "uang"),
        ("PTM", "id", "hipertensi"),
        ("malnutrition", "en", "gizi buruk"),
        ("tuberculosis", "id", "tbc"),
        ("BBLR", "id", "berat lahir rendah"),
        ("surat keterangan catatan kepolisian", "id", "skck"),
        ("orang gila", "id", "odgj"),
    ],
)
def test_understand__supplied_groups(
    supplied_synonyms: None, typed: str, language: str, expected: str
) -> None:
    found = [strengths(concept) for concept in understand(typed, language).concepts]
    assert all(variants.get(expected, 0) >= 0.55 for variants in found)


def test_understand__one_way_kinds_stay_one_way(supplied_synonyms: None) -> None:
    assert "ptm" not in only("hipertensi")
    assert "duit" not in only("uang")


def test_understand__english_words_do_not_hijack_indonesian_ones(supplied_synonyms: None) -> None:
    assert "udara" not in only("air")
    SynonymGroup.objects.create(kind="glossary", terms="air", members="udara")
    assert "udara" not in only("air")
    assert "udara" in only("air", "en")


def test_understand__edited_group_works_at_once() -> None:
    assert "gotong" not in only("royong")
    group = SynonymGroup.objects.create(kind="synonym", terms="royong", members="gotong")
    assert only("royong")["gotong"] == only("gotong")["royong"]
    group.members = "guyub"
    group.save()
    assert "gotong" not in only("royong")
    group.is_active = False
    group.save()
    assert "guyub" not in only("royong")
    group.is_active = True
    group.save()
    group.delete()
    assert "guyub" not in only("royong")


@pytest.mark.parametrize(
    ("typed", "suggestion"),
    [
        ("hipertnsi diabetes", "hipertensi diabetes"),
        ("peringattan", "peringatan"),
        ("koprasi", "koperasi"),
        ("banksampah", "bank sampah"),
        ("disabiltas", "disabilitas"),
        ("hipertensi", ""),
        ("RTLH", ""),
        ("xyzqw", ""),
        ("2021", ""),
        ("", ""),
    ],
)
def test_understand__typing_errors(supplied_synonyms: None, typed: str, suggestion: str) -> None:
    store(
        document("Hipertensi dan diabetes"),
        document("Peringatan dini", summary="Koperasi bank sampah"),
        document("Pelatihan penyandang disabilitas"),
    )
    assert understand(typed, "id").suggestion == suggestion


def test_understand__beginning_of_a_name() -> None:
    store(document("Gelimasjiwo"))
    assert understand("gelimas", "id").suggestion == "gelimasjiwo"


def test_understand__words_written_apart_are_found_together() -> None:
    store(document("SiBakul Jogja"))
    first, second = understand("si bakul", "id").concepts
    assert "sibakul" in strengths(first)
    assert "sibakul" in strengths(second)


@pytest.mark.parametrize(
    ("stored", "suggestion"),
    [
        # The same first letter before another, then the commoner word, then any order but always the same.
        (["lampax", "sampah"], "sampah"),
        (["sampah", "sampat", "sampat"], "sampat"),
        (["sampat", "sampah"], "sampah"),
        (["sampai"], ""),
    ],
)
def test_understand__mending_chooses(stored: list[str], suggestion: str) -> None:
    store(*map(document, stored))
    assert understand("sampax", "id").suggestion == suggestion


def test_vocabulary__forgets_words_of_removed_documents(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        index.store(document("Hipertensi", key="x:1"))
    assert understand("hipertnsi", "id").suggestion == "hipertensi"
    with django_capture_on_commit_callbacks(execute=True):
        index.remove("x:1")
    assert understand("hipertnsi", "id").suggestion == ""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80), st.sampled_from(["id", "en", "", "xx"]))
def test_understand__takes_any_text(text: str, language: str) -> None:
    for concept in understand(text, language).concepts:
        assert 0 <= concept.significance <= 1
        assert 0 < concept.rarity <= 1
        assert concept.variants
