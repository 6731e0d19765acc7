"""What somebody is told who has tried too many passwords, and what is kept of it."""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User

# Who signed in, from where, is kept so long.
KEPT_DAYS = 90


def locked_out(request: HttpRequest, response: HttpResponse | None = None, *args: Any) -> HttpResponse:
    """For `AXES_LOCKOUT_CALLABLE`. Says nothing about whether the name or the password was right."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    answer = render(
        request, "accounts/locked_out.html", {"minutes": minutes}, status=settings.AXES_HTTP_RESPONSE_CODE
    )
    answer["Retry-After"] = str(minutes * 60)
    return answer


def clear(sender: object, user: User, **kwargs: Any) -> None:
    """On the signal `user_logged_in`: what was counted for this name, from whatever address."""
    AccessAttempt.objects.filter(username=user.get_username()).delete()


def drop_old() -> None:
    AxesProxyHandler.reset_logs(age_days=KEPT_DAYS)
