"""Who gets in where: every kind of person at every address of the admin, its API and the documents."""

import pytest
from wagtail.models import Page

from tests.permissions.addresses import Address, addresses
from tests.permissions.answers import BrokenError, ask
from tests.permissions.expected import EXPECTED, LEFT_OUT
from tests.permissions.filling import filled
from tests.permissions.world import PEOPLE, PLACES, Person, Place, World, build


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
            there = _there(world, place, page) if row.query or row.data else {}
            if row.query:
                path += "?" + row.query.format(**there)
            data = {name: value.format(**there) for name, value in row.data.items()}
            if (path, *data.values()) in asked:
                # What is there belongs to no place.
                continue
            asked.add((path, *data.values()))
            for method in row.methods():
                try:
                    answer = ask(client, method, path, data, row.files)
                except BrokenError as broken:
                    wrong.append(str(broken))
                    continue
                if answer is not row.expected(method, person, place):
                    wrong.append(f"{method} {address} at {place}: {answer}")
    assert not wrong, "\n".join(wrong)


def _there(world: World, place: Place, page: Page) -> dict[str, object]:
    """What a form or a query names of the place."""
    return {
        "page": page.pk, "section": page.get_parent().pk, "kind": place.kind,
        "institution": world.institution(place.institution).pk,
        "image": world.images[place.institution].pk, "collection": world.collection(place.institution).pk,
        # Below the front page.
        "path": page.url_path.removeprefix(page.get_site().root_page.url_path),
    }  # fmt: skip


def _places(address: Address) -> tuple[Place, ...]:
    """Of all institutions and kinds where the address says which; otherwise of one."""
    return PLACES if address.parameters else PLACES[:1]
