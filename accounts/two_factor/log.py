"""What is kept of the second step: entries in the history of the person, and a line for operators."""

import logging

from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogActionRegistry, log

from accounts.models import User
from accounts.two_factor.codes import Answer

logger = logging.getLogger(__name__)

ON, OFF, RENEWED, RESET = (f"accounts.second_step.{name}" for name in ("on", "off", "renewed", "reset"))


def register(actions: LogActionRegistry) -> None:
    actions.register_action(ON, _("Pasang masuk dua langkah"), _("Memasang masuk dua langkah"))
    actions.register_action(OFF, _("Matikan masuk dua langkah"), _("Mematikan masuk dua langkah"))
    actions.register_action(RENEWED, _("Perbarui kode cadangan"), _("Membuat kode cadangan baru"))
    actions.register_action(
        RESET, _("Lepas masuk dua langkah"), _("Masuk dua langkah dilepas oleh pengelola")
    )


def turned_on(person: User) -> None:
    log(instance=person, action=ON, user=person)


def turned_off(person: User) -> None:
    log(instance=person, action=OFF, user=person)


def codes_renewed(person: User) -> None:
    log(instance=person, action=RENEWED, user=person)


def reset(person: User) -> None:
    log(instance=person, action=RESET)


def wrong_code(person: User, answer: Answer) -> None:
    logger.warning("a wrong second code for account %s (%s)", person.pk, answer.value)
