"""Which parts of the page tree readers may not see."""

from wagtail.models import PageViewRestriction


def restricted_paths() -> tuple[str, ...]:
    """Tree paths nothing at or below may be read or found: restricted pages and their aliases. One query.

    An alias has its original's restrictions (`Page.get_view_restrictions`), wherever it stands.
    """
    pairs = PageViewRestriction.objects.values_list("page__path", "page__aliases__path")
    return tuple({path for pair in pairs for path in pair if path})
