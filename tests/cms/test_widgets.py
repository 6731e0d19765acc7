"""Our template for lists to choose from writes what Django's does."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.html import strip_spaces_between_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.collections import SelectWithDisabledOptions

GROUPED = [
    ("", "---"),
    ("Jawa <i>", [(1, "DIY <b>"), (2, "Jateng & kawan")]),
    ('"3"', gettext_lazy("Luar Jawa")),
    ("'4'", mark_safe("&nbsp;<b>Bali</b>")),
]


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
@pytest.mark.parametrize("value", [None, "", 2, '"3"', ["1", 2]])
def test_select__is_that_of_django(widget: type[forms.Select], value: object) -> None:
    drawn = widget(attrs={"class": "a", "required": True, "disabled": False}, choices=GROUPED)
    ours, theirs = drawn.render("tempat", value), drawn.render("tempat", value, renderer=DjangoTemplates())
    assert _plain(ours) == _plain(theirs)
    assert ours != theirs


def test_select__names_the_widgets_own_attributes_of_options() -> None:
    drawn = SelectWithDisabledOptions(choices=[(1, "Satu"), (2, "Dua")])
    drawn.disabled_values = (2,)
    assert '<option value="2" disabled="disabled">Dua</option>' in drawn.render("koleksi", None)


def _plain(html: str) -> str:
    return strip_spaces_between_tags(" ".join(html.split()))
