import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.signals import page_published

from home.models import HomePage

pytestmark = pytest.mark.django_db


def test_atomic_admin_posts__failure_after_publish_leaves_nothing(admin_client):
    page = HomePage(title="Beranda", slug="beranda", live=False)
    Page.get_first_root_node().add_child(instance=page)

    def fail(**_kwargs: object) -> None:
        raise RuntimeError("the search document cannot be written")

    page_published.connect(fail, sender=HomePage)
    form = {"title": "Beranda", "slug": "beranda", "question": "Apa?", "action-publish": "1"}
    form |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    try:
        with pytest.raises(RuntimeError):
            admin_client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    finally:
        page_published.disconnect(fail, sender=HomePage)
    page.refresh_from_db()
    assert not page.live
    assert not page.revisions.exists()
