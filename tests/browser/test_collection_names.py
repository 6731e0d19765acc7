"""The names that a text field offers come once it is entered, also in a form that came later."""

from typing import Any

from django.contrib.auth import get_user_model
from playwright.sync_api import expect
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection

from cms.models import CustomImage
from tests.browser.conftest import OpenWindow
from tests.factories.home import make_home


def test_chooser__names_offered(live_server: Any, open_window: OpenWindow) -> None:
    make_home()
    get_user_model().objects.create_superuser("adi", "adi@contoh.go.id", "sandi-untuk-uji")
    root = Collection.get_first_root_node()
    cities = [root.add_child(instance=Collection(name=f"Kota {letter}")) for letter in "ABCDEF"]
    for city in cities:
        CustomImage.objects.create(title=f"Loket {city.name}.", file=get_test_image_file(), collection=city)
    page = open_window(1280)
    page.goto(f"{live_server.url}/admin/login/?next=/admin/images/{CustomImage.objects.first().pk}/")
    page.fill("[name=username]", "adi")
    page.fill("[name=password]", "sandi-untuk-uji")
    page.click("button[type=submit]")
    field = page.get_by_label("Koleksi", exact=False).first
    expect(field).to_have_value("Kota A")
    expect(page.locator("datalist")).to_have_count(0)
    field.focus()
    expect(page.locator("datalist option")).to_have_count(7)
    field.blur()
    field.focus()
    expect(page.locator("datalist")).to_have_count(1)
    # A chooser's form is fetched after the page: its fields are found by the same script.
    page.goto(f"{live_server.url}/admin/settings/home/portalsettings/")
    page.evaluate(
        """async () => {
            const answer = await (await fetch("/admin/images/chooser/")).json();
            document.body.insertAdjacentHTML("beforeend", answer.html);
        }"""
    )
    later = page.locator("[name=collection_name]")
    later.focus()
    expect(page.locator("datalist option")).to_have_count(7)
