"""From an address to a page in one query, however deep the page lies.

Wagtail asks twice a level; a profile lies four levels down, and every reader pays for it.
"""

from collections.abc import Sequence

from wagtail.models import Page


def deepest_below(home: Page, components: Sequence[str]) -> tuple[Page, list[str]] | None:
    """The deepest page below `home` whose slugs begin `components`, and the components left over.

    None when not even the first component names a page. Two queries: the candidates, the specific page.
    """
    wanted = [f"{home.url_path}{'/'.join(components[: n + 1])}/" for n in range(len(components))]
    # By slug, which has an index; `url_path` has none.
    candidates = Page.objects.filter(
        slug__in=set(components), path__startswith=home.path, url_path__in=wanted
    )
    page = candidates.order_by("-depth").first()
    if page is None:
        return None
    return page.specific, list(components[page.depth - home.depth :])
