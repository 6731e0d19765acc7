import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.recognition import RegionRecogniser, tokenise
from tests.factories.taxonomy import CityFactory, RegencyFactory

RECOGNISED = [
    ("35.78", "35.78"),
    ("3578", "35.78"),
    ("35", "35"),
    ("Jawa Timur", "35"),
    ("jatim", "35"),
    ("Prov. Jawa Timur", "35"),
    ("Sumatra Utara", "12"),
    ("Kep. Bangka Belitung", "19"),
    ("Babel", "19"),
    ("D.I. Yogyakarta", "34"),
    ("DKI Jakarta", "31"),
    ("Kota Surabaya", "35.78"),
    ("KOTA SURABAYA", "35.78"),
    ("Kab. Gunung Kidul", "34.03"),
    ("Kabupaten Gunungkidul, DI Yogyakarta", "34.03"),
    ("Kab. Administrasi Kepulauan Seribu", "31.01"),
    ("Kabupaten Pangkep", "73.10"),
    ("Kota Solo", "33.72"),
    ("Papua", "91"),
    ("Kabupaten Labuhan Batu", "12.10"),
]
NOT_RECOGNISED = [
    "",
    "99",
    "35.99",
    "Malang",
    "Gorontalo",
    "Nasional",
    "Kabupaten Surabaya",
    "Kabupaten Bantul, Jawa Timur",
    "Kabupaten Bantul dan Kabupaten Sleman",
    "Dinas Kesehatan Kabupaten Bantul",
    "Papua Barat Laut",
    "Kota",
]


@pytest.mark.parametrize(("text", "code"), RECOGNISED)
def test_region__recognised(owners, text, code):
    region = owners.regions.recognise(text)
    assert region is not None
    assert region.code == code


@pytest.mark.parametrize("text", NOT_RECOGNISED)
def test_region__not_certain_is_none(owners, text):
    assert owners.regions.recognise(text) is None


@pytest.mark.parametrize(
    ("text", "province", "code"),
    [("Banjar", "63", "63.03"), ("Banjar", "32", "32.79"), ("Malang", "35", None), ("Banjar", "35", None)],
)
def test_region__province_settles_a_shared_name(owners, text, province, code):
    region = owners.regions.recognise(text, owners.regions.by_code(province))
    assert (region.code if region else None) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Kabupaten Solok Selatan dan Kota Solok", [["13.11"], ["13.72"]]),
        ("di Papua Barat Daya, Papua Barat, Papua", [["96"], ["92"], ["91"]]),
        ("Kota Banjarbaru", [["63.72"]]),
        ("Kabupaten Antah", [[]]),
    ],
)
def test_mentions__longest_name_wins(owners, text, codes):
    found = owners.regions.mentions(tokenise(text))
    assert [[region.code for region in mention.regions] for mention in found] == codes


@given(st.text(max_size=200))
def test_region__no_text_raises(owners, text):
    owners.regions.recognise(text)
    mentions = owners.regions.mentions(tokenise(text))
    assert all(mention.start < mention.end for mention in mentions)


def test_tokens__keep_their_place_in_the_original():
    text = "Dinas Kesehatan, Kab. Málang – RI"
    tokens = tokenise(text)
    assert [token.word for token in tokens] == ["dinas", "kesehatan", "kab", "malang", "ri"]
    assert [text[token.start : token.end] for token in tokens] == [token.original for token in tokens]
    assert [token.word for token in tokens if token.breaks] == ["kab", "ri"]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 30])
def test_recogniser__is_built_with_one_query(django_assert_num_queries, size):
    for number in range(size):
        CityFactory(code=f"35.{number + 10}", short_name=f"Uji {number}")
    with django_assert_num_queries(1):
        RegionRecogniser.from_database().recognise("Kota Uji 0, Jawa Timur")


@pytest.mark.django_db
def test_recogniser__two_regions_of_a_name_need_their_kind():
    regency, city = RegencyFactory(), CityFactory(short_name="Malang")
    recogniser = RegionRecogniser.from_database()
    assert recogniser.recognise("Malang") is None
    assert recogniser.recognise("Kabupaten Malang") == regency
    assert recogniser.recognise("Kota Malang") == city
