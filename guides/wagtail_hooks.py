from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from guides.reviews import OverdueGuidesPanel


@hooks.register("construct_homepage_panels")
def add_overdue_guides(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(OverdueGuidesPanel(request.user))
