"""Who gets in where: every kind of person at every address of the admin, its API and the documents."""

import pytest
from wagtail.models import Page

from tests.permissions.addresses import Address, addresses
from tests.permissions.answers import BrokenError, opens
from tests.permissions.expected import EXPECTED, LEFT_OUT
from tests.permissions.filling import filled
from tests.permissions.world import PEOPLE, PLACES, Person, Place, World, build

METHODS = ("GET", "POST")


@pytest.fixture
def world(db: None) -> World:
    return build()


def test_expectations__are_there_for_every_address_and_for_no_other() -> None:
    found = {address.route if address.route in EXPECTED else address.key for address in addresses()}
    assert found - LEFT_OUT == set(EXPECTED)


@pytest.mark.parametrize("person", PEOPLE, ids=str)
def test_address__lets_in_whom_it_should(world: World, person: Person) -> None:
    client = world.client(person)
    wrong = []
    for address in addresses():
        if address.key in LEFT_OUT:
            continue
        row = EXPECTED.get(address.route) or EXPECTED[address.key]
        asked = set()
        for place in _places(address):
            path = filled(address, world, place, row.state)
            page = world.page(place, row.state)
            there = {"page": page.pk, "section": page.get_parent().pk, "path": _path(page)}
            if row.query:
                path += "?" + row.query.format(**there)
            if path in asked:
                # What is there belongs to no place.
                continue
            asked.add(path)
            data = {name: value.format(**there) for name, value in row.data.items()}
            for method, rule in zip(METHODS, (row.get, row.post), strict=True):
                expected = rule(person, place)
                try:
                    got_in = opens(client, method, path, data)
                except BrokenError as broken:
                    wrong.append(str(broken))
                    continue
                if got_in != expected:
                    wrong.append(f"{method} {address} at {place}: {'let in' if got_in else 'refused'}")
    assert not wrong, "\n".join(wrong)


def _path(page: Page) -> str:
    """Below the front page."""
    return page.url_path.removeprefix(page.get_site().root_page.url_path)


def _places(address: Address) -> tuple[Place, ...]:
    """Of all institutions and kinds where the address says which; otherwise of one."""
    return PLACES if address.parameters else PLACES[:1]
