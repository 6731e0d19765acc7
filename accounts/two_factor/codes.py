"""Setting up the second step, and judging codes.

Codes are those of RFC 6238 (30 seconds, six digits), computed by `pyotp`.
"""

import secrets
import unicodedata
from datetime import datetime, timedelta
from enum import Enum

import pyotp
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import SecondStep, User

ISSUER = "JIPPNas"
RECOVERY_CODES = 10
# Without what is easily mistaken for something else: I, L, O, U, 0, 1.
LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
GROUP = 5
# A code of the step before and of the step after is good too: clocks of telephones go wrong.
WINDOW = 1


class Answer(Enum):
    RIGHT = "right"
    WRONG = "wrong"
    # Too many wrong ones: none is looked at for a while.
    WAIT = "wait"


def new_secret() -> str:
    """Base32, 160 bits."""
    return pyotp.random_base32()


def address(user: User, secret: str) -> str:
    """What the QR code says: the `otpauth` address that authenticator apps read."""
    return pyotp.TOTP(secret).provisioning_uri(name=user.email or user.get_username(), issuer_name=ISSUER)


def fits(secret: str, code: str) -> bool:
    """Whether an app that holds the secret shows this code now. Uses nothing up."""
    return pyotp.TOTP(secret).verify(_plain(code), valid_window=WINDOW)


def set_up(user: User, secret: str, code: str) -> list[str] | None:
    """Turn the second step on, or move it to another app. `code` shows that the app holds the secret.

    Returns the recovery codes, which are kept nowhere in readable form; None where the code is wrong. The
    person's sessions end, and so do those of somebody else who knows the password.
    """
    if not fits(secret, code):
        return None
    said = _plain(code)
    with transaction.atomic():
        end_sessions(user)
        SecondStep.objects.update_or_create(
            user=user, defaults={"secret": secret, "used": [said], "wrong": 0, "wrong_since": None}
        )
        return renew_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """Ten new ones; those before are worth nothing any more."""
    codes = [_recovery_code() for _ in range(RECOVERY_CODES)]
    SecondStep.objects.filter(user=user).update(recovery=[_digest(user, code) for code in codes])
    return codes


@transaction.atomic
def check(user: User, code: str) -> Answer:
    """Judge a code of the app or a recovery code. Either is good once."""
    step = SecondStep.objects.select_for_update().filter(user=user).first()
    if step is None:
        # Taken off at this moment, in another window or by an operator.
        return Answer.WRONG
    now = timezone.now()
    if step.wrong_since and now - step.wrong_since > _pause():
        step.wrong, step.wrong_since = 0, None
    if step.wrong >= settings.AXES_FAILURE_LIMIT:
        return Answer.WAIT
    if _takes(step, user, _plain(code)):
        step.wrong, step.wrong_since = 0, None
        answer = Answer.RIGHT
    else:
        step.wrong, step.wrong_since = step.wrong + 1, step.wrong_since or now
        answer = Answer.WRONG
    step.save(update_fields=["used", "recovery", "wrong", "wrong_since"])
    return answer


def waits_until(user: User) -> datetime | None:
    """When codes are looked at again; None where they are now."""
    step = SecondStep.objects.filter(user=user).first()
    if step is None or step.wrong_since is None or step.wrong < settings.AXES_FAILURE_LIMIT:
        return None
    until = step.wrong_since + _pause()
    return until if until > timezone.now() else None


def is_on(user: User) -> bool:
    return SecondStep.objects.filter(user=user).exists()


def end_sessions(user: User) -> None:
    """Sign a person out wherever he is signed in."""
    User.objects.filter(pk=user.pk).update(session_generation=F("session_generation") + 1)
    user.refresh_from_db(fields=["session_generation"])


def turn_off(user: User) -> None:
    SecondStep.objects.filter(user=user).delete()


def _takes(step: SecondStep, user: User, code: str) -> bool:
    """Whether the code is right; what is used up is noted in `step`."""
    if code not in step.used and fits(step.secret, code):
        # Until the first of them lapses, so many others can be used, in whatever order.
        step.used = [*step.used, code][-(4 * WINDOW + 1) :]
        return True
    for known in step.recovery:
        if constant_time_compare(known, _digest(user, code)):
            step.recovery = [other for other in step.recovery if other != known]
            return True
    return False


def _pause() -> timedelta:
    return settings.AXES_COOLOFF_TIME


def _recovery_code() -> str:
    """Two groups of letters, some 49 bits: too many to guess, few enough to write down."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(2))


def _digest(user: User, code: str) -> str:
    return salted_hmac("accounts.recovery-code", f"{user.pk}:{_plain(code)}", algorithm="sha256").hexdigest()


def _plain(code: str) -> str:
    """As it is compared: without spaces and hyphens, in capitals, each digit in one spelling (`pyotp` takes a
    fullwidth ７ for 7: a used code written so would be an unused one to us)."""
    return "".join(unicodedata.normalize("NFKC", code).split()).replace("-", "").upper()
