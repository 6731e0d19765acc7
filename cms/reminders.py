"""Mails that remind, sent by the worker every day and by `manage.py send_reminders`. Apps add theirs."""

from collections.abc import Callable

from cms import periodic

_senders: dict[str, Callable[[], int]] = {}


def register(name: str, send: Callable[[], int]) -> None:
    """`send` returns how many mails it sent; run twice, it must remind nobody twice.

    Raises `ValueError` when the name is taken.
    """
    periodic.register(name, periodic.DAY, send)
    _senders[name] = send


def send_all() -> int:
    """Everything that is due. Returns the number of mails."""
    return sum(send() for send in _senders.values())
