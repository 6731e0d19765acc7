"""What a search box names beside titles: topics, institutions and places that lead to innovations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from directory.finder import address, facets
from directory.models import DirectoryIndexPage, DirectorySectionPage, InnovationPage
from directory.search_document import TYPE
from institutions.models import Institution
from search import engines, names, textindex
from search.analysis import fold, stem, tokenize
from search.models import SynonymGroup
from search.names import Named
from search.sources import path_of
from taxonomy.models import Region

Kind = SynonymGroup.Kind
# Groups that name things in the words of a reader's own language; the others mend spelling and slang.
OF_TOPICS = {"id": (Kind.SYNONYM, Kind.NARROWER, Kind.RELATED), "en": (Kind.GLOSSARY,)}


def register() -> None:
    """Called once, from the app's `ready`."""
    names.register("topic", _("Topik"), topics)
    names.register("place", _("Wilayah"), places)
    names.register("institution", _("Instansi"), institutions)


def topics() -> Iterator[Named]:
    """Reform themes and sectors with innovations, and the words of synonym groups that innovations hold."""
    directories = _directories()
    if not directories:
        return
    known: set[str] = set()
    for facet, counts in _counted("theme", "sector").items():
        table = facets.labels()[facet]
        for code in table.keys() & counts:
            indonesian, english = table[code]
            known |= {fold(indonesian), fold(english)}
            labels = {"id": indonesian, "en": english}
            yield Named(labels, _with(directories, {facet: code}), found=counts[code])
    for language, word in _words_held():
        if fold(word) not in known:
            known.add(fold(word))
            yield Named({language: capfirst(word)}, _with(directories, {"q": word}))


def places() -> Iterator[Named]:
    """Provinces, regencies and cities with innovations: the directory with that one chosen."""
    directories = _directories()
    if not directories:
        return
    for facet, counts in _counted("province", "region").items():
        for region in Region.objects.filter(code__in=counts):
            labels = {"id": region.name_id, "en": region.name_in("en")}
            others = (region.short_name, *region.abbreviations)
            yield Named(labels, _with(directories, {facet: region.code}), others, counts[region.code])


def institutions() -> Iterator[Named]:
    """Institutions whose section of the directory holds innovations, under all their names."""
    held = Counter(path[: -InnovationPage.steplen] for path in _public_paths())
    sections = DirectorySectionPage.objects.live().public().order_by("pk").select_related("locale")
    addresses: dict[int | None, dict[str, str]] = defaultdict(dict)
    found: Counter[int | None] = Counter()
    for section in sections:
        if section.path in held:
            addresses[section.institution_id][section.locale.language_code] = path_of(section)
            found[section.institution_id] += held[section.path]
    for owner in Institution.objects.filter(pk__in=sections.values("institution")).prefetch_related("names"):
        if owner.pk in addresses:
            labels = {"id": owner.name, "en": owner.name_en or owner.name}
            others = (owner.abbreviation, *(other.name for other in owner.names.all()))
            yield Named(labels, addresses[owner.pk], others, found[owner.pk])


def _directories() -> dict[str, str]:
    """The directory's address in each language it exists in, the source's first."""
    pages = DirectoryIndexPage.objects.live().public().select_related("locale").order_by("pk")
    return {page.locale.language_code: path_of(page) for page in pages}


def _with(directories: Mapping[str, str], chosen: Mapping[str, str]) -> dict[str, str]:
    return {language: f"{path}?{urlencode(chosen)}" for language, path in directories.items()}


def _counted(*names: str) -> dict[str, dict[str, int]]:
    """By facet the values that find something in the directory as it opens, and how much.

    Asked of the database: the names are read anew when a stored document changes, and an index that hears
    of the change a moment later would leave them with what was before.
    """
    results = engines.engine("database").search(address.Request().query(facets=names, page_size=1))
    return {
        name: {count.value: count.count for count in counts if count.count}
        for name, counts in results.facets.items()
    }


def _public_paths() -> Iterable[str]:
    return InnovationPage.objects.live().public().values_list("path", flat=True)


def _words_held() -> list[tuple[str, str]]:
    """Language and word, for the words of synonym groups under which innovations are found.

    An English word is found under what it stands for.
    """
    candidates = list(_candidates())
    held = textindex.held((stems for *_rest, stems in candidates), TYPE)
    return list(dict.fromkeys((language, word) for language, word, stems in candidates if stems in held))


def _candidates() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Language, word, and the stems of what it stands for."""
    groups = SynonymGroup.objects.filter(is_active=True)
    for language, kinds in OF_TOPICS.items():
        for terms, members in groups.filter(kind__in=kinds).values_list("terms", "members"):
            for word in _phrases(terms):
                for meant in _phrases(members) if language == "en" else [word]:
                    if stems := _stems(meant):
                        yield language, word, stems


def _phrases(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _stems(phrase: str) -> tuple[str, ...]:
    return tuple(stem(word) for token in tokenize(phrase) for word in token.words)
