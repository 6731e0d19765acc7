"""The vocabulary of the index: which words occur, in how many documents."""

from collections.abc import Mapping

from django.db import connection, transaction

from search.models import SearchState, Word

CHUNK = 400


def add(changes: Mapping[str, int]) -> None:
    """Count words ("word stem") up or down. Runs in a transaction of its own, rows in a fixed order."""
    rows: list[tuple[str, str, int]] = []
    for entry, change in sorted(changes.items()):
        text, _, stem = entry.partition(" ")
        rows.append((text, stem, change))
    table = Word._meta.db_table
    with transaction.atomic():
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            marks = ", ".join(["(%s, %s, %s)"] * len(chunk))
            with connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {table} (text, stem, documents) VALUES {marks} ON CONFLICT (text, stem) "  # noqa: S608
                    f"DO UPDATE SET documents = {table}.documents + excluded.documents",
                    [value for row in chunk for value in row],
                )
        SearchState.touch("vocabulary")


def replace(counts: Mapping[str, int]) -> None:
    """Put a fresh count in the place of the old one."""
    rows = []
    for entry, number in sorted(counts.items()):
        text, stem = entry.split(" ", 1)
        rows.append(Word(text=text, stem=stem, documents=number))
    with transaction.atomic():
        Word.objects.all().delete()
        Word.objects.bulk_create(rows, batch_size=1000)
        SearchState.touch("vocabulary")
