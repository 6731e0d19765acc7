"""Guides as readers and editors need them."""

import datetime
from typing import Self

from django.db.models import OuterRef, Subquery
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

    def due(self, today: datetime.date | None = None) -> Self:
        """Live guides whose review date has come, the longest overdue first."""
        day = today or timezone.localdate()
        return self.live().filter(review_date__lte=day).order_by("review_date", "pk")

    def of_active_institutions(self) -> Self:
        """Without those of institutions that are no more."""
        return self.exclude(institution__is_active=False)

    def originals(self) -> Self:
        """Those that are no translation of another."""
        earlier = Page.objects.filter(translation_key=OuterRef("translation_key")).order_by("pk")
        return self.filter(pk=Subquery(earlier.values("pk")[:1]))
