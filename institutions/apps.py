from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InstitutionsConfig(AppConfig):
    name = "institutions"
    verbose_name = _("Instansi")

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from accounts.two_factor.session import require_for
        from cms import reminders, waiting
        from institutions import checks, memberships  # noqa: F401 (checks register themselves)
        from institutions.approval import dialogues, leaving, mails, overdue
        from institutions.collection_names import choosers
        from institutions.lifecycle.rights import RIGHT
        from institutions.models import Institution
        from institutions.page_policy import SectionedPagePolicy
        from institutions.roles import Role, add_portal_right
        from institutions.scoping import people, tags
        from institutions.translating import following
        from taxonomy.permissions import RetireOnlyPolicy, tables

        mails.connect()
        following.connect()
        leaving.connect()
        dialogues.install()
        require_for(memberships.reaches_everywhere)
        people.narrow()
        tags.narrow()
        choosers.install()
        waiting.register("admin/localize/translate/<int:translation_id>/machine_translate/")
        reminders.register("overdue approvals", overdue.remind)
        register_permission_policy(Page, SectionedPagePolicy(Page))
        register_permission_policy(Institution, RetireOnlyPolicy(Institution))
        for table in (Institution._meta, *(model._meta for model in tables())):
            for action in ("add", "change", "view"):
                right = f"{table.app_label}.{action}_{table.model_name}"
                add_portal_right(Role.PROGRAMME_OWNER, right)
        add_portal_right(Role.PROGRAMME_OWNER, RIGHT)
        add_portal_right(
            Role.PROGRAMME_OWNER,
            *(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")),
        )
