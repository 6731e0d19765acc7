"""What a translated text may hold: the words and inline tags of its original, nothing that a browser runs."""

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.strings import StringValue, validate_translation_links

HIDDEN = gettext_lazy("komentar dan pernyataan HTML tidak diizinkan")


def holds_hidden(text: str) -> bool:
    """Whether there are comments, declarations or the like in it.

    wagtail-localize lets them through, and browsers end a comment elsewhere than its parser does.
    """
    soup = BeautifulSoup(text, "html.parser")
    return soup.find(string=lambda part: isinstance(part, PreformattedString)) is not None


def why_not(original: str, translated: str) -> str:
    """What speaks against a translation, in words; "" where nothing does."""
    if holds_hidden(translated):
        return str(HIDDEN)
    try:
        StringValue.from_translated_html(translated)
        validate_translation_links(original, translated)
    except (ValueError, RecursionError):
        return _("tag di dalamnya rusak, tidak diizinkan, atau tautannya lain dari aslinya")
    return ""
