"""Numbers as officials write them, read for the bars beside an indicator."""

import re
from decimal import Decimal, InvalidOperation

_NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*", re.ASCII)
LONGEST = 40


def parse_number(text: object, language: str = "id") -> Decimal | None:
    """The number in "41,5 %", "1.250 kasus", "Rp2.500.000"; None where there is none, or more than one.

    Indonesian writing: a point groups thousands, a comma stands before the fraction; a lone point not
    followed by exactly three digits is taken for a decimal one. In an English text commas may group as well;
    what a translator left as it was is read as before.
    """
    source = str(text or "")
    found = _NUMBER.findall(source) if len(source) <= LONGEST else []
    if len(found) != 1:
        return None
    digits = found[0].rstrip(".,")
    if language == "en" and re.fullmatch(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?", digits):
        digits = digits.replace(",", "")
    elif re.fullmatch(r"[+-]?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", digits):
        digits = digits.replace(".", "")
    try:
        return Decimal(digits.replace(",", "."))
    except InvalidOperation:
        return None


def bars(baseline: object, result: object, language: str = "id") -> tuple[int, int] | None:
    """Two widths in per cent of the longer bar; None unless both are numbers, neither below zero.

    "1 hari" and "2 jam" have no common measure: None as well.
    """
    before, after = parse_number(baseline, language), parse_number(result, language)
    if _unit(baseline) and _unit(result) and _unit(baseline) != _unit(result):
        return None
    if before is None or after is None or min(before, after) < 0 or not max(before, after):
        return None
    longest = max(before, after)
    return round(100 * before / longest), round(100 * after / longest)


def _unit(text: object) -> str:
    return _NUMBER.sub("", str(text or "")).strip(" .").casefold()
