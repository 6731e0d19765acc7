from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class EnquiryKind(models.TextChoices):
    QUESTION = "question", _("Pertanyaan")
    ERROR = "error", _("Laporan kesalahan")


class EnquiryStatus(models.TextChoices):
    NEW = "new", _("Baru")
    ANSWERED = "answered", _("Sudah dijawab")
    CLOSED = "closed", _("Ditutup")


class Enquiry(models.Model):
    """A reader's question about a page, or a mistake found on it. Kept, then mailed to an office."""

    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("halaman"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The page may be deleted; what a reader wrote about it is not.
    page_title = models.CharField(_("judul halaman"), max_length=255, blank=True)
    kind = models.CharField(_("jenis"), max_length=8, choices=EnquiryKind)
    section = models.CharField(_("bagian"), max_length=120, blank=True)
    name = models.CharField(_("nama"), max_length=120, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    message = models.TextField(_("pesan"), max_length=4000)
    status = models.CharField(_("status"), max_length=8, choices=EnquiryStatus, default=EnquiryStatus.NEW)
    # To which post and mailbox it went; empty where nobody's mailbox is known.
    addressee = models.CharField(_("ditujukan kepada"), max_length=450, blank=True)
    recipient = models.EmailField(_("dikirim ke"), blank=True)
    mailed_at = models.DateTimeField(_("dikirim pada"), null=True, blank=True, editable=False)
    # Tells senders apart for a day without keeping their addresses.
    sender = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    created = models.DateTimeField(_("diterima"), default=timezone.now, db_index=True)

    class Meta:
        ordering = ["-created", "-pk"]
        verbose_name = _("pertanyaan atau laporan")
        verbose_name_plural = _("pertanyaan dan laporan")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.created:%Y-%m-%d}"
