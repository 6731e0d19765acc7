"""What other pages say of a record leads to the one it became part of."""

from typing import Any

import pytest

from directory.merging.merge import merge
from directory.models import InnovationPage
from guides.models import GuidePage, GuideRelatedInnovation
from news.models import NewsPage
from tests.factories import directory as factory
from tests.factories.guides import guide_page
from tests.factories.home import make_home
from tests.factories.news import news_page
from tests.queue import run_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def both() -> tuple[InnovationPage, InnovationPage]:
    make_home()
    for number in range(2):
        factory.innovation(title=f"Inovasi {number}").save_revision().publish()
    kept, other = InnovationPage.objects.order_by("pk")
    return kept, other


def _body(page: InnovationPage, other: InnovationPage) -> list[dict[str, Any]]:
    # Of another kind a number is no page; the same digits within another number are none either.
    links = (
        f'<a linktype="page" id="{page.pk}">satu</a> <a id="{page.pk}" linktype="page">dua</a> '
        f'<a linktype="document" id="{page.pk}">tiga</a> <a linktype="page" id="1{page.pk}">empat</a>'
    )
    chosen = [{"type": "item", "id": "a", "value": page.pk}, {"type": "item", "id": "b", "value": other.pk}]
    return [
        {"type": "paragraph", "id": "p", "value": f"<p>{links} {page.pk}</p>"},
        {"type": "related_innovations", "id": "r", "value": chosen},
    ]


def test_blocks_links_and_drafts__name_the_kept_one(both: tuple[InnovationPage, InnovationPage]) -> None:
    kept, other = both
    third = factory.innovation()
    news = news_page(body=_body(other, third))
    news.introduction = "Draf yang belum terbit."
    news.save_revision()
    run_tasks("wagtail.")
    merge(kept.pk, other.pk)
    news = NewsPage.objects.get(pk=news.pk)
    draft = news.get_latest_revision_as_object()
    assert draft.introduction == "Draf yang belum terbit."
    for body in (news.body, draft.body):
        text, chosen = (row["value"] for row in body.raw_data)
        assert text.count(f'id="{kept.pk}"') == 2
        assert f'<a linktype="document" id="{other.pk}">' in text
        assert f'<a linktype="page" id="1{other.pk}">' in text
        assert [item["value"] for item in chosen] == [kept.pk, third.pk]


def test_rows_of_other_pages__survive_their_next_publication(
    both: tuple[InnovationPage, InnovationPage],
) -> None:
    kept, other = both
    guide = guide_page()
    guide.related_innovations = [GuideRelatedInnovation(innovation=other)]
    guide.save_revision().publish()
    run_tasks("wagtail.")
    merge(kept.pk, other.pk)
    GuidePage.objects.get(pk=guide.pk).get_latest_revision().publish()
    assert GuideRelatedInnovation.objects.get().innovation_id == kept.pk
