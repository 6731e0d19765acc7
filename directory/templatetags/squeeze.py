"""`{% filter squeeze %}` around a long form."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from directory.editing import markup

register = template.Library()


@register.filter
def squeeze(html: str) -> SafeString:
    """Rendered HTML without its indentation; see `directory.editing.markup`."""
    return mark_safe(markup.squeeze(html))  # noqa: S308 - what comes in is a template's own output
