"""Two people at one institution at the same moment: the second waits, and is told."""

import threading
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from institutions import memberships
from institutions.inviting.changing import change
from institutions.inviting.letters import invite, withdraw
from institutions.lifecycle.merging import merge
from institutions.lifecycle.retiring import retire
from institutions.locking import locked
from institutions.models import Institution, InstitutionChange, Membership
from institutions.refusals import NotNowError
from institutions.roles import Role
from tests.at_once import PATIENCE, AtOnce
from tests.factories.offices import NEWS, office, person, portal

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TODAY = timezone.localdate()


def at_once(*actions: Callable[[], object]) -> list[object]:
    """What each came to: its result, or the refusal."""
    outcomes: list[object] = []
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], object]) -> None:
        try:
            start.wait(30)
            outcomes.append(action())
        except (NotNowError, ValidationError) as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(action,)) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(outcomes) == len(actions)
    return outcomes


def test_merging__both_ways_at_once_happens_once() -> None:
    owner = portal()
    one, two = office("satu"), office("dua")
    one.published("Satu"), two.published("Dua")
    pair = one.institution, two.institution
    outcomes = at_once(
        lambda: merge(*pair, owner, "Perpres", TODAY),
        lambda: merge(*reversed(pair), owner, "Perpres", TODAY),
        lambda: merge(*pair, owner, "Perpres", TODAY),
    )
    assert sum(isinstance(outcome, InstitutionChange) for outcome in outcomes) == 1
    assert Institution.objects.exclude(merged_into=None).count() == 1
    assert InstitutionChange.objects.count() == 2


def test_joining__while_the_institution_is_retired_leaves_no_member() -> None:
    owner = portal()
    sleman = office("sleman")
    ani = User.objects.create_user("ani", "ani@contoh.go.id", "rahasia")
    at_once(
        lambda: retire(sleman.institution, owner, "Perpres", TODAY),
        lambda: memberships.begin(ani, sleman.institution, Role.EDITOR, [NEWS]),
    )
    assert not Membership.objects.current().filter(institution=sleman.institution).exists()
    assert not ani.groups.exists()


def test_editors__who_end_each_other_at_once_leave_one() -> None:
    portal()
    first = office("sleman", NEWS).editor
    second = person("kedua", "sleman", Role.EDITOR, NEWS)
    held = {user: user.memberships.get() for user in (first, second)}
    at_once(lambda: change(held[second], None, (), first), lambda: change(held[first], None, (), second))
    assert Membership.objects.current().filter(role=Role.EDITOR).count() == 1


class Doing(AtOnce):
    def __init__(self, action: Callable[[], object]) -> None:
        super().__init__()
        self.act = action


@pytest.mark.parametrize("what", ["begin", "end", "invite", "withdraw", "change"])
def test_changing__waits_for_who_changes_the_institution_or_its_members(what: str) -> None:
    owner = portal()
    sleman = office("sleman", NEWS)
    own, editor = sleman.institution, sleman.editor
    membership = sleman.contributor.memberships.get()
    invitation = invite(own, "ani@contoh.go.id", Role.CONTRIBUTOR, [NEWS], editor)
    actions: dict[str, Callable[[], object]] = {
        "begin": lambda: memberships.begin(owner, own, Role.VALIDATOR, source="kipp"),
        "end": lambda: memberships.end(membership),
        "invite": lambda: invite(own, "budi@contoh.go.id", Role.CONTRIBUTOR, [NEWS], editor),
        "withdraw": lambda: withdraw(invitation, editor),
        "change": lambda: change(membership, Role.TRANSLATOR, [NEWS], editor),
    }
    doing = Doing(actions[what])
    with transaction.atomic():
        locked(own.pk)
        doing.start()
        doing.wait_until_held_up()
        assert doing.is_alive()
    doing.join(PATIENCE)
    assert not doing.is_alive()
