from django.db import models

from search.models.documents import SearchDocument


class DocumentTitles(models.Model):
    """The words of a visible document's titles (`search.analysis.line`), one title a line.

    Completing a title reads these narrow rows only (`search.engines.database.completion`).
    """

    document = models.OneToOneField(
        SearchDocument, on_delete=models.CASCADE, primary_key=True, related_name="title_words"
    )
    type = models.CharField(max_length=40)
    words = models.TextField()

    def __str__(self) -> str:
        return str(self.document_id)
