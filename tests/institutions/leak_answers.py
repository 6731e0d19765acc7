"""What an answer says, in every place where it can say something."""

import gzip
import io
import zipfile
from typing import Any
from urllib.parse import unquote

from django.http import HttpResponseBase
from django.test import Client

from tests.institutions.leak_records import Leaks
from tests.institutions.leak_walk import FILES, SEARCHES, addresses, narrowed
from tests.institutions.leak_words import WORD

Told = dict[str, set[str]]


def walk(client: Client, leaks: Leaks, begins: str = "/", search: bool = True) -> Told:
    """Address → words of A that stood in its answer. Listings are also searched, if so wished."""
    told: Told = {}

    def ask(address: str) -> tuple[int, str]:
        response = client.get(address)
        said = text_of(response)
        # What was asked for may be repeated.
        if words := words_in(said, leaks) - words_in(unquote(address), leaks):
            told[address] = words
        return response.status_code, said

    for address in addresses(leaks):
        if not address.startswith(begins):
            continue
        status, said = ask(address)
        if search and status == 200 and "?" not in address and not any(sign.isdigit() for sign in address):
            for query in (*SEARCHES, *narrowed(leaks), *(FILES if "export=" in said else ())):
                ask(f"{address}?{query}")
    return told


def post_everywhere(client: Client, leaks: Leaks, data: dict[str, Any]) -> Told:
    """The same, for what is answered when `data` is sent to each address, which fits few of its forms."""
    told: Told = {}
    # Some of Wagtail's views fail where fields are missing.
    client.raise_request_exception = False
    for address in list(addresses(leaks)):
        if address.startswith(("/admin/password_reset/", "/admin/login/", "/admin/account/")):
            continue
        if words := words_in(text_of(client.post(address, data)), leaks) - words_in(address, leaks):
            told[address] = words
    return told


def words_in(said: str, leaks: Leaks) -> set[str]:
    return set(WORD.findall(said.casefold())) & leaks.words


def text_of(response: HttpResponseBase) -> str:
    """Headers, messages for the next page, the body; of a workbook, all its parts."""
    body = _unpacked(b"".join(response.streaming_content) if response.streaming else response.content)
    headers = unquote(" ".join(f"{name}: {value}" for name, value in response.headers.items()))
    # What is told on the next page stands in a cookie, packed.
    kept: Any = getattr(getattr(response, "wsgi_request", None), "_messages", None)
    messages = " ".join(str(message) for message in getattr(kept, "_queued_messages", ()))
    return f"{headers} {messages} {body.decode(errors='replace')}"


def _unpacked(body: bytes) -> bytes:
    if body[:2] == b"\x1f\x8b":
        body = gzip.decompress(body)
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as workbook:
            parts = [(name.encode(), workbook.read(name)) for name in workbook.namelist()]
        body = b"\n".join(part for pair in parts for part in pair)
    return body
