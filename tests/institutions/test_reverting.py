"""Who approves has read what he approves: nobody brings an older revision back meanwhile."""

import pytest
from django.urls import reverse

from news.models import NewsPage
from tests.factories.offices import client_of, office, portal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["contributor", "editor"])
def test_api__no_older_revision_while_somebody_decides(who: str) -> None:
    """Who approves would approve what he has not read."""
    portal()
    ours = office("sleman")
    page = ours.draft("Versi lama")
    old = page.latest_revision
    page.title = "Versi yang ditinjau"
    page.save_revision()
    page.get_workflow().start(page, ours.contributor)
    client = client_of(getattr(ours, who))
    address = reverse("wagtailadmin_api:pages:action", args=[page.pk, "revert_to_page_revision"])
    answer = client.post(address, {"revision_id": old.pk}, content_type="application/json")
    stands = NewsPage.objects.get(pk=page.pk).get_latest_revision_as_object().title
    # The section's editor decides here, and may change what he publishes.
    assert (answer.status_code, stands) == (
        (400, "Versi yang ditinjau") if who == "contributor" else (200, "Versi lama")
    )
