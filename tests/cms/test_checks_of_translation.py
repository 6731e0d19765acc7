"""What is wrong with the machine that makes first drafts of translations is told at the start."""

from typing import Any

import pytest

from cms.checks import check_machine_translation

DEEPL = "wagtail_localize.machine_translators.deepl.DeepLTranslator"


@pytest.mark.parametrize(
    ("name", "machine", "found"),
    [
        ("none", None, None),
        ("deepl", {"CLASS": DEEPL, "OPTIONS": {"AUTH_KEY": "kunci"}}, None),
        ("deepl", {"CLASS": DEEPL, "OPTIONS": {"AUTH_KEY": ""}}, "cms.E005"),
        ("babelfish", None, "cms.E003"),
        ("google", {"CLASS": "tidak.ada.Mesin", "OPTIONS": {}}, "cms.E004"),
    ],
)
def test_machine_translation(settings: Any, name: str, machine: Any, found: str | None) -> None:
    settings.MACHINE_TRANSLATION, settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = name, machine
    assert [error.id for error in check_machine_translation(None)] == ([found] if found else [])
