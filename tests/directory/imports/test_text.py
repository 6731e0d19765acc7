import pytest

from directory.imports.text import clean, neutralise, one_line


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Bank   Sampah ", "Bank Sampah"),
        ("Bank\u200b Sam\u00adpah", "Bank Sampah"),
        ("\u202eBank\u202c Sampah\ufeff", "Bank Sampah"),
        ("\x1b[31mBank\x9b1m", "[31mBank 1m"),
        ("satu\r\n dua", "satu\ndua"),
        ("\u200b\u2060", ""),
    ],
)
def test_clean__leaves_what_a_reader_sees(cell: str, text: str) -> None:
    assert clean(cell) == text


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_neutralise__and_back(sign: str) -> None:
    cell = f"{sign}1+1"
    assert neutralise(cell).startswith("'")
    assert one_line(neutralise(cell)) == one_line(cell)
