"""A PO file that comes back from outside: taken in as far as it fits, and told what did not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

import polib
from django.contrib import messages
from django.core.files import File
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from cms.refusals import RefusedError
from institutions.translating import storing

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# Bytes. The largest profile makes some 200 KB.
LARGEST = 5 * 1024 * 1024
OWN = "X-WagtailLocalize-TranslationID"
MADE = "POT-Creation-Date"
# What made a text that came in a file.
TOOL = "PO"
# How an entry begins: the parser of polib reads a file's name as well as a file's text.
BEGINNING = re.compile(r"^(#|msgid|msgctxt)", re.MULTILINE)


@dataclass(slots=True)
class Taken:
    """What became of a file's entries: `taken` are stored; `left` says in words, with the number of the
    entry, what was not, and why; `missing` texts have no translation in it."""

    taken: int = 0
    left: list[str] = field(default_factory=list)
    missing: int = 0

    def in_words(self) -> Iterator[tuple[int, str]]:
        """Messages to who sent the file, each with its level."""
        if self.taken:
            yield (
                messages.SUCCESS,
                ngettext(
                    "%(n)d terjemahan diambil dari berkas.",
                    "%(n)d terjemahan diambil dari berkas.",
                    self.taken,
                )
                % {"n": self.taken},
            )
        else:
            yield messages.INFO, _("Tidak ada terjemahan baru yang diambil dari berkas.")
        if self.left:
            yield messages.WARNING, storing.not_taken(self.left)
        if self.missing:
            yield (
                messages.INFO,
                ngettext(
                    "%(n)d teks tidak ada terjemahannya di berkas; yang sudah ada di sini tetap.",
                    "%(n)d teks tidak ada terjemahannya di berkas; yang sudah ada di sini tetap.",
                    self.missing,
                )
                % {"n": self.missing},
            )


def read(file: File | None) -> polib.POFile:
    """The entries of an uploaded file. Raises `RefusedError` where there is none, or no PO file in UTF-8."""
    if file is None:
        raise RefusedError(_("Pilih berkas PO dulu."))
    data = file.read(LARGEST + 1)
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


def take(translation: Translation, po: polib.POFile, user: "User | AnonymousUser") -> Taken:
    """Store the file's translations. Raises `RefusedError` where the file is of another translation; entries
    that do not fit are left out, never half taken, and so are those that say nothing new."""
    _ask_whose(translation, po)
    segments = StringSegment.objects.filter(source=translation.source).select_related("string", "context")
    known = {(one.context.path, one.string.data): one for one in segments}
    here, made = _here(translation), _made_at(po)
    result, told = Taken(), set()
    for number, entry in enumerate((entry for entry in po if not entry.obsolete), start=1):
        if not entry.msgstr.strip() and not any(entry.msgstr_plural.values()):
            continue
        segment = known.get((entry.msgctxt or "", entry.msgid))
        stored = here.get((segment.string_id, segment.context_id)) if segment else None
        try:
            if segment is None:
                raise RefusedError(_("teks asli ini tidak (lagi) ada di halaman"))
            if entry.msgid_plural:
                raise RefusedError(_("bentuk jamak (msgid_plural) tidak dikenal di sini"))
            if segment.pk in told:
                raise RefusedError(_("sudah ada lebih dulu di berkas ini"))
            told.add(segment.pk)
            if not _is_as_stored(entry, stored):
                _ask_whether_wanted(entry, stored, made, user)
                storing.store(translation, segment, entry.msgstr, user, tool=TOOL)
                result.taken += 1
        except RefusedError as refused:
            why = " ".join(refused.messages)
            result.left.append(
                _("entri %(number)d (“%(text)s”): %(why)s")
                % {"number": number, "text": entry.msgid[:60], "why": why}
            )
    result.missing = len([one for one in known.values() if one.pk not in told and one.context.path != "slug"])
    return result


def _ask_whose(translation: Translation, po: polib.POFile) -> None:
    own = po.metadata.get(OWN, "")
    if own != str(translation.uuid):
        raise RefusedError(
            _("Berkas ini dibuat untuk terjemahan lain. Unduh berkas terjemahan ini, lalu pindahkan isinya.")
            if own
            else _("Berkas ini tidak menyebut terjemahannya (%(name)s). Unduh lagi dari halaman ini.")
            % {"name": OWN}
        )


def _here(translation: Translation) -> dict[tuple[int, int], StringTranslation]:
    """What the portal has, by text and place."""
    stored = StringTranslation.objects.filter(
        locale=translation.target_locale, context__object_id=translation.source.object_id
    )
    return {(one.translation_of_id, one.context_id): one for one in stored}


def _made_at(po: polib.POFile) -> datetime | None:
    """When the file was exported; None where it does not say so, or not in a way that can be read."""
    try:
        made = parse_datetime(po.metadata.get(MADE, "").strip())
    except ValueError:
        return None
    return made if made is not None and made.tzinfo is not None else None


def _is_as_stored(entry: polib.POEntry, stored: StringTranslation | None) -> bool:
    return stored is not None and not stored.has_error and stored.data == entry.msgstr


def _ask_whether_wanted(
    entry: polib.POEntry, stored: StringTranslation | None, made: datetime | None, user: object
) -> None:
    """Raises `RefusedError` for what is not meant to be taken, or would undo newer work."""
    if "fuzzy" in entry.flags:
        raise RefusedError(_("ditandai belum pasti (fuzzy)"))
    if stored is None or made is None or stored.updated_at <= made:
        return
    # Whoever corrects his file and sends it once more changes what he has brought himself.
    if stored.tool_name != TOOL or stored.last_translated_by_id != getattr(user, "pk", None):
        raise RefusedError(_("lebih baru di portal; tidak ditimpa"))
