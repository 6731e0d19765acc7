"""Registers with Wagtail's admin what all apps share; the logic is in the modules named here."""

from wagtail import hooks

from cms import admin_css, newer
from cms.audit.unnoted import note_bulk_action

hooks.register("insert_global_admin_css", admin_css.stylesheet)
hooks.register("insert_editor_js", newer.script)
hooks.register("after_bulk_action", note_bulk_action)
