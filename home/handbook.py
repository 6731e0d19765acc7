"""The editors' handbook, `docs/buku-panduan.md`, as a page of the admin. Its pictures are static files."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FILE = settings.BASE_DIR / "docs" / "buku-panduan.md"
# What the handbook's pictures are called in its text; `STATICFILES_DIRS` serves the folder under this name.
PICTURES = "handbook/"


@dataclass(frozen=True, slots=True)
class Handbook:
    """`chapters`: the id and words of each heading of the second level."""

    html: SafeString
    chapters: tuple[tuple[str, str], ...]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everybody in the admin may read it; it is in Indonesian, whatever language the admin speaks."""
    book = rendered(FILE.read_text())
    trail = [{"url": "", "label": _("Buku panduan")}]
    return render(
        request,
        "home/handbook.html",
        {"header_title": _("Buku panduan"), "header_icon": "help", "breadcrumbs_items": trail, "book": book},
    )


@cache
def rendered(text: str) -> Handbook:
    """The text, which is the project's own, as HTML. Raw HTML in it is shown, not obeyed."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    chapters: list[tuple[str, str]] = []
    kept: list[Token] = []
    skipping = False
    for position, token in enumerate(tokens):
        if token.type in ("heading_open", "heading_close") and token.tag == "h1":
            # The page has it as its own heading.
            skipping = token.type == "heading_open"
            continue
        if skipping:
            continue
        if token.type == "heading_open":
            words = tokens[position + 1].content
            token.attrSet("id", slugify(words))
            if token.tag == "h2":
                chapters.append((slugify(words), words))
        for child in token.children or ():
            if child.type == "image":
                _address_picture(child)
        kept.append(token)
    html = markdown.renderer.render(kept, markdown.options, {})
    return Handbook(mark_safe(html), tuple(chapters))  # noqa: S308 (rendered from the project's own file)


def _address_picture(token: Token) -> None:
    source = str(token.attrGet("src") or "")
    if source.startswith(PICTURES):
        token.attrSet("src", static(source))
    token.attrSet("loading", "lazy")
