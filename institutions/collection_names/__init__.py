"""A collection by its name, for who has files of many institutions: typed and looked up, not one list of 650.

Wagtail draws every collection a person may use into each form of images and documents, twice into a chooser.
With more than `MANY` there is a text field instead, whose names the browser fetches once it is entered.
"""

from typing import Any

from django.forms import TextInput
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

# Somebody works for two or three institutions, or oversees them all.
MANY = 5


def name_input(**attributes: Any) -> TextInput:
    """The text field; `static/js/admin-names.js` gives it its names."""
    address = reverse_lazy("collection_names")
    return TextInput(attrs={"data-names-from": address, "autocomplete": "off", **attributes})


def script() -> SafeString:
    """For the hook `insert_global_admin_js`: a chooser's form comes into any page."""
    return format_html('<script src="{}" defer></script>', static("js/admin-names.js"))
