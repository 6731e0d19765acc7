from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.embeds.blocks import EmbedBlock

from cms.blocks.media import CaptionedImageBlock, DocumentLinkBlock, GalleryBlock
from cms.blocks.wording import TranslatableTableBlock

TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Judul bagian"), max_length=120)
    level = blocks.ChoiceBlock(
        label=_("Tingkat"), choices=[("h2", _("Bagian")), ("h3", _("Anak bagian"))], default="h2"
    )

    class Meta:
        icon = "title"
        label = _("Judul bagian")
        template = "blocks/heading.html"

    def get_searchable_content(self, value: blocks.StructValue) -> list[str]:
        """The words alone; the level's name is no part of the text."""
        return [value["text"]]


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Kutipan"), max_length=600)
    source = blocks.CharBlock(label=_("Siapa, jabatan"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Kutipan")
        template = "blocks/quote.html"


class CallOutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Judul"), required=False, max_length=120)
    text = blocks.RichTextBlock(label=_("Isi"), features=TEXT_FEATURES)

    class Meta:
        icon = "help"
        label = _("Catatan penting")
        template = "blocks/callout.html"


class TableBlock(TranslatableTableBlock):
    class Meta:
        icon = "table"
        label = _("Tabel")
        template = "blocks/table.html"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            [
                ("text", blocks.CharBlock(label=_("Teks"), required=False)),
                ("number", blocks.FloatBlock(label=_("Angka"), required=False)),
                (
                    "rich_text",
                    blocks.RichTextBlock(label=_("Teks berformat"), required=False, features=TEXT_FEATURES),
                ),
            ],
            **kwargs,
        )


# In the order of the editor's menu.
BODY_BLOCKS: list[tuple[str, blocks.Block]] = [
    (
        "paragraph",
        blocks.RichTextBlock(label=_("Paragraf"), features=TEXT_FEATURES, template="blocks/paragraph.html"),
    ),
    ("heading", HeadingBlock()),
    ("image", CaptionedImageBlock()),
    ("gallery", GalleryBlock()),
    ("quote", QuoteBlock()),
    ("embed", EmbedBlock(label=_("Video"), template="blocks/embed.html")),
    (
        "documents",
        blocks.ListBlock(
            DocumentLinkBlock(),
            label=_("Dokumen"),
            icon="doc-full",
            template="blocks/documents.html",
            min_num=1,
        ),
    ),
    ("table", TableBlock()),
    ("call_out", CallOutBlock()),
]
