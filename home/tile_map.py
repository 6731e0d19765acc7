"""The 38 provinces as tiles: a map that gives a small province as much room as a large one.

Thirteen columns from west to east, nine rows from north to south. Each tile stands where its province
lies among its neighbours; straits stay open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COLUMNS, ROWS = 13, 9
SHADES = 4

# Kemendagri code → column, row, label on a wide screen, label on a phone.
PLACES: Mapping[str, tuple[int, int, str, str]] = {
    "11": (1, 1, "Aceh", "AC"),
    "12": (2, 2, "Sumut", "SU"),
    "13": (2, 3, "Sumbar", "SB"),
    "14": (3, 3, "Riau", "RI"),
    "15": (3, 4, "Jambi", "JA"),
    "16": (4, 5, "Sumsel", "SS"),
    "17": (3, 5, "Bengk", "BE"),
    "18": (4, 6, "Lamp", "LA"),
    "19": (5, 4, "Babel", "BB"),
    "21": (4, 2, "Kepri", "KR"),
    "31": (5, 7, "Jakarta", "JK"),
    "32": (5, 8, "Jabar", "JB"),
    "33": (6, 8, "Jateng", "JT"),
    "34": (6, 9, "DIY", "YO"),
    "35": (7, 8, "Jatim", "JI"),
    "36": (4, 8, "Banten", "BT"),
    "51": (8, 9, "Bali", "BA"),
    "52": (9, 9, "NTB", "NB"),
    "53": (10, 9, "NTT", "NT"),
    "61": (6, 2, "Kalbar", "KB"),
    "62": (6, 3, "Kalteng", "KT"),
    "63": (7, 3, "Kalsel", "KS"),
    "64": (7, 2, "Kaltim", "KI"),
    "65": (7, 1, "Kaltara", "KU"),
    "71": (10, 1, "Sulut", "SA"),
    "72": (9, 3, "Sulteng", "ST"),
    "73": (8, 5, "Sulsel", "SN"),
    "74": (9, 4, "Sultra", "SG"),
    "75": (9, 2, "Gtlo", "GO"),
    "76": (8, 4, "Sulbar", "SR"),
    "81": (10, 5, "Maluku", "MA"),
    "82": (11, 2, "Malut", "MU"),
    "91": (13, 4, "Papua", "PA"),
    "92": (12, 4, "Pabar", "PB"),
    "93": (13, 6, "Papsel", "PS"),
    "94": (12, 5, "Papteng", "PT"),
    "95": (13, 5, "Papeg", "PE"),
    "96": (12, 3, "PBD", "PD"),
}


@dataclass(frozen=True, slots=True)
class Tile:
    """One province. `shade` is 0 for none, else 1 to 4."""

    code: str
    name: str
    count: int
    shade: int
    column: int
    row: int
    label: str
    short: str


@dataclass(frozen=True, slots=True)
class Shade:
    """One entry of the legend: the counts from `least` to `most`."""

    shade: int
    least: int
    most: int


def shades(counts: Sequence[int]) -> tuple[Shade, ...]:
    """Up to four ranges that hold about as many provinces each; provinces without any stay out."""
    values = sorted(count for count in counts if count)
    found: list[Shade] = []
    least = 1
    for shade in range(1, SHADES + 1):
        if not values or least > values[-1]:
            break
        most = max(values[(len(values) * shade - 1) // SHADES], least) if shade < SHADES else values[-1]
        found.append(Shade(shade, least, most))
        least = most + 1
    return tuple(found)


def tiles(counts: Mapping[str, int], names: Mapping[str, str]) -> tuple[Tile, ...]:
    """All provinces from west to east and north to south, each with its count and shade.

    `names` gives the full names by code; a province without one goes by its label.
    """
    legend = shades(list(counts.values()))

    def shade_of(count: int) -> int:
        return next((each.shade for each in legend if each.least <= count <= each.most), 0)

    found = []
    for code, place in PLACES.items():
        count = counts.get(code, 0)
        found.append(Tile(code, names.get(code) or place[2], count, shade_of(count), *place))
    return tuple(sorted(found, key=lambda tile: (tile.row, tile.column)))
