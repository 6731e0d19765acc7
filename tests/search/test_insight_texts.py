"""Which texts are kept: topics are, what may name a person is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.insight.texts import keepable
from search.models.insight import LONGEST_TEXT

TOPICS = {
    "stunting": "stunting",
    "  Sampah   RUMAH tangga ": "sampah rumah tangga",
    "“Café” layanan?": "cafe layanan",
    "ＳＴＵＮＴＩＮＧ": "stunting",
    "top 99 2015": "top 99 2015",
    "PermenPANRB 91/2021": "permenpanrb 91/2021",
    "RPJMN 2020-2024": "rpjmn 2020-2024",
    "covid-19": "covid-19",
    "SDGs 3": "sdgs 3",
    "24 jam": "24 jam",
    "e-KTP & KK": "e-ktp & kk",
    "layanan 112": "layanan 112",
    "satu data": "satu data",
    "tiga empat lima": "tiga empat lima",
    "di 2021 ini": "di 2021 ini",
    "jalan tol": "jalan tol",
    "jalan tol 2024": "jalan tol 2024",
    "bpjs 2024": "bpjs 2024",
    "wa 24 jam": "wa 24 jam",
    "lupa kata sandi": "lupa kata sandi",
    "hut ri agustus 2024": "hut ri agustus 2024",
    "rt rw": "rt rw",
    "3 desa 20 kk": "3 desa 20 kk",
    "dua puluh empat jam": "dua puluh empat jam",
    "at risk children": "at risk children",
    "Hari ke-1000": "hari ke-1000",
    "inovasi; DROP TABLE": "inovasi; drop table",
    "=1+1 kopi": "=1+1 kopi",
}
PERSONAL = [
    # mail
    "budi@contoh.go.id", "budi @ gmail", "BUDI＠GMAIL.COM", "budi at gmail dot com",
    "budi(at)kantor", "budi [ at ] kantor", "budi gmail", "@budi_s",
    "mailto:budi", "budi at contoh titik id", "budi protonmail com", "ig budi_santoso",
    # addresses of pages
    "https://contoh.go.id/x?nama=budi", "www.contoh", "contoh.go.id", "bit.ly/3xY",
    "HTTP://10.0.0.1/", "10.0.0.1/x",
    "http contoh go id", "fe80::1",
    # telephone numbers, however divided
    "081234567890", "0812-3456-7890", "+62 812 3456 7890", "(021) 345 6789", "0812.3456.7890",
    "0812\u200b3456\u200b7890", "0812 2019 2020", "hp 0812x3456x7890",
    "nol delapan satu dua tiga empat lima enam", "٠٨١٢٣٤٥٦٧٨٩٠", "０８１２３４５６７８９０",
    "kosong lapan satu dua tiga empat lima", "zero eight one two three four", "wa 62 81 2 1",
    "nol delapan dua belas tiga puluh empat", "telp 345678", "①②③④⑤⑥",
    # identity numbers
    "3578010101900001", "NIK 3578 0101 0190 0001", "nip 19800101 200501 1 001",
    "12.345.678.9-012.000", "123456", "paspor a1234567", "no kk 35-78-01-01",
    "nik 3 5 7 8 0", "rek bca 12345", "bpjs 00012", "sandi rahasia1", "pin 1234",
    # dates of birth, houses, cars
    "17-08-1945", "budi 17 08 1990", "jl mawar rt 3 rw 2", "RT.03/RW.05", "L 1234 AB", "b1234xyz",
    "rt 03 rw 05 no 12", "jl mawar 5", "jalan melati nomor 12", "lahir 1 januari 1990", "5 mei 90",
    "budi 3 des 1990",
    # names with degrees
    "dr.budi santoso", "budi s.pd", "dr. budi santoso", "budi s. pd", "budi, s.e., m.m.",
    # keys and tokens
    "x" * 33, "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
    # too long, or nothing
    "kata " * 20, "", "   ", "?!", "12345", "\x00\x00", "🌱",
]  # fmt: skip


@pytest.mark.parametrize(("text", "kept"), TOPICS.items())
def test_keepable__topics_are_folded_and_kept(text: str, kept: str) -> None:
    assert keepable(text) == kept


@pytest.mark.parametrize("text", PERSONAL)
def test_keepable__what_may_name_a_person_is_not(text: str) -> None:
    assert keepable(text) == ""
    # Words around it change nothing.
    if any(map(str.isalnum, text)) and text != "12345":
        assert keepable(f"bantuan {text} segera") == ""


@given(st.text(max_size=200))
def test_keepable__any_text_gives_a_short_printable_one_that_stays_the_same(text: str) -> None:
    kept = keepable(text)
    assert len(kept) <= LONGEST_TEXT
    assert kept.isprintable()
    assert keepable(kept) == kept


@given(
    st.lists(st.from_regex(r"[0-9]{1,4}", fullmatch=True), min_size=4, max_size=8), st.sampled_from(" -./_,:")
)
def test_keepable__no_long_number_in_parts(parts: list[str], between: str) -> None:
    if sum(map(len, parts)) >= 6:
        assert keepable("hubungi " + between.join(parts)) == ""
