"""Other innovations like this one, each with the reason in words: same problem, sector, kind of region."""

from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory import cards
from directory.choices import OperationalStatus
from directory.finder import facets
from directory.models import InnovationPage
from directory.search_document import SOURCE
from search import engines
from search.types import Similar, Word

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


def _written(word: Word) -> str:
    """Words of titles in plain letters; acronyms keep theirs."""
    text = word.text if word.text.isupper() else word.text.lower()
    if word.language == get_language():
        return text
    return format_html('<span lang="{}">{}</span>', word.language, text)


def _reasons(one: Similar) -> list[str]:
    words = format_html_join(", ", "{}", ((_written(word),) for word in one.words))
    reasons: list[str] = [format_html(_("Sama-sama tentang: {words}"), words=words)] if words else []
    for name, sentence in (
        ("sector", _("sektor sama: %(value)s")),
        ("population", _("jumlah penduduk wilayah setara: %(value)s")),
        ("institution_kind", _("jenis instansi sama: %(value)s")),
    ):
        label_of = facets.labeller(facets.BY_NAME[name])
        if labels := [label for value in one.facets.get(name, ()) if (label := label_of(value))]:
            reasons.append(sentence % {"value": ", ".join(labels)})
    return reasons
