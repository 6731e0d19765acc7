"""The texts of a translation, typed, from a file and by a machine: what is taken, and when."""

from datetime import timedelta
from typing import Any

import polib
import pytest
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from wagtail.models import Locale, ModelLogEntry
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from accounts.models import User
from institutions.translating import drafts
from news.models import NewsPage
from tests.at_once import PATIENCE, AtOnce
from tests.factories.cms import ImageFactory
from tests.factories.translating import (
    WORDS,
    Machine,
    Office,
    asking,
    begin,
    client_of,
    data,
    edit,
    live_translation,
    po_file,
    submitted,
    told,
    translate,
    upload,
)

pytestmark = pytest.mark.django_db
REVIEWED = "sedang ditinjau; tunggu putusannya, atau minta peninjaunya mengembalikannya"


@pytest.fixture
def machine(settings: Any) -> dict[str, Any]:
    """What it is told to say."""
    options: dict[str, Any] = {"says": "Machine words"}
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = asking(options)
    Machine.asked.clear()
    return options


def machine_translate(user: User, translation: Translation) -> HttpResponse:
    address = reverse("wagtail_localize:machine_translate", args=[translation.pk])
    return client_of(user).post(address, {"next": reverse("translating:index")})


def send(user: User, translation: Translation, words: dict[str, str]) -> str:
    return told(upload(user, translation, str(po_file(translation, words)).encode()))


def stored(text: str) -> StringTranslation:
    """The translation of one of the source's texts."""
    return StringTranslation.objects.get(translation_of__data=text)


# While somebody reviews it


def change_override(user: User, translation: Translation, method: str) -> HttpResponse:
    segment = translation.source.overridablesegment_set.get()
    address = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    content = f"value={segment.data}"
    return client_of(user).generic(method, address, content, "application/x-www-form-urlencoded")


def with_a_picture(sleman: Office, english: Locale) -> Translation:
    page = sleman.news()
    page.lead_image = ImageFactory()
    page.save_revision(user=sleman.editor).publish()
    return begin(sleman.translator, NewsPage.objects.get(pk=page.pk), english)


@pytest.mark.parametrize("who", ["translator", "editor"])
def test_review__no_text_comes_in_meanwhile(
    sleman: Office, english: Locale, machine: dict[str, Any], who: str
) -> None:
    translation = with_a_picture(sleman, english)
    translate(translation, WORDS)
    client_of(sleman.translator).post(reverse("translating:submit", args=[translation.pk]))
    user: User = getattr(sleman, who)
    segment = translation.source.stringsegment_set.get(string__data="Ringkas.")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])

    assert REVIEWED in edit(user, translation, "Other words.").json()["error"]
    taken_away = client_of(user).delete(address)
    assert taken_away.status_code == 409
    assert REVIEWED in taken_away.json()["error"]
    assert REVIEWED in change_override(user, translation, "PUT").json()["error"]
    assert change_override(user, translation, "DELETE").status_code == 409
    assert REVIEWED in send(user, translation, {"Ringkas.": "Other words."})
    StringTranslation.objects.filter(context__path="slug").delete()
    assert REVIEWED in told(machine_translate(user, translation))
    assert Machine.asked == []
    assert data(translation) == set(WORDS.values())
    assert not SegmentOverride.objects.exists()


def test_review__once_returned_texts_come_in_again(sleman: Office, english: Locale) -> None:
    translation = submitted(sleman, english)
    decide = reverse("translating:decide", args=[translation.pk])
    client_of(sleman.editor).post(decide, {"action": "reject", "comment": "Lain."})
    assert edit(sleman.translator, translation, "Other words.").status_code == 200
    assert "Other words." in data(translation)


def test_review__of_what_is_live_already(sleman: Office, english: Locale) -> None:
    translation = live_translation(sleman, english)
    assert edit(sleman.translator, translation, "Better.").json().get("error") is None
    client_of(sleman.translator).post(reverse("translating:submit", args=[translation.pk]))
    assert REVIEWED in edit(sleman.translator, translation, "Too late.").json()["error"]
    client_of(sleman.editor).post(reverse("translating:decide", args=[translation.pk]), {"action": "approve"})
    assert translation.get_target_instance().introduction == "Better."
    assert edit(sleman.translator, translation, "In time.").json().get("error") is None


