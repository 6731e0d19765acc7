"""Guides as readers and editors need them."""

import datetime
from typing import Self

from django.utils import timezone
from wagtail.models import Page, PageQuerySet


class GuideQuerySet(PageQuerySet):
    def public_below(self, page: Page) -> Self:
        """The live, unrestricted guides below `page` by title, with their institutions."""
        found = self.descendant_of(page).live().public().select_related("institution")
        return found.order_by("title", "pk")

    def overdue(self, today: datetime.date | None = None) -> Self:
        """Live guides whose review date has passed, the longest overdue first."""
        day = today or timezone.localdate()
        return self.live().filter(review_date__lt=day).order_by("review_date", "pk")
