from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectoryConfig(AppConfig):
    name = "directory"
    verbose_name = _("Direktori inovasi")

    def ready(self) -> None:
        from cms import reminders
        from cms.permissions import keep
        from directory import signals
        from directory.confirming.reminders import send
        from directory.editing.deletion import holds_history
        from directory.finder import suggestions
        from directory.finder.place import PLACE
        from directory.models import DirectorySectionPage, InnovationPage, ValidationTask
        from directory.rights import OF_PROGRAMME_OWNERS
        from directory.search_document import SOURCE
        from directory.validating.parts import PARTS
        from institutions.approval import parts
        from institutions.approval.workflows import add_task
        from institutions.roles import Role, SectionKind, add_portal_right
        from institutions.sections import register_section_type
        from search import insight, sources

        register_section_type(DirectorySectionPage)
        add_portal_right(Role.PROGRAMME_OWNER, *OF_PROGRAMME_OWNERS)
        signals.connect()
        reminders.register("reminders of confirmations", send)
        add_task(SectionKind.DIRECTORY, ValidationTask, "Validasi sumber")
        parts.register(InnovationPage, PARTS)
        keep(holds_history)
        sources.register(SOURCE)
        suggestions.register()
        insight.register(PLACE)
