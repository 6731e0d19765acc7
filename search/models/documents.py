from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchDocument(models.Model):
    """A stored `search.types.Document`. Its analysed text is in the table of `search.textindex`.

    `fingerprint` is a hash of everything stored, so that storing the same again changes nothing.
    """

    key = models.CharField(_("kunci"), max_length=120, unique=True)
    type = models.CharField(_("jenis"), max_length=40, db_index=True)
    object_id = models.PositiveBigIntegerField()
    visible = models.BooleanField(default=True)
    texts = models.JSONField(default=dict)
    data = models.JSONField(default=dict)
    facets = models.JSONField(default=dict)
    sort_title = models.CharField(max_length=200, blank=True)
    date = models.CharField(_("tanggal"), max_length=10, blank=True)
    evidence = models.PositiveSmallIntegerField(default=0)
    replications = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("dokumen pencarian")
        verbose_name_plural = _("dokumen pencarian")
        indexes = [
            models.Index(fields=["visible", "-date", "sort_title", "id"], name="search_newest"),
            models.Index(fields=["visible", "sort_title", "id"], name="search_title"),
        ]

    def __str__(self) -> str:
        return self.key


class FacetValue(models.Model):
    """One value of one facet, numbered."""

    facet = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["facet", "value"], name="search_facet_value_once")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class DocumentFacets(models.Model):
    """The numbers of a visible document's facet values, packed: four bytes each, lowest first.

    Counting reads these narrow rows only (`search.engines.database.columns`).
    """

    document = models.OneToOneField(
        SearchDocument, on_delete=models.CASCADE, primary_key=True, related_name="packed_facets"
    )
    values = models.BinaryField()

    def __str__(self) -> str:
        return str(self.document_id)
