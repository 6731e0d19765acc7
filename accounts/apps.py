from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Akun")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts import audit, checks, lockout, sessions  # noqa: F401 (registers the checks)
        from accounts.two_factor import session as second_step
        from cms import periodic

        user_logged_in.connect(lockout.clear, dispatch_uid="failures of this name")
        user_logged_in.connect(sessions.begin, dispatch_uid="session limits")
        user_logged_in.connect(second_step.begin, dispatch_uid="second step")
        periodic.register("old records of sign-ins", periodic.DAY, lockout.drop_old)
        audit.connect()
        periodic.register("old entries of failed sign-ins", periodic.DAY, audit.drop_old)
