"""Registers with Wagtail's admin what all apps share; the logic is in the modules named here."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from cms import admin_css, failed_mail, overtaken
from cms.audit.unnoted import note_bulk_action

hooks.register("insert_global_admin_css", admin_css.stylesheet)
hooks.register("insert_editor_js", overtaken.script)
hooks.register("after_bulk_action", note_bulk_action)
hooks.register("register_log_actions", failed_mail.register)


@hooks.register("register_admin_urls")
def mail_urls() -> list[URLPattern]:
    return [path("surel-gagal/", failed_mail.page, name="failed_mail")]


@hooks.register("register_reports_menu_item")
def mail_menu_item() -> MenuItem:
    return failed_mail.FailedMailMenuItem(
        _("Surel gagal"), reverse("failed_mail"), name="failed-mail", icon_name="mail", order=910
    )
