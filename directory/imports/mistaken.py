"""A row whose number is that of another innovation: numbers are given by whoever compiled the file."""

from django.utils.translation import gettext as _

from directory.imports.duplicates import LIKELY, is_unlike
from directory.imports.fields import FIELDS
from directory.imports.types import Record
from directory.models import InnovationPage, SourceRecord


def is_another(record: Record, source_record: SourceRecord, content: InnovationPage) -> bool:
    """Whether the row is about another innovation than its number stands for: title and owner are both
    clearly none that this source or the page says."""
    new, applied = record.values, source_record.applied
    if not is_unlike(new.get("title", ""), [content.title, applied.get("title", "")]):
        return False
    owner = new.get("institution")
    owners = {applied.get("institution"), FIELDS["institution"].get(content)} - {None}
    if owner and owners:
        return owner not in owners
    # Names of offices are much alike: "Pemerintah Kabupaten ..."
    texts = [applied.get("institution_text", ""), content.institution_text]
    texts += [content.institution.name] if content.institution else []
    return is_unlike(new.get("institution_text", ""), texts, LIKELY)


def reason(record: Record, content: InnovationPage) -> str:
    message = _(
        "nomor “%(key)s” sudah dipakai %(code)s “%(title)s” (%(owner)s), inovasi lain dari pemilik lain; "
        "tidak ditimpa. Beri baris ini nomor yang belum dipakai. Bila memang inovasi yang sama, samakan dulu "
        "judulnya."
    )
    owner = content.institution or content.institution_text
    return message % {
        "key": record.key[:40],
        "code": content.registry_code,
        "title": content.title,
        "owner": owner,
    }
