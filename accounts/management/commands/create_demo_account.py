from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from accounts.demo import DEMO_PASSWORD, create_demo_account


class Command(BaseCommand):
    help = "Makes the demo account (an administrator with a published password); only with DEMO=1."

    def handle(self, *args: object, **options: object) -> None:
        try:
            account = create_demo_account()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Demo account: {account.username} / {DEMO_PASSWORD}")
