"""Other innovations like this one, each with the reason in words: same problem, sector, kind of region."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import cards
from directory.choices import OperationalStatus
from directory.finder import facets
from directory.models import InnovationPage
from directory.search_document import SOURCE
from search import engines
from search.types import Similar

SHOWN = 3
# What makes a solution fit: what it is about, and a region like one's own.
SHARED = ("sector", "population", "institution_kind")


@dataclass(frozen=True, slots=True)
class SimilarInnovation:
    card: cards.Card
    reasons: list[str]


def similar_innovations(page: InnovationPage) -> list[SimilarInnovation]:
    """At most `SHOWN` that have not been stopped; none where nothing is really alike."""
    found = engines.similar(
        SOURCE.key_of(page.translation_key),
        get_language() or "id",
        SHARED,
        {"status": (OperationalStatus.STOPPED.value,)},
        SHOWN,
    )
    return [SimilarInnovation(cards.card(one.data), _reasons(one)) for one in found]


def _reasons(one: Similar) -> list[str]:
    # Words of titles in plain letters; acronyms keep theirs.
    words = [word if word.isupper() else word.lower() for word in one.words]
    reasons = [_("Sama-sama tentang: %(words)s") % {"words": ", ".join(words)}] if words else []
    for name, sentence in (
        ("sector", _("sektor sama: %(value)s")),
        ("population", _("jumlah penduduk wilayah setara: %(value)s")),
        ("institution_kind", _("jenis instansi sama: %(value)s")),
    ):
        label_of = facets.labeller(facets.BY_NAME[name])
        if labels := [label for value in one.facets.get(name, ()) if (label := label_of(value))]:
            reasons.append(sentence % {"value": ", ".join(labels)})
    return reasons
