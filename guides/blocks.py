from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import blocks

from cms.blocks import DocumentLinkBlock
from cms.blocks.body import TEXT_FEATURES


class StepBlock(blocks.StructBlock):
    """One step of a guide: what to do, who does it, how long it takes, what comes out of it."""

    title = blocks.CharBlock(label=_("Judul langkah"), max_length=120)
    instructions = blocks.RichTextBlock(label=_("Yang dilakukan"), features=TEXT_FEATURES)
    responsible = blocks.CharBlock(label=_("Penanggung jawab"), max_length=160, required=False)
    duration = blocks.CharBlock(
        label=_("Lama"), max_length=80, required=False, help_text=_("Contoh: 2 minggu")
    )
    outputs = blocks.ListBlock(
        blocks.CharBlock(label=_("Hasil"), max_length=200), label=_("Hasil"), required=False, default=[]
    )
    documents = blocks.ListBlock(
        DocumentLinkBlock(), label=pgettext_lazy("several", "Dokumen"), required=False, default=[]
    )
    checklist = blocks.ListBlock(
        blocks.CharBlock(label=_("Butir"), max_length=200),
        label=_("Daftar periksa"),
        required=False,
        default=[],
    )

    class Meta:
        icon = "list-ol"
        label = pgettext_lazy("one", "Langkah")
        template = "guides/step.html"
