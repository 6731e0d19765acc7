"""What an institution leaves behind beside its pages: imports, enquiries, uploads, somebody at work."""

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import UploadedFile

from contact.models import Enquiry
from directory.models import ImportBatch, ImportRow
from tests.institutions.leak_words import text, word

if TYPE_CHECKING:
    from tests.institutions.leak_records import Party


def leave_traces(party: "Party") -> None:
    draft, author = party.pages["berita"], party.people["kontributor"]
    batch = ImportBatch.objects.create(
        source="kipp", file_name=f"{word('berkasimpor')}.xlsx", file=f"imports/{word('jalurimpor')}.xlsx",
        heading=[[word("kolomimpor"), [word("nilaiimpor")]]], user=author, state="planned",
    )  # fmt: skip
    ImportRow.objects.create(
        batch=batch, number=2, action="create", key=word("kunciimpor"), title=text("judulimpor"),
        raw={"judul": text("mentahimpor")}, values={"title": text("nilaibaris")},
    )  # fmt: skip
    Enquiry.objects.create(
        page=draft, page_title=text("halamanpertanyaan"), kind="question", name=word("penanya"),
        email=f"{word('surelpenanya')}@contoh.go.id", message=text("pesan"),
        recipient=f"{word('penerima')}@contoh.go.id",
    )  # fmt: skip
    UploadedFile.objects.create(
        for_content_type=None, uploaded_by_user=author, file=ContentFile(b"x", f"{word('unggahan')}.png")
    )
    Redirect.objects.create(old_path=f"/{word('alamatlama')}", redirect_page=draft, is_permanent=True)
    EditingSession.objects.create(
        user=author, content_object=draft, last_seen_at=timezone.now(), is_editing=True
    )
