"""Lists to choose from, for `templates/django/forms/widgets/select.html`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a widget's `optgroups`."""
    return format_html_join("\n", "{}", ([_group(name, options)] for name, options, _index in groups))


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    drawn = format_html_join(
        "\n",
        '<option value="{}"{}>{}</option>',
        (
            (str(option["value"]), flatatt(option["attrs"]) if option["attrs"] else "", option["label"])
            for option in options
        ),
    )
    return format_html('<optgroup label="{}">{}</optgroup>', name, drawn) if name else drawn
