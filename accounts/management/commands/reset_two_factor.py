"""Takes a person's second step off: the telephone is lost, and so are the recovery codes."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from accounts.models import User
from accounts.two_factor import codes, log


class Command(BaseCommand):
    help = "Takes the second step off an account. Make sure first, by another way, who asks for it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("account", help="user name or mail address")

    def handle(self, *args: Any, account: str, **options: Any) -> None:
        person = (
            User.objects.filter(username=account).first()
            or User.objects.filter(email__iexact=account).first()
        )
        if person is None:
            raise CommandError(f"No account is called {account!r}.")
        if not codes.is_on(person):
            raise CommandError(f"{account} has no second step.")
        codes.turn_off(person)
        codes.end_sessions(person)
        log.reset(person)
        self.stdout.write(
            f"{account} signs in with the password alone; who needs a second step sets it up again."
        )
