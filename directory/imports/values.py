"""Value maps: how the sources write dates, choices, goals and ranks, in our terms.

A map takes a cell's text and gives ours, "" for an empty cell. What it does not know it says with
`NotRecognisedError`: the value is left empty and reported, the row is imported. Nothing is guessed.
"""

import datetime
import re
from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from directory.choices import Form, Initiator, Kind, Stage
from directory.imports.text import one_line
from directory.imports.types import NotRecognisedError

MONTHS = {
    **dict.fromkeys(("januari", "jan", "january"), 1),
    **dict.fromkeys(("februari", "pebruari", "feb", "peb", "february"), 2),
    **dict.fromkeys(("maret", "mar", "march"), 3),
    **dict.fromkeys(("april", "apr"), 4),
    **dict.fromkeys(("mei", "may"), 5),
    **dict.fromkeys(("juni", "jun", "june"), 6),
    **dict.fromkeys(("juli", "jul", "july"), 7),
    **dict.fromkeys(("agustus", "agu", "ags", "agt", "aug", "august"), 8),
    **dict.fromkeys(("september", "sep", "sept"), 9),
    **dict.fromkeys(("oktober", "okt", "oct", "october"), 10),
    **dict.fromkeys(("november", "nopember", "nov", "nop"), 11),
    **dict.fromkeys(("desember", "des", "dec", "december"), 12),
}
NOTHING = {"", "-", "–", "—", "n/a", "na", "nihil", "tidak ada", "belum ada", "null", "none"}
FIRST_YEAR = 1945
# Excel counts days from here; a date whose cell lost its format comes as such a number (1982 to 2064).
EXCEL_EPOCH = datetime.date(1899, 12, 30)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_NUMERIC = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_WORDS = re.compile(r"(?:(\d{1,2})\s+)?([a-z]+)\.?\s+(\d{4})")
_SERIAL = re.compile(r"[3-6]\d{4}")


def is_nothing(text: str) -> bool:
    """Whether a cell says in some way that there is nothing to say."""
    return one_line(text).casefold() in NOTHING


def date(text: str) -> str:
    """ "12 Januari 2020", "12/01/2020", "2020-01-12", "Januari 2020" or Excel's day number → "2020-01-12".

    Without a day it is the first of the month. Day before month, as here; a year alone is no date.
    """
    if is_nothing(text):
        return ""
    given = one_line(text).casefold()
    found = _date_parts(given)
    try:
        day = datetime.date(*found) if found else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= datetime.date.today().year + 5:
        raise NotRecognisedError(
            _("tanggal “%(text)s” tidak dikenali; tulis seperti 2020-01-31.") % {"text": given[:40]}
        )
    return day.isoformat()


def _date_parts(text: str) -> tuple[int, int, int] | None:
    if match := _ISO.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _NUMERIC.fullmatch(text):
        return int(match[3]), int(match[2]), int(match[1])
    if (match := _WORDS.fullmatch(text)) and match[2] in MONTHS:
        return int(match[3]), MONTHS[match[2]], int(match[1] or 1)
    if _SERIAL.fullmatch(text):
        day = EXCEL_EPOCH + datetime.timedelta(days=int(text))
        return day.year, day.month, day.day
    return None


def choice(words: Mapping[str, str]) -> Callable[[str], str]:
    """A map from the source's wording (without case, signs and doubled blanks) to a choice's value."""
    known = {_bare(word): value for word, value in words.items()}

    def convert(text: str) -> str:
        if is_nothing(text):
            return ""
        value = known.get(_bare(text))
        if value is None:
            raise NotRecognisedError(
                _("“%(text)s” tidak dikenal; dibiarkan kosong.") % {"text": one_line(text)[:80]}
            )
        return value

    return convert


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


KIND = choice(
    {
        "digital": Kind.DIGITAL,
        "inovasi digital": Kind.DIGITAL,
        "non digital": Kind.NON_DIGITAL,
        "nondigital": Kind.NON_DIGITAL,
        "inovasi non digital": Kind.NON_DIGITAL,
    }
)
FORM = choice(
    {
        "tata kelola": Form.GOVERNANCE,
        "inovasi tata kelola": Form.GOVERNANCE,
        "tata kelola pemerintahan": Form.GOVERNANCE,
        "tata kelola pemerintahan daerah": Form.GOVERNANCE,
        "inovasi tata kelola pemerintahan daerah": Form.GOVERNANCE,
        "pelayanan publik": Form.SERVICE,
        "inovasi pelayanan publik": Form.SERVICE,
        "lainnya": Form.OTHER,
        "inovasi daerah lainnya": Form.OTHER,
        "inovasi bentuk lainnya": Form.OTHER,
        "inovasi daerah lainnya sesuai dengan urusan pemerintahan yang menjadi kewenangan daerah": Form.OTHER,
    }
)
INITIATOR = choice(
    {
        "kepala daerah": Initiator.HEAD,
        "pimpinan instansi": Initiator.HEAD,
        "dprd": Initiator.COUNCIL,
        "anggota dprd": Initiator.COUNCIL,
        "opd": Initiator.AGENCY,
        "perangkat daerah": Initiator.AGENCY,
        "unit kerja": Initiator.AGENCY,
        "asn": Initiator.CIVIL_SERVANT,
        "aparatur sipil negara": Initiator.CIVIL_SERVANT,
        "masyarakat": Initiator.COMMUNITY,
        "anggota masyarakat": Initiator.COMMUNITY,
    }
)
STAGE = choice(
    {
        "inisiatif": Stage.INITIATIVE,
        "uji coba": Stage.TRIAL,
        "ujicoba": Stage.TRIAL,
        "penerapan": Stage.IMPLEMENTED,
        "diterapkan": Stage.IMPLEMENTED,
    }
)
