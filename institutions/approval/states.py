"""Where in their workflows a person's pages stand."""

from typing import TYPE_CHECKING

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import Page, WorkflowState

from institutions.scoping.pages import own_of

if TYPE_CHECKING:
    from accounts.models import User


def of_person(user: "User", status: str) -> QuerySet[WorkflowState]:
    """Of what a person wrote or submitted, without pages of an institution he has left.

    Asked of each page that is in such a state, not of all pages there are.
    """
    here = own_of(user, Page.objects.filter(pk=Cast(OuterRef("object_id"), IntegerField())))
    mine = Q(requested_by=user) | Exists(here.filter(owner=user))
    return WorkflowState.objects.filter(Exists(here), mine, status=status)
