"""How the portal signs in, and whom it believes: asked of a server that writes down what comes."""

import base64
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from search import engines
from search.engines.elasticsearch import mapping
from search.engines.elasticsearch.connection import Connection, client
from search.engines.guarded import GuardedEngine
from search.operations import state
from search.types import Query
from tests import fake_servers
from tests.factories.search import document, store
from tests.fake_servers import Answers, Certificate, serving

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _readers(guarded: GuardedEngine) -> None:
    """Every test begins with an engine that has seen no failure."""


@pytest.fixture
def server() -> Iterator[Answers]:
    with serving(Answers()) as answers:
        yield answers


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return fake_servers.certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def encrypted(certificate: Certificate) -> Iterator[Answers]:
    with serving(Answers(), certificate) as answers:
        yield answers


def basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


@pytest.mark.parametrize(
    ("settings", "sent"),
    [
        ({}, None),
        ({"API_KEY": "a2V5OnNlY3JldA=="}, "ApiKey a2V5OnNlY3JldA=="),
        ({"USER": "portal", "PASSWORD": "rahasia"}, basic("portal", "rahasia")),
        ({"USER": "portal", "PASSWORD": "sandi: ä€"}, basic("portal", "sandi: ä€")),
        ({"USER": "portal"}, basic("portal", "")),
        # A key is narrower than an account: it goes first.
        ({"API_KEY": "a2V5", "USER": "portal", "PASSWORD": "x"}, "ApiKey a2V5"),
    ],
)
def test_sign_in__as_set(server: Answers, settings: dict[str, str], sent: str | None) -> None:
    with override_settings(
        ELASTICSEARCH_URL=server.url, **{f"ELASTICSEARCH_{name}": value for name, value in settings.items()}
    ):
        engines.search(Query("kopi"))
    (asked,) = server.asked
    assert asked.headers.get("authorization", asked.headers.get("Authorization")) == sent


def test_address__may_have_a_path_and_an_account(server: Answers) -> None:
    address = server.url.replace("://", "://portal:rahasia@") + "/pencarian/"
    with override_settings(ELASTICSEARCH_URL=address):
        engines.search(Query("kopi"))
    (asked,) = server.asked
    assert asked.path.startswith("/pencarian/")
    assert asked.headers.get("authorization") == basic("portal", "rahasia")


def test_index__name_of_this_installation(server: Answers) -> None:
    with override_settings(ELASTICSEARCH_URL=server.url, ELASTICSEARCH_INDEX="uji-lain"):
        engines.search(Query("kopi"))
    assert re.match(r"/uji-lain-[0-9a-f]{8}/_msearch", server.asked[0].path)


def test_index__name_is_not_worked_out_for_every_search(monkeypatch: pytest.MonkeyPatch) -> None:
    here = Connection("http://127.0.0.1:9")
    name = mapping.live_alias(here, ["sector", "year"])
    assert name != mapping.live_alias(here, ["sector"])
    monkeypatch.setattr(mapping, "mapping", None)
    assert mapping.live_alias(here, ["sector", "year"]) == name


def test_certificate__not_trusted_unless_said_so(
    encrypted: Answers, caplog: pytest.LogCaptureFixture
) -> None:
    store(document("Kopi"))
    with override_settings(ELASTICSEARCH_URL=encrypted.url, ELASTICSEARCH_API_KEY="a2V5"):
        results = engines.search(Query("kopi"))
    assert encrypted.asked == []
    assert (results.engine, len(results.hits)) == ("database", 1)
    assert "certificate is not trusted" in caplog.text
    assert "check ELASTICSEARCH_CA_CERTS" in caplog.text


def test_certificate__trusted_with_its_authority(encrypted: Answers, certificate: Certificate) -> None:
    with override_settings(ELASTICSEARCH_URL=encrypted.url, ELASTICSEARCH_CA_CERTS=str(certificate.file)):
        engines.search(Query("kopi"))
    assert len(encrypted.asked) == 1


def test_certificate__for_another_name_is_not_trusted(
    encrypted: Answers, certificate: Certificate, caplog: pytest.LogCaptureFixture
) -> None:
    with override_settings(
        ELASTICSEARCH_URL=encrypted.url.replace("127.0.0.1", "localhost"),
        ELASTICSEARCH_CA_CERTS=str(certificate.file),
    ):
        engines.search(Query("kopi"))
    assert encrypted.asked == []
    assert "certificate is not trusted" in caplog.text


