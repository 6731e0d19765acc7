import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_alive__asks_no_database(client: Client) -> None:
    # Without the django_db mark any query would fail.
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_ready__database_answers(client: Client) -> None:
    assert client.get("/readyz").content == b"ok\n"


@pytest.mark.django_db
def test_ready__database_fails(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("password authentication failed for user secret")

    with connection.execute_wrapper(refuse):
        response = client.get("/readyz")
    assert response.status_code == 503
    assert b"secret" not in response.content


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health__only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
