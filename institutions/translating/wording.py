"""What a translated text may hold: the words and inline tags of its original, nothing that a browser runs,
and no more than the page can keep."""

from unicodedata import category
from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, Translation
from wagtail_localize.strings import StringValue, validate_translation_links

# A translation may be so many times as long as its original, and so many letters more.
MOST_TIMES, MOST_MORE = 10, 500
SCHEMES = ("http", "https", "mailto", "tel")
LONGEST_ADDRESS = 2000
# Of the control characters those that people type.
SPACING = "\n\r\t"


def why_not(translation: Translation, segment: StringSegment, translated: str) -> str:
    """What speaks against a text as the translation of a segment, in words; "" where nothing does."""
    if not translated.strip():
        return _("kosong")
    # Before anything reads it: to parse tags within tags takes the longer the more there are.
    if len(translated) > MOST_TIMES * len(segment.string.data) + MOST_MORE:
        return _("jauh lebih panjang dari aslinya")
    if _holds_hidden(translated):
        return _("komentar dan pernyataan HTML tidak diizinkan")
    try:
        plain = StringValue.from_translated_html(translated).render_text()
        validate_translation_links(segment.string.data, translated)
    except (ValueError, RecursionError):
        return _("tag di dalamnya rusak, tidak diizinkan, atau tautannya lain dari aslinya")
    # Also those that only an entity (“&#1;”) makes.
    if any(category(sign) in ("Cc", "Cs") and sign not in SPACING for sign in translated + plain):
        return _("memuat karakter kendali yang tidak terlihat, ketik ulang teksnya")
    # The title stands in the admin's lists as it was stored, tags and entities too.
    length = len(translated if segment.context.path == "title" else plain)
    if (most := _most(translation, segment)) is not None and length > most:
        return _("panjangnya %(length)d huruf, paling banyak %(most)d") % {"length": length, "most": most}
    return ""


def why_no_address(text: str) -> str:
    """What speaks against a text as the address that a link of the source has here; "" where nothing does."""
    try:
        scheme = urlsplit(text).scheme
    except ValueError:
        scheme = "?"
    is_within = not scheme and text.startswith(("/", "#"))
    # Browsers leave signs out that stand in the middle of a scheme.
    is_plain = text.isprintable() and " " not in text and len(text) <= LONGEST_ADDRESS
    if is_plain and (is_within or scheme in SCHEMES):
        return ""
    return _("Alamat tautan ini tidak dapat dipakai. Mulai dengan https://, mailto:, tel:, / atau #.")


def _holds_hidden(text: str) -> bool:
    """Whether there are comments, declarations or the like in it.

    wagtail-localize lets them through, and browsers end a comment elsewhere than its parser does.
    """
    soup = BeautifulSoup(text, "html.parser")
    return soup.find(string=lambda part: isinstance(part, PreformattedString)) is not None


def _most(translation: Translation, segment: StringSegment) -> int | None:
    """How many letters the field takes that a text stands in. Blocks and rich text are kept at any length."""
    model = ContentType.objects.get_for_id(translation.source.specific_content_type_id).model_class()
    try:
        field = model._meta.get_field(segment.context.path) if model else None
    except FieldDoesNotExist:
        # The path of a block: its field, and where in it.
        return None
    most: int | None = getattr(field, "max_length", None)
    return most
