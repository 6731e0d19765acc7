"""Registers accounts with Wagtail's admin; the logic is in the modules named here."""

from wagtail import hooks

from accounts import audit

hooks.register("register_log_actions", audit.register)
