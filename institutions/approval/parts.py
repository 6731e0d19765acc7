"""The parts of a page about which a reviewer can say something apart, in the order readers meet them."""

from collections.abc import Mapping
from typing import Any

_parts: dict[type, Mapping[str, Any]] = {}


def register(page_type: type, parts: Mapping[str, Any]) -> None:
    """`parts`: name → label. Higher apps call it in `AppConfig.ready`."""
    _parts[page_type] = parts


def parts_of(page_type: type | None) -> Mapping[str, Any]:
    """Of pages of this type; none, where nobody has named any."""
    return _parts.get(page_type, {}) if page_type else {}


def label_of(name: str) -> Any:
    """What a part is called, of whatever page it is; its name where nobody knows it."""
    return next((parts[name] for parts in _parts.values() if name in parts), name)
