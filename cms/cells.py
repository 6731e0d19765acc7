"""Texts in cells of files for spreadsheets: made harmless on the way out, put back on the way in."""

import re

# The wide forms too: some spreadsheets read them as the narrow ones.
_SUSPECT = frozenset("'=+-@\t\r＝＋－＠")
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def neutralise(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: with an apostrophe in front, where it needs one.

    One that already has it gets a second, so that `restore` gives back what was there.
    """
    return f"'{cell}" if cell[:1] in _SUSPECT and _FORMULA.match(cell) else cell


def restore(cell: str) -> str:
    """A spreadsheet's cell without the apostrophe `neutralise` has put there."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
