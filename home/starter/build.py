"""Building the starter site, part by part: each is made once, in one transaction with the note of it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from django.db import transaction

from home.models import StarterItem
from home.starter import articles, innovations, translations, tree
from home.starter.content import OtherTextError, files

# What makes a part: does it, and returns what to tell, or None if there was nothing to do.
Maker = Callable[[], str | None]
Teller = Callable[[str], None]


def build_site(tell: Teller = lambda message: None) -> int:
    """Makes what was never made before and returns how many parts that were; again, it changes nothing.

    What an editor changed, moved or deleted since is left alone. `tell` hears of each part. Raises
    `StarterError` if a part cannot be made; the parts before it stay, and the next run goes on from there.
    What an older portal says otherwise than what was translated stays untranslated, and `tell` hears why.
    """
    done = set(StarterItem.objects.values_list("key", flat=True))
    todo = [(key, label, make) for key, label, make in parts() if key not in done]
    if todo:
        # Without the reference tables every owner would go unrecognised: say so before anything is made.
        articles.get_institution(articles.EDITOR)
    for key, label, make in todo:
        try:
            with transaction.atomic():
                made = make()
                StarterItem.objects.create(key=key)
        except OtherTextError as error:
            if not done:
                raise
            # The pages of an older portal may be older than their translation here: its translators go on.
            StarterItem.objects.create(key=key)
            made = str(error)
        if made:
            tell(f"{label}: {made}")
    return len(todo)


def parts() -> Iterator[tuple[str, str, Maker]]:
    """All parts in the order they are built: a key that never changes, a label, and the maker."""
    host, port = tree.address()
    yield "home:id", "Beranda", tree.make_home
    yield f"site:{host}:{port}", "Situs", tree.make_site
    for slug in tree.INDEXES:
        yield f"index:{slug}", "Indeks", partial(tree.make_index, slug)
    for path in files("pages"):
        yield f"page:{path.stem}", "Halaman", partial(tree.make_page, path)
    yield f"innovations:{innovations.digest()}", "Direktori", innovations.load
    for path in files("innovations"):
        yield f"innovation:{path.stem}", "Profil diisi", partial(innovations.enrich, path)
    for path in files("news"):
        yield f"news:{path.stem}", "Berita", partial(_article, articles.make_news, path)
    for path in files("guides"):
        yield f"guide:{path.stem}", "Panduan", partial(_article, articles.make_guide, path)
    for path in files("translations"):
        yield f"translation:{path.stem}", "Bahasa Inggris", partial(translations.make, path)


def _article(make: Callable[[Path, dict[str, int]], str | None], path: Path) -> str | None:
    """Articles show innovations, so their ids are read only once those are there."""
    return make(path, innovations.page_ids())