def test_review__strangers_do_not_learn_of_it(sleman: Office, english: Locale) -> None:
    translation = submitted(sleman, english)
    response = edit(sleman.contributor, translation, "Other words.")
    assert response.status_code == 403
    assert REVIEWED not in response.content.decode()


class Typing(AtOnce):
    def __init__(self, user: User, translation: Translation) -> None:
        super().__init__()
        self.user, self.translation, self.said = user, translation, ""

    def act(self) -> None:
        self.said = edit(self.user, self.translation, "Too late.").json().get("error", "")


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_review__begun_while_somebody_types(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    typing = Typing(sleman.translator, translation)
    with transaction.atomic():
        drafts.submit(translation, sleman.translator)
        typing.start()
        typing.wait_until_held_up()
    typing.join(PATIENCE)
    assert REVIEWED in typing.said
    assert data(translation) == set(WORDS.values())


# What no page can keep

LONG = "x" * 256
UNFIT = [
    (LONG, "panjangnya 256 huruf, paling banyak 255"),
    ("a\0b", "memuat karakter kendali"),
    ("a\x0bb", "memuat karakter kendali"),
    ("a&#1;b", "memuat karakter kendali"),
    (" ", "kosong"),
    ("<p>a</p>", "tag di dalamnya"),
]


@pytest.mark.parametrize(("text", "says"), UNFIT)
def test_unfit__typed(sleman: Office, english: Locale, text: str, says: str) -> None:
    translation = begin(sleman.translator, sleman.news("Ringkas."), english)
    segment = translation.source.stringsegment_set.get(context__path="title")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    response = client_of(sleman.translator).put(
        address, urlencode({"value": text}), content_type="application/x-www-form-urlencoded"
    )
    assert says in response.json()["error"]
    assert response.json()["data"] == text
    assert not data(translation)
    assert translation.get_target_instance().draft_title == "Ringkas."


@pytest.mark.parametrize(("text", "says"), [one for one in UNFIT if one[0] not in (" ", "a\0b")])
def test_unfit__in_a_file_the_others_are_taken(sleman: Office, english: Locale, text: str, says: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    message = send(sleman.translator, translation, {**WORDS, "Mal pelayanan dibuka": text})
    assert "1 terjemahan diambil" in message
    assert f"entri 1 (“Mal pelayanan dibuka”): {says}" in message
    assert data(translation) == {"In short."}


@pytest.mark.parametrize(("text", "says"), [one for one in UNFIT if one[0] != LONG])
def test_unfit__by_the_machine(
    sleman: Office, english: Locale, machine: dict[str, Any], text: str, says: str
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    machine["says"] = text
    message = told(machine_translate(sleman.translator, translation))
    assert "Tidak ada teks baru dari Mesin" in message
    assert f"“Mal pelayanan dibuka”: {says}" in message
    assert not data(translation)


def test_unfit__only_where_the_field_is_short(
    sleman: Office, english: Locale, machine: dict[str, Any]
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    machine["says"] = LONG
    message = told(machine_translate(sleman.translator, translation))
    assert "“Mal pelayanan dibuka”: panjangnya 256 huruf" in message
    assert "Mal pelayanan dibuka" not in {one.translation_of.data for one in StringTranslation.objects.all()}


# A machine


def test_machine__leaves_what_people_wrote_meanwhile(
    sleman: Office, english: Locale, machine: dict[str, Any]
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    machine["meanwhile"] = lambda: edit(sleman.translator, translation, "By hand.")
    assert "diterjemahkan dengan Mesin" in told(machine_translate(sleman.translator, translation))
    assert data(translation) == {"By hand.", "Machine words"}
    assert stored("Ringkas.").translation_type == "manual"
    assert stored("Mal pelayanan dibuka").translation_type == "machine"


def test_machine__not_into_what_was_submitted_meanwhile(
    sleman: Office, english: Locale, machine: dict[str, Any]
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    submit = reverse("translating:submit", args=[translation.pk])
    machine["meanwhile"] = lambda: client_of(sleman.translator).post(submit)
    assert REVIEWED in told(machine_translate(sleman.translator, translation))
    assert data(translation) == set(WORDS.values())


@pytest.mark.django_db(transaction=True)
def test_machine__is_waited_for_without_a_transaction(
    sleman: Office, english: Locale, machine: dict[str, Any]
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    machine_translate(sleman.translator, translation)
    ((_number, in_transaction),) = Machine.asked
    assert not in_transaction
    assert data(translation) == {"Machine words"}
    # What it made is in the log all the same.
    noted = ModelLogEntry.objects.filter(content_type__model="stringtranslation", user=sleman.translator)
    assert noted.count() == StringTranslation.objects.count() == 3


def test_machine__not_by_way_of_an_update(sleman: Office, english: Locale, machine: dict[str, Any]) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    address = reverse("wagtail_localize:update_translations", args=[translation.source.pk])
    assert "use_machine_translation" not in client_of(sleman.translator).get(address).content.decode()
    NewsPage.objects.filter(pk=translation.source.get_source_instance().pk).update(introduction="Lain.")
    client_of(sleman.translator).post(address, {"use_machine_translation": "on"})
    assert Machine.asked == []
    assert translation.source.stringsegment_set.filter(string__data="Lain.").exists()


# A file, and what was done here meanwhile


def exported(translation: Translation, words: dict[str, str], hours_ago: int = 0) -> bytes:
    """A file of that time, with these words in place of its own."""
    po = translation.export_po()
    po.metadata["POT-Creation-Date"] = str(timezone.now() - timedelta(hours=hours_ago))
    for entry in po:
        entry.msgstr = words.get(entry.msgid, entry.msgstr)
    return str(po).encode()


def test_po__that_nobody_touched_changes_nothing(
    sleman: Office, english: Locale, machine: dict[str, Any]
) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    machine_translate(sleman.translator, translation)
    before = list(StringTranslation.objects.order_by("pk").values())
    for hours_ago in (0, 1):
        file = exported(translation, {}, hours_ago)
        assert told(upload(sleman.translator, translation, file)) == (
            "Tidak ada terjemahan baru yang diambil dari berkas."
        )
    assert list(StringTranslation.objects.order_by("pk").values()) == before


def test_po__does_not_undo_newer_work(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    edit(sleman.translator, translation, "Newer.")
    message = told(upload(sleman.translator, translation, exported(translation, WORDS, hours_ago=1)))
    assert "1 terjemahan diambil" in message
    assert "(“Ringkas.”): lebih baru di portal; tidak ditimpa" in message
    assert data(translation) == {"Newer.", "Service mall opens"}


def test_po__made_after_the_last_change_is_taken(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    edit(sleman.translator, translation, "Older.")
    assert "2 terjemahan diambil" in told(
        upload(sleman.translator, translation, exported(translation, WORDS))
    )
    assert data(translation) == set(WORDS.values())


def test_po__corrected_and_sent_once_more_by_the_same_person(sleman: Office, english: Locale) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    first = exported(translation, {**WORDS, "Ringkas.": "In shrot."})
    upload(sleman.translator, translation, first)
    message = told(upload(sleman.translator, translation, first.replace(b"In shrot.", b"In short.")))
    assert "1 terjemahan diambil" in message
    assert data(translation) == set(WORDS.values())
    # Another's file of that time does not undo it.
    assert "lebih baru di portal" in told(upload(sleman.editor, translation, first))
    assert data(translation) == set(WORDS.values())


@pytest.mark.parametrize("made", ["", "kemarin", "2026-13-45 10:00+0700", "2020-01-01 10:00"])
def test_po__that_does_not_say_when_it_was_made(sleman: Office, english: Locale, made: str) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    edit(sleman.translator, translation, "Older.")
    po: polib.POFile = po_file(translation, WORDS)
    po.metadata["POT-Creation-Date"] = made
    upload(sleman.translator, translation, str(po).encode())
    assert data(translation) == set(WORDS.values())


# A translated page that is no more


def test_gone__is_told(sleman: Office, english: Locale, machine: dict[str, Any]) -> None:
    translation = begin(sleman.translator, sleman.news(), english)
    translate(translation, WORDS)
    file = exported(translation, {"Ringkas.": "Other words."})
    translation.get_target_instance().delete()
    says = "Halaman terjemahan ini sudah dihapus"
    assert says in told(upload(sleman.translator, translation, file))
    assert says in told(machine_translate(sleman.translator, translation))
    response = edit(sleman.translator, translation, "Other words.")
    assert response.status_code == 404
    assert says in response.json()["error"]
    assert data(translation) == set(WORDS.values())
