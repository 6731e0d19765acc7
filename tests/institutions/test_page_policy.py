"""The short condition answers as Wagtail's long one, whatever rights a person holds."""

import random
from itertools import combinations

import pytest
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from accounts.models import User
from cms.models.pages import EXPLORING as EXPLORE
from home.models import StandardPage
from institutions.page_policy import SectionedPagePolicy
from news.models import NewsPage
from tests.factories.home import make_home

pytestmark = pytest.mark.django_db

ROUNDS = 40


@pytest.fixture
def tree() -> list[Page]:
    """Three levels below a front page, some of them somebody's own."""
    home = make_home()
    somebody = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    pages = [home]
    chance = random.Random(60)
    for number in range(25):
        parent = chance.choice(pages)
        parent.refresh_from_db()
        owner = somebody if chance.random() < 0.3 else None
        pages.append(
            parent.add_child(instance=StandardPage(title=f"H{number}", slug=f"h{number}", owner=owner))
        )
    return pages


def test_registered__for_every_page() -> None:
    for model in (Page, NewsPage, StandardPage):
        assert isinstance(policy_registry.get_by_type(model), SectionedPagePolicy)


def test_policy__answers_as_wagtails(tree: list[Page]) -> None:
    chance = random.Random(61)
    user = User.objects.get(username="ani")
    user.groups.add(*[Group.objects.create(name=f"G{number}") for number in range(3)])
    groups = list(user.groups.all())
    rights = list(Permission.objects.filter(codename__in=[f"{action}_page" for action in EXPLORE]))
    wanted = [set(some) for size in (1, 2) for some in combinations(EXPLORE, size)]
    seen = set()
    for number in range(ROUNDS):
        GroupPagePermission.objects.all().delete()
        GroupPagePermission.objects.bulk_create(
            [
                GroupPagePermission(group=chance.choice(groups), page=chance.choice(tree), permission=right)
                for right in chance.choices(rights, k=number % 7 + 1)
            ],
            ignore_conflicts=True,
        )
        answers = []
        for policy in (PagePermissionPolicy(), SectionedPagePolicy()):
            fresh = User.objects.get(pk=user.pk)
            found = [set(policy.instances_user_has_any_permission_for(fresh, some)) for some in wanted]
            answers.append([*found, set(policy.explorable_instances(fresh))])
        assert answers[0] == answers[1], number
        seen.add(len(answers[1][-1]))
    # It was no row of empty answers.
    assert len(seen) > 5


def test_policy__who_holds_nothing_explores_nothing(tree: list[Page]) -> None:
    user = User.objects.get(username="ani")
    assert not SectionedPagePolicy().explorable_instances(user).exists()
    assert not SectionedPagePolicy().instances_user_has_any_permission_for(user, {"change"}).exists()


@pytest.mark.parametrize("depth", [1, 2])
def test_policy__who_holds_the_whole_tree_explores_all_of_it(tree: list[Page], depth: int) -> None:
    user = User.objects.get(username="ani")
    group = Group.objects.create(name="semua")
    user.groups.add(group)
    change = Permission.objects.get(codename="change_page")
    for page in Page.objects.filter(depth=depth):
        GroupPagePermission.objects.create(group=group, page=page, permission=change)
    assert SectionedPagePolicy().explorable(user) is None
    assert SectionedPagePolicy().explorable_instances(user).count() == Page.objects.count()
    # Another branch beside the front page is not theirs.
    other = Page.get_first_root_node().add_child(instance=StandardPage(title="Lain", slug="lain"))
    fresh = User.objects.get(pk=user.pk)
    seen = SectionedPagePolicy().explorable_instances(fresh).filter(pk=other.pk)
    assert seen.exists() == (depth == 1)
    assert set(SectionedPagePolicy().explorable_instances(fresh)) == set(
        PagePermissionPolicy().explorable_instances(User.objects.get(pk=user.pk))
    )


def test_policy__the_condition_does_not_grow_with_rights_below_each_other(
    tree: list[Page], django_assert_num_queries
) -> None:
    user = User.objects.get(username="ani")
    group = Group.objects.create(name="G")
    user.groups.add(group)
    right = Permission.objects.get(codename="change_page")
    for page in tree:
        GroupPagePermission.objects.create(group=group, page=page, permission=right)
    with django_assert_num_queries(2):
        found = SectionedPagePolicy().instances_user_has_any_permission_for(user, {"change"})
        assert len(found) == len(tree)
    assert str(found.query).count("LIKE") == 1
