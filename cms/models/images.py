import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class CustomImage(AbstractImage):
    """An image with the words a blind reader hears and the name of who made it."""

    alt_text = models.CharField(
        _("teks alternatif"),
        max_length=250,
        blank=True,
        help_text=_(
            "Apa yang terlihat, untuk pembaca yang tidak dapat melihatnya. Contoh: "
            "“Bidan dan dukun memeriksa seorang ibu hamil di polindes.” Kosongkan bila gambar hanya hiasan."
        ),
    )
    credit = models.CharField(
        _("kredit"),
        max_length=250,
        blank=True,
        help_text=_("Pembuat atau pemilik gambar. Contoh: “Humas Kabupaten Aceh Singkil”."),
    )

    admin_form_fields = (
        *(name for name in Image.admin_form_fields if name != "description"),
        "alt_text",
        "credit",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("gambar")
        verbose_name_plural = _("gambar")

    def get_upload_to(self, filename: str) -> str:
        """As Wagtail's, behind random signs: files are served to everybody who has their address, and nobody
        shall guess that of an image in a draft. Renditions are named after it."""
        return super().get_upload_to(f"{secrets.token_hex(8)}-{filename}")

    @property
    def default_alt_text(self) -> str:
        """The alternative text; never the file's title, which says nothing to a reader."""
        return self.alt_text


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)
