"""Form widgets of the admin."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe


# The name is Django's on purpose: Wagtail styles a field by the name of its widget's class.
class CheckboxSelectMultiple(forms.CheckboxSelectMultiple):
    """Django's check boxes in half the HTML: a profile has a hundred of them."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        context = self.get_context(name, value, attrs)["widget"]
        options = [option for _group, members, _index in context["optgroups"] for option in members]
        boxes = format_html_join(
            "",
            '<div><label><input type="checkbox" name="{1}" value="{2}" id="{0}"{3}> {4}</label></div>',
            (
                (
                    option["attrs"]["id"],
                    name,
                    option["value"],
                    mark_safe(" checked") if option["selected"] else "",
                    option["label"],
                )
                for option in options
            ),
        )
        return format_html('<div id="{}">{}</div>', context["attrs"]["id"], boxes)
