"""DeepL is asked in parts it takes: by a server of our own in its place."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import pytest
from requests.exceptions import ConnectionError as UnreachableError
from wagtail.models import Locale
from wagtail_localize.strings import StringValue

from cms.settings.languages import _MACHINES
from cms.translation.deepl import InPartsDeepLTranslator
from tests.fake_servers import Answers, Asked, nobody, serving

INDONESIAN, ENGLISH = Locale(language_code="id"), Locale(language_code="en")


@dataclass
class DeepL(Answers):
    """Shouts every text; refuses what the real one refuses."""

    type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answers:
        texts = parse_qs(asked.body).get("text", [])
        if len(texts) > 50 or len(asked.body.encode()) > 128 * 1024:
            return Answers(413, json.dumps({"message": "Request Entity Too Large"}), self.type, {})
        said = {"translations": [{"text": text.upper()} for text in texts]}
        return Answers(200, json.dumps(said), self.type, {})


def machine(url: str) -> InPartsDeepLTranslator:
    class Ours(InPartsDeepLTranslator):
        def get_api_endpoint(self) -> str:
            return url

    return Ours({"AUTH_KEY": "kunci", "TIMEOUT": 5})


def texts(number: int, length: int = 1) -> list[StringValue]:
    return [StringValue(f"teks {one} " + "é" * length) for one in range(number)]


@pytest.mark.parametrize(
    ("asked", "requests"), [(0, 0), (1, 1), (50, 1), (51, 2), (230, 5)], ids=lambda number: str(number)
)
def test_deepl__fifty_texts_at_a_time(asked: int, requests: int) -> None:
    strings = texts(asked)
    with serving(DeepL()) as server:
        found = machine(server.url).translate(INDONESIAN, ENGLISH, strings)
    assert found == {string: StringValue(string.data.upper()) for string in strings}
    assert len(server.asked) == requests


def test_deepl__long_texts_in_more_parts() -> None:
    strings = texts(40, length=5_000)
    with serving(DeepL()) as server:
        found = machine(server.url).translate(INDONESIAN, ENGLISH, dict.fromkeys(strings).keys())
    assert list(found) == strings
    assert len(server.asked) > 1


def test_deepl__a_part_that_fails_fails_all() -> None:
    with serving(Answers(456, '{"message": "Quota exceeded"}', "application/json", {})) as server:
        with pytest.raises(KeyError):
            machine(server.url).translate(INDONESIAN, ENGLISH, texts(60))
        assert len(server.asked) == 1
    with nobody() as url, pytest.raises(UnreachableError):
        machine(url).translate(INDONESIAN, ENGLISH, texts(1))


def test_deepl__is_what_the_settings_name() -> None:
    named: dict[str, Any] = _MACHINES["deepl"] or {}
    assert named["CLASS"] == f"{InPartsDeepLTranslator.__module__}.{InPartsDeepLTranslator.__qualname__}"
