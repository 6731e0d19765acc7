"""DeepL, for pages with more texts than it takes at once."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote_plus

from wagtail.models import Locale
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.strings import StringValue

# DeepL takes 50 texts a request, and 128 KiB of it; the rest of a form needs little.
TEXTS = 50
BYTES = 120 * 1024


class InPartsDeepLTranslator(DeepLTranslator):
    """wagtail-localize's, which sends all texts of a page in one request."""

    def translate(
        self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]
    ) -> dict[StringValue, StringValue]:
        """All of them, one part after the other. Raises what `requests` does, and `KeyError` where DeepL
        refuses a part."""
        found: dict[StringValue, StringValue] = {}
        for part in _parts(strings):
            found.update(super().translate(source_locale, target_locale, part))
        return found


def _parts(strings: Iterable[StringValue]) -> Iterator[list[StringValue]]:
    part: list[StringValue] = []
    size = 0
    for string in strings:
        more = len(quote_plus(f"&text={string.data}"))
        if part and (len(part) == TEXTS or size + more > BYTES):
            yield part
            part, size = [], 0
        part.append(string)
        size += more
    if part:
        yield part
