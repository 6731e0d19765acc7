"""A PO file that comes back from outside: taken in as far as it fits, and told what did not."""

import re
from dataclasses import dataclass, field

import polib
from django.utils.translation import gettext as _
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.refusals import RefusedError
from institutions.translating.wording import why_not

# Bytes. The largest profile makes some 200 KB.
LARGEST = 5 * 1024 * 1024
OWN = "X-WagtailLocalize-TranslationID"
# How an entry begins: the parser of polib reads a file's name as well as a file's text.
BEGINNING = re.compile(r"^(#|msgid|msgctxt)", re.MULTILINE)


@dataclass(slots=True)
class Taken:
    """What became of a file's entries: `taken` are stored; `left` says in words, with the number of the
    entry, what was not, and why; `missing` texts have no translation in it."""

    taken: int = 0
    left: list[str] = field(default_factory=list)
    missing: int = 0


def read(data: bytes) -> polib.POFile:
    """The file's entries. Raises `RefusedError` for what is no PO file in UTF-8."""
    if len(data) > LARGEST:
        raise RefusedError(
            _("Berkas lebih besar dari %(size)d MB; ekspor lagi dari sini.") % {"size": LARGEST // 2**20}
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            _("Berkas bukan UTF-8 (bita ke-%(place)d). Simpan sebagai UTF-8, lalu unggah lagi.")
            % {"place": error.start + 1}
        ) from error
    if "\0" in text or not BEGINNING.search(text) or "\n" not in text:
        raise RefusedError(
            _("Berkas ini bukan berkas PO. Unduh berkasnya dari halaman ini, isi, lalu unggah.")
        )
    try:
        return polib.pofile(text)
    except (OSError, UnicodeDecodeError, IndexError) as error:
        # polib tells of what it cannot read as of a file that cannot be opened.
        where = re.search(r"line (\d+)", str(error))
        raise RefusedError(
            _("Berkas PO rusak di baris %(line)s. Perbaiki di sana, lalu unggah lagi.")
            % {"line": where[1] if where else "?"}
        ) from error


def take(translation: Translation, po: polib.POFile, user: object) -> Taken:
    """Store the file's translations. Raises `RefusedError` where the file is of another translation; entries
    that do not fit are left out, never half taken."""
    own = po.metadata.get(OWN, "")
    if own != str(translation.uuid):
        raise RefusedError(
            _("Berkas ini dibuat untuk terjemahan lain. Unduh berkas terjemahan ini, lalu pindahkan isinya.")
            if own
            else _("Berkas ini tidak menyebut terjemahannya (%(name)s). Unduh lagi dari halaman ini.")
            % {"name": OWN}
        )
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    known = {(one.context.path, one.string.data): one for one in segments}
    result, told = Taken(), set()
    for number, entry in enumerate((entry for entry in po if not entry.obsolete), start=1):
        segment = known.get((entry.msgctxt or "", entry.msgid))
        if not entry.msgstr.strip():
            continue
        why = _("teks asli ini tidak (lagi) ada di halaman") if segment is None else _wrong(entry)
        if segment is None or why:
            result.left.append(
                _("entri %(number)d (“%(text)s”): %(why)s")
                % {"number": number, "text": entry.msgid[:60], "why": why}
            )
            continue
        _store(translation, segment, entry.msgstr, user)
        told.add(segment.pk)
        result.taken += 1
    result.missing = len([one for one in known.values() if one.pk not in told and one.context.path != "slug"])
    return result


def _wrong(entry: polib.POEntry) -> str:
    """What speaks against a translation, "" where nothing does."""
    if "fuzzy" in entry.flags:
        return _("ditandai belum pasti (fuzzy)")
    return why_not(entry.msgid, entry.msgstr)


def _store(translation: Translation, segment: StringSegment, text: str, user: object) -> None:
    StringTranslation.objects.update_or_create(
        translation_of=segment.string,
        context=segment.context,
        locale=translation.target_locale,
        defaults={
            "data": text.replace("\0", ""),
            "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
            "tool_name": "PO",
            "last_translated_by": user,
            "has_error": False,
            "field_error": "",
        },
    )
