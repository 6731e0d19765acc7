import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.analysis import analysed, fold, index_terms, possible_terms, stem, tokenize
from search.analysis.stopwords import significance


def words(text: str) -> list[str]:
    return [form for token in tokenize(text) for form in (*token.words, *token.also)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  .,;!?  ", []),
        ("Ibu HAMIL", ["ibu", "hamil"]),
        ("Café ﬁnal ²", ["cafe", "final", "2"]),
        ("e-KTP", ["e", "ktp", "ektp"]),
        ("anak-anak", ["anak"]),
        ("PetaBencana.id", ["petabencana", "id", "petabencanaid", "peta", "bencana"]),
        ("KTPku", ["ktpku", "ktp", "ku"]),
        ("TPS 3R", ["tps", "3r"]),
        ("HIV/AIDS", ["hiv", "aids", "hivaids"]),
        ("rumah sakit daerah", ["rumahsakit", "daerah"]),
        ("rumah. Sakit", ["rumah", "sakit"]),
        ("kerja sama dan kerjasama", ["kerjasama", "dan", "kerjasama"]),
        ("x" * 500, ["x" * 48]),
        ("a\0b", ["a", "b"]),
        ("🌱 tanam", ["tanam"]),
        ("日本", ["日本"]),
    ],
)
def test_tokenize__text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text(st.sampled_from("ruMAh sakitTPS3-./é²\n"), max_size=60))
@example("rumah sakit")
@example("x" * 500)
def test_possible_terms__leave_out_none_that_is_there(text: str) -> None:
    possible = set(possible_terms(text, "id"))
    assert possible.issuperset(term for token in tokenize(text) for term in index_terms(token, "id"))


def test_possible_terms__hardly_more_than_there_are() -> None:
    assert set(possible_terms("Anak-anak melayani petugas", "id")) == {"anak", "layan", "tugas"}
    assert "rumahsakit" in possible_terms("rumah warga", "id")


def test_tokenize__places_point_into_the_text() -> None:
    text = "Di RSUD Ulin, rumah sakit daerah"
    assert [text[token.start : token.end] for token in tokenize(text)] == [
        "Di", "RSUD", "Ulin", "rumah sakit", "daerah",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "same_as"),
    [
        ("pelayanan", "melayani"),
        ("kependudukan", "penduduk"),
        ("perizinan", "izin"),
        ("perawatan", "merawat"),
        ("peternakan", "ternak"),
        ("pemetaan", "peta"),
        ("digitalisasi", "digital"),
        ("pengemis", "mengemis"),
    ],
)
def test_stem__joins_forms_of_one_word(word: str, same_as: str) -> None:
    assert stem(word) == stem(same_as)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("penghargaan", "harga"),
        ("tahanan", "ketahanan"),
        ("bangunan", "pembangunan"),
        ("relawan", "rawan"),
        ("maluku", "malu"),
        ("bekasi", "bekas"),
        ("penyakit", "sakit"),
    ],
)
def test_stem__keeps_apart_what_differs(word: str, other: str) -> None:
    assert stem(word) != stem(other)


def test_stem__english_stands_apart_from_indonesian() -> None:
    assert stem("services", "en") == stem("service", "en") != stem("service")


@pytest.mark.parametrize(("word", "expected"), [("yang", 0), ("the", 0), ("inovasi", 0.3), ("stunting", 1)])
def test_significance__word(word: str, expected: float) -> None:
    assert significance(word) == expected


@given(st.text())
def test_analysis__takes_any_text(text: str) -> None:
    found = analysed({"title": {"id": text, "en": text}, "body": {"xx": text}})
    stems = [each for field in found.stems.values() for each in field]
    # What the full-text tables rely on: letters, digits and "_", so that nothing needs escaping.
    assert all(each.replace("_", "").isalnum() for each in stems)
    assert all(len(each) <= 64 for each in stems)
    assert all(entry.count(" ") == 1 for entry in found.words)
    assert fold(fold(text)) == fold(text) or not text.isascii()
