from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class CaptionedImageBlock(blocks.StructBlock):
    """An image with its caption and, where the image's own does not fit here, an alternative text."""

    image = ImageChooserBlock(label=_("Gambar"))
    alt_text = blocks.CharBlock(
        label=_("Teks alternatif di halaman ini"),
        required=False,
        max_length=250,
        help_text=_("Kosongkan untuk memakai teks alternatif milik gambar."),
    )
    caption = blocks.CharBlock(label=_("Keterangan"), required=False, max_length=250)

    class Meta:
        icon = "image"
        label = _("Gambar")
        template = "blocks/image.html"


class GalleryBlock(blocks.ListBlock):
    class Meta:
        icon = "image"
        label = _("Galeri")
        template = "blocks/gallery.html"
        min_num = 2
        max_num = 24

    def __init__(self, **kwargs: object) -> None:
        super().__init__(CaptionedImageBlock(), **kwargs)


class DocumentLinkBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Dokumen"))
    title = blocks.CharBlock(
        label=_("Judul"),
        required=False,
        max_length=200,
        help_text=_("Kosongkan untuk memakai judul dokumen."),
    )

    class Meta:
        icon = "doc-full"
        label = _("Dokumen")
        template = "blocks/document.html"
