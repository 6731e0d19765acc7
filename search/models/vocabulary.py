import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    return secrets.token_hex(8)


class Word(models.Model):
    """A word that occurs in visible documents, and in how many: for rarity and for typing errors."""

    text = models.CharField(max_length=64)
    stem = models.CharField(max_length=64)
    documents = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "stem"], name="search_word_once")]

    def __str__(self) -> str:
        return self.text


class SearchState(models.Model):
    """One row whose tokens change with the vocabulary and the synonyms, so that copies in memory know."""

    vocabulary = models.CharField(max_length=16, default=new_token)
    synonyms = models.CharField(max_length=16, default=new_token)

    def __str__(self) -> str:
        return f"{self.vocabulary}/{self.synonyms}"

    @classmethod
    def touch(cls, part: str) -> None:
        """Give `part` ("vocabulary" or "synonyms") a new token."""
        if not cls.objects.filter(pk=1).update(**{part: new_token()}):
            cls.objects.get_or_create(pk=1)


class SynonymGroup(models.Model):
    """Words that mean the same, or nearly, to a reader who searches. Read at query time only.

    What stands in `terms` finds documents with `members`; for the kinds in `MUTUAL` also the other way round.
    """

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("Sinonim")
        ACRONYM = "acronym", _("Singkatan")
        SPELLING = "spelling", _("Ejaan")
        PLACE = "place", _("Nama wilayah")
        COLLOQUIAL = "colloquial", _("Kata sehari-hari")
        GLOSSARY = "glossary", _("Inggris ke Indonesia")
        NARROWER = "narrower", _("Istilah lebih khusus")
        RELATED = "related", _("Istilah terkait")

    MUTUAL = frozenset({Kind.SYNONYM, Kind.ACRONYM, Kind.SPELLING, Kind.PLACE})

    kind = models.CharField(_("jenis"), max_length=12, choices=Kind, default=Kind.SYNONYM)
    terms = models.CharField(
        _("kata"),
        max_length=255,
        help_text=_("Kata yang diketik pencari; beberapa kata dipisah dengan garis tegak: KTP | e-KTP"),
    )
    members = models.TextField(
        _("padanan"),
        max_length=2000,
        help_text=_("Yang ikut dicari, dipisah dengan garis tegak: kartu tanda penduduk | KTP elektronik"),
    )
    note = models.CharField(_("catatan"), max_length=255, blank=True)
    is_active = models.BooleanField(_("dipakai"), default=True)
    # Rows a person has changed are left alone when the supplied tables are loaded again.
    is_edited = models.BooleanField(default=True, editable=False)

    class Meta:
        ordering = ["terms", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "terms"], name="search_synonym_once")]
        verbose_name = _("kelompok sinonim")
        verbose_name_plural = _("kelompok sinonim")

    def __str__(self) -> str:
        return self.terms

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        SearchState.touch("synonyms")

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        SearchState.touch("synonyms")
        return deleted
