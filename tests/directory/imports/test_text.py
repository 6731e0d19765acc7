import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.cells import neutralise, restore
from directory.imports.text import clean


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


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠", "'=", "''@"])
def test_neutralise__and_back(sign: str) -> None:
    cell = f"{sign}1+1"
    assert neutralise(cell) == f"'{cell}"
    assert restore(neutralise(cell)) == cell


@given(st.text(alphabet="'=+-@ ab\t\r\n", max_size=6))
def test_neutralise__loses_nothing(cell: str) -> None:
    assert restore(neutralise(cell)) == cell
    assert not neutralise(cell).startswith(tuple("=+-@\t\r"))


def test_restore__leaves_an_apostrophe_of_its_own() -> None:
    assert restore("'t Hoen") == "'t Hoen"
