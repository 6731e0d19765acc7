"""Institutions with a news section whose pages are translated, and what their people do."""

from dataclasses import dataclass
from typing import Any

import polib
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import Locale, Page
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.models import StringTranslation, Translation
from wagtail_localize.strings import StringValue

from accounts.models import User
from institutions import memberships
from institutions.provisioning import provision
from institutions.roles import Role, SectionKind
from news.models import NewsPage, NewsSectionPage
from tests.factories.institutions import InstitutionFactory
from tests.queue import run_tasks

TASKS = "institutions.translating."


WORDS = {"Mal pelayanan dibuka": "Service mall opens", "Ringkas.": "In short."}


@dataclass
class Office:
    translator: User
    contributor: User
    editor: User
    section: NewsSectionPage

    def news(self, title: str = "Mal pelayanan dibuka", live: bool = True) -> NewsPage:
        page = NewsPage(title=title, introduction="Ringkas.", live=live, owner=self.contributor)
        self.section.add_child(instance=page)
        revision = page.save_revision(user=self.editor)
        if live:
            revision.publish()
        return NewsPage.objects.get(pk=page.pk)


def person(name: str, code: str, role: Role) -> User:
    user = User.objects.create_user(name, f"{name}@contoh.go.id", "rahasia")
    memberships.begin(user, InstitutionFactory(code=code), role, [SectionKind.NEWS])
    return user


def office(code: str) -> Office:
    institution = InstitutionFactory(code=code)
    provision(institution, [SectionKind.NEWS])
    return Office(
        person(f"penerjemah-{code}", code, Role.TRANSLATOR),
        person(f"penulis-{code}", code, Role.CONTRIBUTOR),
        person(f"editor-{code}", code, Role.EDITOR),
        NewsSectionPage.objects.get(institution=institution, locale__language_code="id"),
    )


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, "accounts.backends.PortalBackend")
    return client


def told(response: object) -> str:
    return " ".join(str(message) for message in get_messages(response.wsgi_request))


def begin(user: User, page: Page, english: Locale) -> Translation:
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    response = client_of(user).post(address, {"locales": [english.pk]})
    assert response.status_code == 302, response.status_code
    return Translation.objects.get(source__object_id=page.translation_key)


def translate(translation: Translation, words: dict[str, str]) -> None:
    for segment in translation.source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.update_or_create(
                translation_of=segment.string,
                context=segment.context,
                locale=translation.target_locale,
                defaults={"data": words[segment.string.data]},
            )


def submitted(office: Office, english: Locale) -> Translation:
    translation = begin(office.translator, office.news(), english)
    translate(translation, WORDS)
    client_of(office.translator).post(reverse("translating:submit", args=[translation.pk]))
    return translation


def live_translation(office: Office, english: Locale) -> Translation:
    translation = submitted(office, english)
    client_of(office.editor).post(reverse("translating:decide", args=[translation.pk]), {"action": "approve"})
    run_tasks(TASKS)
    return translation


def change_source(translation: Translation, introduction: str) -> None:
    page = translation.source.get_source_instance()
    page.introduction = introduction
    page.save_revision().publish()
    run_tasks(TASKS)


def po_file(translation: Translation, words: dict[str, str]) -> polib.POFile:
    po = translation.export_po()
    for entry in po:
        entry.msgstr = words.get(entry.msgid, "")
    return po


def upload(user: User, translation: Translation, content: bytes) -> object:
    address = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    file = SimpleUploadedFile("terjemahan.po", content)
    return client_of(user).post(address, {"file": file, "next": reverse("translating:index")})


def data(translation: Translation) -> set[str]:
    return set(
        StringTranslation.objects.filter(locale=translation.target_locale).values_list("data", flat=True)
    )


def edit(user: User, translation: Translation, value: str) -> HttpResponse:
    segment = translation.source.stringsegment_set.get(string__data="Ringkas.")
    address = reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])
    content = urlencode({"value": value})
    return client_of(user).put(address, content, content_type="application/x-www-form-urlencoded")


class Machine(BaseMachineTranslator):
    """One of our own, told what to answer, or with None not to; it remembers how it was asked."""

    display_name = "Mesin"
    asked: list[tuple[int, bool]] = []

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        return True

    def translate(self, source_locale: Locale, target_locale: Locale, strings: Any) -> dict:
        self.asked.append((len(strings), connection.in_atomic_block))
        if self.options.get("meanwhile"):
            self.options["meanwhile"]()
        if self.options["says"] is None:
            raise ConnectionError
        return {string: StringValue(self.options["says"]) for string in strings}


def asking(options: dict[str, Any]) -> dict[str, Any]:
    """The setting with which `Machine` is asked; `options`: what it `says`."""
    return {"CLASS": f"{__name__}.Machine", "OPTIONS": options}
