"""Makes the editing form's HTML smaller, for people who write on slow lines; what it says stays the same."""

import json
import re
from html import unescape
from typing import Any

_KEPT = re.compile(r"(<(textarea|pre|script)\b.*?</\2>)", re.DOTALL)
_LINE_BREAK = re.compile(r"\s*\n\s*")
_BLOCK_DATA = re.compile(r'(data-w-block-(data|arguments)-value)="([^"]*)"')
# What a block's description says by default; Wagtail's scripts take absence for the same.
_DEFAULTS = ("description", "required", "isPreviewable", "classname", "attrs", "collapsed", "helpText")


def squeeze(html: str) -> str:
    """The same HTML with indentation and blank lines left out (never inside textareas, `pre` or scripts).

    The definitions of StreamField blocks are JSON in attributes: in single quotes, their double quotes need
    no escaping, which takes a third off them.
    """
    pieces = _KEPT.split(html)
    # split() yields: text, the kept element, its tag name, text, ...
    texts = [_BLOCK_DATA.sub(_compact, _LINE_BREAK.sub("\n", piece)) for piece in pieces[::3]]
    kept = [*pieces[1::3], ""]
    return "".join(text + element for text, element in zip(texts, kept, strict=True))


def _compact(match: re.Match[str]) -> str:
    name, part, value = match.groups()
    data = json.loads(unescape(value))
    # Only the definition holds templates; the arguments hold what people wrote, indents included.
    if part == "data":
        data = _lean(data)
    compact = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character, entity in (("&", "&amp;"), ("'", "&#x27;"), ("<", "&lt;"), (">", "&gt;")):
        compact = compact.replace(character, entity)
    return f"{name}='{compact}'"


def _lean(data: Any) -> Any:
    if isinstance(data, str):
        return _LINE_BREAK.sub("\n", data)
    if isinstance(data, list):
        return [_lean(value) for value in data]
    if isinstance(data, dict):
        lean = {key: _lean(value) for key, value in data.items()}
        if "blockDefId" in lean:
            lean.pop("helpIcon", None)  # no script reads it
            lean = {key: value for key, value in lean.items() if value or key not in _DEFAULTS}
        return lean
    return data
