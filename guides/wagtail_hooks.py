from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from guides.reviews import DueGuidesPanel


@hooks.register("construct_homepage_panels")
def add_due_guides(request: HttpRequest, panels: list[Component]) -> None:
    panels.append(DueGuidesPanel(request.user))
