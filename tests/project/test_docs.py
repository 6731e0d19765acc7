"""The documents say what is there: links resolve, commands exist, every app is on the map."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from scripts.environment import ROOT

DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {str(path.relative_to(ROOT)): path.read_text() for path in DOCUMENTS}


@pytest.mark.parametrize("name", TEXTS)
def test_documents__links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", TEXTS[name])
    for target in targets:
        if not re.match(r"[a-z]+:", target):
            assert ((ROOT / name).parent / target).exists(), f"{name} links to {target}, which is not there"


@pytest.mark.parametrize("name", TEXTS)
def test_documents__commands_exist(name: str) -> None:
    commands = set(re.findall(r"manage\.py ([a-z_]+)", TEXTS[name]))
    assert commands <= set(get_commands()), f"{name} names commands that are not there"


@pytest.mark.parametrize("name", TEXTS)
def test_documents__make_targets_exist(name: str) -> None:
    targets = set(re.findall(r"(?:`|^)make ([a-z]+)", TEXTS[name], re.MULTILINE))
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert targets <= known, f"{name} names make targets that are not there"


def test_architecture__every_app_is_on_the_map() -> None:
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    mapped = set(re.findall(r"^\| \d \| `(\w+)` \|", TEXTS["docs/architecture.md"], re.MULTILINE))
    assert mapped == apps


def test_readme__says_the_two_commands_on_its_first_screens() -> None:
    lines = TEXTS["README.md"].splitlines()
    assert lines.index("make run") < 25
    assert lines.index("make test") < 45


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=lambda path: path.name)
def test_decisions__say_what_why_and_number(path: Path) -> None:
    text = path.read_text()
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert "**Decision.**" in text
    assert "**Why.**" in text
