"""What an answer means for who asked."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.contrib.messages import ERROR, get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode

REFUSED = {403, 404, 405}
# What was sent cannot be: said before anybody is asked for a right, or after. It tells nothing of rights.
UNFIT = {400, 422}


# A file's name and what is in it.
File = tuple[str, str]


class Answer(StrEnum):
    LET_IN = "let in"
    REFUSED = "refused"
    UNFIT = "told that what was sent cannot be"


class BrokenError(Exception):
    """The portal failed where it should have answered or refused."""


def ask(client: Client, method: str, path: str, data: Mapping[str, str], files: Mapping[str, File]) -> Answer:
    """What a person was told; to be sent away to sign in is to be refused. What was done is undone.

    Raises `BrokenError` for an answer of 500 and the like.
    """
    cookies = client.cookies.copy()
    with transaction.atomic():
        answer = _judged(_sent(client, method, path, data, files), method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _sent(
    client: Client, method: str, path: str, data: Mapping[str, str], files: Mapping[str, File]
) -> HttpResponse:
    if method == "GET":
        return client.get(path)
    if method == "POST":
        uploads: dict[str, Any] = {
            field: SimpleUploadedFile(name, text.encode("latin-1")) for field, (name, text) in files.items()
        }
        return client.post(path, {**data, **uploads})
    return client.generic(method, path, urlencode(data), "application/x-www-form-urlencoded")


def _judged(response: HttpResponse, method: str, path: str) -> Answer:
    if response.status_code >= 500:
        raise BrokenError(f"{method} {path}: {response.status_code}")
    if response.status_code in UNFIT:
        return Answer.UNFIT
    if response.status_code in REFUSED:
        return Answer.REFUSED
    if response.status_code in (301, 302):
        address = response.headers["Location"]
        if address.startswith(reverse("wagtailadmin_login")):
            return Answer.REFUSED
        if address == reverse("wagtailadmin_home") and any(
            message.level == ERROR for message in get_messages(response.wsgi_request)
        ):
            return Answer.REFUSED
    return Answer.LET_IN
