from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class RelatedInnovationsBlock(blocks.ListBlock):
    """Innovations a text speaks of; shown as cards."""

    class Meta:
        icon = "link"
        label = _("Inovasi terkait")
        template = "blocks/related_innovations.html"
        min_num = 1
        max_num = 6

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            blocks.PageChooserBlock(page_type="directory.InnovationPage", label=_("Inovasi")), **kwargs
        )
