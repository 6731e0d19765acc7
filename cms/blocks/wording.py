"""Which of a block's texts are language, told to wagtail-localize; what is not follows the source."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Any

from bs4 import BeautifulSoup
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter

Segments = list[Any]
# Kinds of text in a table.
CELLS = (blocks.CharBlock, blocks.RichTextBlock)


class FixedTextBlock(blocks.CharBlock):
    """A text that is no language: a licence, the name of a competition."""

    def get_translatable_segments(self, value: str) -> Segments:
        return []

    def restore_translated_segments(self, value: str, segments: Segments) -> str:
        return value


class FigureBlock(blocks.CharBlock):
    """A figure as people write it: “62”, “2019–2022”; language only where there are letters (“3 hari”)."""

    def get_translatable_segments(self, value: str) -> Segments:
        return [StringSegmentValue("", value)] if has_words(value) else []

    def restore_translated_segments(self, value: str, segments: Segments) -> str:
        return segments[0].render_text() if segments else value


class TranslatableTableBlock(TypedTableBlock):
    """A table whose caption, headings and texts are translated; its numbers are not.

    wagtail-localize knows no tables. A text has its path by what it says, not by its place: when a row is put
    in, the others keep their translations.
    """

    def get_translatable_segments(self, value: TypedTable | None) -> Segments:
        found: dict[str, Segments] = {}
        extractor = StreamFieldSegmentExtractor(None)
        for block, text in self._texts(value) if value else ():
            found.setdefault(_path(block, text), extractor.handle_block(block, text))
        return [segment.wrap(path) for path, segments in found.items() for segment in segments]

    def restore_translated_segments(self, value: TypedTable, segments: Segments) -> TypedTable:
        by_path: dict[str, Segments] = defaultdict(list)
        for segment in segments:
            path, inner = segment.unwrap()
            by_path[path].append(inner)
        writer = StreamFieldSegmentsWriter(None, None, None)

        def told(block: blocks.Block, text: Any) -> Any:
            own = by_path.get(_path(block, text)) if _is_language(block, text) else None
            # A copy: the same text may stand in several cells.
            return writer.handle_block(block, text, list(own)) if own else text

        heading = blocks.CharBlock()
        columns = [{**column, "heading": told(heading, column["heading"])} for column in value.columns]
        rows = [
            {
                **row,
                "values": [
                    told(column["block"], cell)
                    for column, cell in zip(value.columns, row["values"], strict=True)
                ],
            }
            for row in value.row_data
        ]
        return TypedTable(columns, rows, told(heading, value.caption))

    @staticmethod
    def _texts(value: TypedTable) -> Iterator[tuple[blocks.Block, Any]]:
        plain = blocks.CharBlock()
        texts = [(plain, value.caption), *((plain, column["heading"]) for column in value.columns)]
        for row in value.row_data:
            pairs: Sequence[tuple[dict[str, Any], Any]] = list(zip(value.columns, row["values"], strict=True))
            texts += [(column["block"], cell) for column, cell in pairs]
        return (pair for pair in texts if _is_language(*pair))


def has_words(text: str | None) -> bool:
    """Whether there is any letter in it."""
    return any(map(str.isalpha, text or ""))


def _is_language(block: blocks.Block, value: Any) -> bool:
    if isinstance(block, blocks.RichTextBlock):
        # Not the letters of its tags.
        return has_words(BeautifulSoup(_source(value), "html.parser").get_text())
    return isinstance(block, blocks.CharBlock) and has_words(_source(value))


def _path(block: blocks.Block, value: Any) -> str:
    kind = "rich" if isinstance(block, blocks.RichTextBlock) else "text"
    return f"{kind}-{sha256(_source(value).encode()).hexdigest()[:16]}"


def _source(value: Any) -> str:
    return str(getattr(value, "source", value) or "")