@pytest.mark.parametrize("with_authority", [False, True])
def test_certificate__not_checked_where_switched_off(
    encrypted: Answers, certificate: Certificate, with_authority: bool, recwarn: pytest.WarningsRecorder
) -> None:
    with override_settings(
        ELASTICSEARCH_URL=encrypted.url,
        ELASTICSEARCH_VERIFY_CERTS=False,
        ELASTICSEARCH_CA_CERTS=str(certificate.file) if with_authority else "",
    ):
        engines.search(Query("kopi"))
    assert len(encrypted.asked) == 1
    assert not recwarn.list


@pytest.mark.parametrize(
    ("scheme", "told"), [("https", "does it speak TLS"), ("http", "check ELASTICSEARCH_URL")]
)
def test_scheme__not_the_servers(
    encrypted: Answers, server: Answers, scheme: str, told: str, caplog: pytest.LogCaptureFixture
) -> None:
    address = server.url.replace("http:", "https:") if scheme == "https" else encrypted.url.replace("s:", ":")
    with override_settings(ELASTICSEARCH_URL=address):
        assert engines.search(Query("kopi")).engine == "database"
    assert told in caplog.text
    assert "certificate" not in caplog.text


@pytest.mark.parametrize(
    "settings",
    [
        {"URL": "127.0.0.1:9200"},
        {"URL": "http://127.0.0.1"},
        {"URL": "http://127.0.0.1:abc"},
        {"URL": "https://127.0.0.1:9200", "CA_CERTS": "/tidak/ada.pem"},
        {"URL": "https://127.0.0.1:9200", "CA_CERTS": __file__},
        {"URL": "http://127.0.0.1:9200", "TIMEOUT": 0.0},
        {"URL": "http://127.0.0.1:9200", "TIMEOUT": -1.0},
        {"URL": "http://127.0.0.1:9200", "TIMEOUT": float("nan")},
        {"URL": "http://" + "x" * 70 + ".invalid:9200"},
        {"URL": "http://127.0.0.1:9200", "INDEX": "JIPPNas"},
    ],
)
def test_settings__with_a_mistake_do_not_hinder_readers(
    settings: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    store(document("Kopi"))
    with override_settings(**{f"ELASTICSEARCH_{name}": value for name, value in settings.items()}):
        results = engines.search(Query("kopi"))
    assert (results.engine, len(results.hits)) == ("database", 1)
    assert results.notice
    (line,) = caplog.messages
    assert "ELASTICSEARCH_" in line


@pytest.mark.parametrize(
    "name", ["JIPPNas", "", "_portal", "-portal", "portal*", "a,b", "..", "é", "a" * 101]
)
def test_index__name_that_no_index_can_have(server: Answers, name: str) -> None:
    told = r"ELASTICSEARCH_INDEX must be made of small letters, digits, _ and -"
    with override_settings(ELASTICSEARCH_URL=server.url, ELASTICSEARCH_INDEX=name):
        for command in ("rebuild_index", "check_index"):
            with pytest.raises(CommandError, match=told):
                call_command(command, verbosity=0)
        assert told in state.look().problem
    assert server.asked == []


def test_client__is_kept_and_made_anew_for_other_settings(server: Answers) -> None:
    one = Connection(server.url)
    assert client(one) is client(Connection(server.url))
    assert client(one) is not client(Connection(server.url, api_key="a2V5"))


def test_password__is_in_no_log_line(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    caplog.set_level("DEBUG", logger="search")
    with (
        fake_servers.nobody() as address,
        override_settings(
            ELASTICSEARCH_URL=address, ELASTICSEARCH_USER="portal", ELASTICSEARCH_PASSWORD="rahasia"
        ),
    ):
        engines.search(Query("kopi"))
    assert caplog.messages
    assert "rahasia" not in caplog.text


def test_connection__is_printed_without_its_secrets() -> None:
    shown = repr(
        Connection("https://search.example", api_key="rahasia-1", user="jippnas", password="rahasia-2")
    )
    assert "search.example" in shown
    assert "rahasia" not in shown
