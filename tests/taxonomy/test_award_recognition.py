import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.recognition import AwardRecogniser
from tests.factories.taxonomy import AwardProgrammeFactory

RECOGNISED = [
    ("Top 99 KIPP 2016; peserta UNPSA 2019", [("kipp", 2016, "Top 99"), ("unpsa", 2019, "Peserta")]),
    ("Top 45 KIPP", [("kipp", None, "Top 45")]),
    ("top 45 kipp 2019", [("kipp", 2019, "Top 45")]),
    ("KIPP 2019 - Top 45", [("kipp", 2019, "Top 45")]),
    ("Top 99 KIPP Tahun 2018", [("kipp", 2018, "Top 99")]),
    ("Top 99 Kompetisi Inovasi Pelayanan Publik 2018", [("kipp", 2018, "Top 99")]),
    ("Top 99 KIPP 2018, Top 45 KIPP 2019", [("kipp", 2018, "Top 99"), ("kipp", 2019, "Top 45")]),
    ("Top 99 KIPP 2018 dan Top 45 KIPP 2019", [("kipp", 2018, "Top 99"), ("kipp", 2019, "Top 45")]),
    ("Top 99 KIPP 2018; Top 99 KIPP 2018", [("kipp", 2018, "Top 99")]),
    ("Finalis KIPP Sulsel 2021", [("kipp-sulsel", 2021, "Finalis")]),
    ("Finalis KIPP Provinsi Sulawesi Selatan 2021", [("kipp-sulsel", 2021, "Finalis")]),
    ("Top 30 KOVABLIK 2023", [("kovablik-jatim", 2023, "Top 30")]),
    ("Top 30 KOVABLIK Jatim 2023", [("kovablik-jatim", 2023, "Top 30")]),
    ("Top Keberlanjutan PKRI 2024", [("pkri", 2024, "Top Keberlanjutan")]),
    ("Top Keberlanjutan 2024", [("pkri", 2024, "Top Keberlanjutan")]),
    ("Top 15 kelompok khusus 2020", [("kipp", 2020, "Top 15 kelompok khusus")]),
    ("Satyalancana Wirakarya 2019", [("satyalancana-wirakarya", 2019, "")]),
    ("IGA 2021: predikat sangat inovatif", [("iga", 2021, "Predikat sangat inovatif")]),
]
NOT_AWARDS = [
    "Proposal KIPP",
    "KIPP",
    "KIPP 2018",
    "Laporan IGA 2022",
    "Pilihan FRIPP 2023",
    "Replikasi TOSS",
    "Wakil Indonesia menuju UNPSA 2026",
    "Top 99 2018",
    "Top Keberlanjutan 2023",
    "Top Keberlanjutan",
    "Finalis KIPP Kabupaten Gowa 2021",
    "Finalis KIPP Jawa Barat 2021",
    "Finalis KIPP tingkat kabupaten 2021",
    "Top 99 KIPP 2018/2019",
    "Top 30 KOVABLIK Jawa Barat 2023",
]


@pytest.mark.parametrize(("text", "expected"), RECOGNISED)
def test_awards__recognised(awards, text, expected):
    result = awards.recognise(text)
    assert [(award.programme.code, award.year, award.rank) for award in result.awards] == expected
    assert result.unrecognised == ()


@pytest.mark.parametrize("text", NOT_AWARDS)
def test_awards__not_certain_are_kept_as_text(awards, text):
    result = awards.recognise(text)
    assert result.awards == ()
    assert result.unrecognised == (text,)


def test_awards__good_piece_beside_a_note(awards):
    result = awards.recognise(" Top 45 KIPP ;; pilihan  FRIPP 2023; ")
    assert len(result.awards) == 1
    assert result.unrecognised == ("pilihan FRIPP 2023",)


@pytest.mark.parametrize("text", ["", "  ", ";;;", "\n"])
def test_awards__nothing_said_is_nothing(awards, text):
    assert awards.recognise(text) == type(awards.recognise(text))()


PIECES = st.sampled_from(
    ["Top 99", "KIPP", "2018", "UNPSA", ";", ",", "dan", "Sulsel", "(", ")", "-", "Provinsi", "Finalis"]
)


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=12).map(" ".join)))
def test_awards__no_text_raises_and_ranks_fit(awards, text):
    result = awards.recognise(text)
    for award in result.awards:
        assert len(award.rank) <= 120
        assert award.year is None or str(award.year) in text
    assert bool(result.awards or result.unrecognised) == bool(
        text.replace(";", "").replace("|", "").replace("•", "").strip()
    )


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 20])
def test_recogniser__is_built_with_two_queries(django_assert_num_queries, size):
    for number in range(size):
        AwardProgrammeFactory(abbreviation=f"LOMBA{number}")
    with django_assert_num_queries(2):
        AwardRecogniser.from_database().recognise("Top 9 LOMBA0 2020")
