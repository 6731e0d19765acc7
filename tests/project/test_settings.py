"""Production refuses to start half configured; every variable is described."""

import os
import re
import subprocess
import sys

import pytest

from scripts.environment import ROOT
from scripts.lint import PRODUCTION


def manage(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    # The last one is set by the browser tests, when they run in the same process.
    unwanted = ("SECRET_KEY", "ALLOWED_HOSTS", "DJANGO_ALLOW_ASYNC_UNSAFE")
    clean = {key: value for key, value in os.environ.items() if key not in unwanted}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**clean, "DJANGO_SETTINGS_MODULE": "cms.settings.production", **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({}, "SECRET_KEY and ALLOWED_HOSTS"),
        ({"SECRET_KEY": "x" * 60}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "jippnas.example.go.id"}, "SECRET_KEY"),
        ({"SECRET_KEY": " ", "ALLOWED_HOSTS": ""}, "SECRET_KEY and ALLOWED_HOSTS"),
        (
            {"SECRET_KEY": "development-only-not-a-secret", "ALLOWED_HOSTS": "a.example"},
            "SECRET_KEY is the publ",
        ),
    ],
)
def test_production__says_in_one_line_what_is_missing(given: dict[str, str], named: str) -> None:
    done = manage("check", **given)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert named in done.stderr


def test_production__deployment_checks_are_clean() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("given", "expected"), [("DEMO", "False"), ("DEBUG", "False")])
def test_production__knows_no_demo_and_no_debug(given: str, expected: str) -> None:
    code = f"from django.conf import settings; print(settings.{given})"
    done = manage("shell", "--no-imports", "-c", code, **{**PRODUCTION, given: "1"})
    assert done.stdout.strip() == expected, done.stderr


def test_production__mail_goes_through_the_queue_to_the_server() -> None:
    code = (
        "from django.conf import settings; "
        "print(settings.EMAIL_BACKEND, settings.EMAIL_DELIVERY_BACKEND, settings.EMAIL_HOST)"
    )
    given = {**PRODUCTION, "EMAIL_URL": "smtp://surel.contoh.go.id:25"}
    done = manage("shell", "--no-imports", "-c", code, **given)
    server = "django.core.mail.backends.smtp.EmailBackend surel.contoh.go.id"
    assert done.stdout.strip() == f"cms.mail.QueueBackend {server}", done.stderr


@pytest.mark.parametrize(
    ("hosts", "warned"), [("*", True), ("a.example.go.id, *", True), ("a.example.go.id", False)]
)
def test_production__any_host_is_warned_of(hosts: str, warned: bool) -> None:
    done = manage("check", "--deploy", **{**PRODUCTION, "ALLOWED_HOSTS": hosts})
    assert ("cms.W001" in done.stderr) is warned


def documented() -> set[str]:
    return set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs" / "settings.md").read_text(), re.MULTILINE))


def read_by_code() -> set[str]:
    names: set[str] = set()
    for path in (ROOT / "cms" / "settings").glob("*.py"):
        text = path.read_text()
        names.update(re.findall(r"\benv(?:\.\w+)?\(\s*[\"'](\w+)[\"']", text))
        for call in re.findall(r"_required\(([^)]*\")\)", text):
            names.update(re.findall(r"\"(\w+)\"", call))
    for path in [*(ROOT / "scripts").glob("*.py"), *(ROOT / "tests").glob("*.py")]:
        names.update(re.findall(r"environ(?:ment)?\.get\(\s*\"(\w+)\"", path.read_text()))
    return names


def test_documentation__names_every_variable_and_no_other() -> None:
    assert documented() == read_by_code()


def test_documentation__the_reader_of_the_code_sees_them_all() -> None:
    assert {
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "EMAIL_URL",
        "MEDIA_ROOT",
        "PORT",
    } <= read_by_code()
