"""What an answer means for who asked."""

from collections.abc import Mapping

from django.contrib.messages import ERROR, get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

REFUSED = {403, 404, 405}


class BrokenError(Exception):
    """The portal failed where it should have answered or refused."""


def opens(client: Client, method: str, path: str, data: Mapping[str, str]) -> bool:
    """Whether the person got in: neither refused nor sent away to sign in. What was done is undone.

    Raises `BrokenError` for an answer of 500 and the like.
    """
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.post(path, dict(data)) if method == "POST" else client.get(path)
        answer = _judged(response, method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer


def _judged(response: HttpResponse, method: str, path: str) -> bool:
    if response.status_code >= 500:
        raise BrokenError(f"{method} {path}: {response.status_code}")
    if response.status_code in REFUSED:
        return False
    if response.status_code in (301, 302):
        address = response.headers["Location"]
        if address.startswith(reverse("wagtailadmin_login")):
            return False
        if address == reverse("wagtailadmin_home"):
            return not any(message.level == ERROR for message in get_messages(response.wsgi_request))
    return True
