"""What wagtail-localize's editor is told of a change that is refused.

It shows the reason of an answer of 200 only (`error`, beside what was typed). Whatever else comes it calls a
server error, and a picture that was refused it shows as if it were stored.
"""

from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse

from cms.refusals import RefusedError
from institutions.translating.finding import GoneError


def refused(error: RefusedError, method: str, told: Mapping[str, Any]) -> JsonResponse:
    """To a change that was sent by this method and not made. `told` is what wagtail-localize would have said
    of it. What is taken away (DELETE) disappears from its page with 200; told as a conflict, it stays."""
    why = " ".join(error.messages)
    if isinstance(error, GoneError):
        return JsonResponse({"error": why}, status=404)
    shown = {"data": "", "comment": "", "last_translated_by": None, **told, "error": why}
    return JsonResponse(shown, status=409 if method == "DELETE" else 200)
