"""Registers accounts with Wagtail's admin; the logic is in the modules named here."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from accounts import audit
from accounts.two_factor import log, views


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [
        path("akun/dua-langkah/", views.state, name="two_factor_state"),
        path("akun/dua-langkah/kode-cadangan/", views.renew, name="two_factor_renew"),
        path("akun/dua-langkah/matikan/", views.turn_off, name="two_factor_turn_off"),
    ]


@hooks.register("register_account_menu_item")
def account_menu_item(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("two_factor_state"),
        "label": str(_("Masuk dua langkah")),
        "help_text": str(_("Kode dari telepon sesudah kata sandi, dan kode cadangannya.")),
    }


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    audit.register(actions)
    log.register(actions)
