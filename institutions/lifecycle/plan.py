"""What ending or merging an institution would do, in numbers, in as many queries however much there is."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Q
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page

from institutions.approval.owners import owners_reviews
from institutions.lifecycle.belongings import (
    owned_pages,
    pages_below,
    returned_of,
    reviews_of,
    scheduled_of,
    sections_of,
)
from institutions.lifecycle.moving import slug_clashes
from institutions.models import Institution, Invitation, Membership, Workspace
from institutions.roles import SECTION_ROLES, Role, SectionKind

NAMED = 20
# So many pages move while somebody waits (some 30 ms each, 100 and more on a busy machine); more do so behind
# the scenes.
AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Held:
    """Pages in the sections of one kind, all languages together."""

    kind: str
    live: int
    drafts: int


class Plan:
    """What an institution has, and, where another is to take it over, what stands in the way there."""

    def __init__(self, institution: Institution, other: Institution | None = None) -> None:
        self.institution, self.other = institution, other
        self._sections = sections_of(institution)
        self._pages = pages_below(self._sections)

    @cached_property
    def held(self) -> list[Held]:
        found = []
        for kind in SectionKind:
            own = [section for section in self._sections if section.section_kind == kind]
            if own:
                counts = pages_below(own).aggregate(
                    published=Count("pk", filter=Q(live=True)), drafts=Count("pk", filter=Q(live=False))
                )
                found.append(Held(str(kind.label), counts["published"], counts["drafts"]))
        return [held for held in found if held.live or held.drafts]

    @cached_property
    def elsewhere(self) -> int:
        """Pages that name it as their owner and stand in another's section."""
        return owned_pages(self.institution).exclude(pk__in=self._pages.values("pk")).count()

    @property
    def is_large(self) -> bool:
        """Whether it takes longer than somebody should wait for."""
        return sum(held.live + held.drafts for held in self.held) + self.elsewhere > AT_ONCE

    @cached_property
    def reviews(self) -> int:
        return owners_reviews(reviews_of(self._pages)).count()

    @cached_property
    def validations(self) -> int:
        return reviews_of(self._pages).count() - self.reviews

    @cached_property
    def returned(self) -> int:
        return returned_of(self._pages).count()

    @cached_property
    def scheduled(self) -> list[Page]:
        """Pages with an approved version that waits for its day; the first of them."""
        numbers = (
            scheduled_of(self._pages).order_by("approved_go_live_at").values_list("object_id", flat=True)
        )
        pages = Page.objects.in_bulk([int(number) for number in numbers[:NAMED]])
        return [pages[int(number)] for number in numbers[:NAMED] if int(number) in pages]

    @cached_property
    def scheduled_count(self) -> int:
        return scheduled_of(self._pages).count()

    @cached_property
    def _members(self) -> list[Membership]:
        return list(Membership.objects.current().filter(institution=self.institution).select_related("user"))

    @cached_property
    def members(self) -> list[tuple[str, int]]:
        """Roles in its sections, and how many have each."""
        counts = Counter(one.role for one in self._members if one.role in SECTION_ROLES)
        return [(str(role.label), counts[role]) for role in SECTION_ROLES if counts[role]]

    @cached_property
    def portal_members(self) -> list[Membership]:
        """Whose role reaches over the whole portal: it is not the institution's to end."""
        return [one for one in self._members if Role(one.role) not in SECTION_ROLES]

    @cached_property
    def members_of_both(self) -> int:
        """Members of this one who are members of the other, too."""
        theirs = Membership.objects.current().filter(institution=self.other).values_list("user", flat=True)
        return len({one.user_id for one in self._members} & set(theirs))

    @cached_property
    def invitations(self) -> int:
        return Invitation.objects.current().filter(institution=self.institution).count()

    @cached_property
    def images(self) -> int:
        return self._files(get_image_model())

    @cached_property
    def documents(self) -> int:
        return self._files(get_document_model())

    @cached_property
    def names(self) -> list[str]:
        """What the other will be known by, too."""
        own = [self.institution.name, self.institution.abbreviation]
        own += self.institution.names.values_list("name", flat=True)
        return list(dict.fromkeys(name for name in own if name))

    @cached_property
    def clashes(self) -> list[str]:
        """Titles of pages whose address is taken there."""
        return slug_clashes(self.institution, self.other) if self.other else []

    def _files(self, model: type) -> int:
        space = Workspace.objects.filter(institution=self.institution).select_related("collection").first()
        if space is None:
            return 0
        return model._default_manager.filter(collection__path__startswith=space.collection.path).count()  # type: ignore[attr-defined]
