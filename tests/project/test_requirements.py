"""The compiled requirements belong to what pyproject.toml asks for."""

import re
import tomllib
from dataclasses import dataclass, field

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.environment import ROOT

DIRECT = "jippnas (pyproject.toml)"
RECOMPILE = "recompile: see “Requirements” in CONTRIBUTING.md"


@dataclass
class Pin:
    requirement: Requirement
    hashes: set[str] = field(default_factory=set)
    wanted_by: set[str] = field(default_factory=set)


def read_pins(name: str) -> dict[str, Pin]:
    """The pins of a file that uv compiled: version, hashes and, from its comments, who wants it."""
    pins: dict[str, Pin] = {}
    pin = None
    for line in (ROOT / name).read_text().splitlines():
        text = line.strip().removesuffix("\\").strip()
        if text and not line.startswith((" ", "#")):
            pin = Pin(Requirement(text))
            pins[canonicalize_name(pin.requirement.name)] = pin
        elif pin and text.startswith("--hash="):
            pin.hashes.add(text)
        elif pin and text.startswith("#"):
            pin.wanted_by.add(re.sub(r"^#\s*(via)?\s*", "", text))
    return pins


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PLAIN = [Requirement(line) for line in PROJECT["dependencies"]]
DEVELOPMENT = [Requirement(line) for line in PROJECT["optional-dependencies"]["dev"]]
FILES = {"requirements.txt": PLAIN, "requirements-dev.txt": PLAIN + DEVELOPMENT}


@pytest.mark.parametrize("name", FILES)
def test_requirements__hold_what_the_project_asks_for(name: str) -> None:
    pins = read_pins(name)
    for wanted in FILES[name]:
        pin = pins.get(canonicalize_name(wanted.name))
        assert pin, f"{wanted} is not in {name}; {RECOMPILE}"
        version = next(iter(pin.requirement.specifier)).version
        assert wanted.specifier.contains(version, prereleases=True), (
            f"{name}: {version} is not {wanted}; {RECOMPILE}"
        )


@pytest.mark.parametrize("name", FILES)
def test_requirements__hold_nothing_the_project_gave_up(name: str) -> None:
    direct = {key for key, pin in read_pins(name).items() if any(DIRECT in by for by in pin.wanted_by)}
    assert direct == {canonicalize_name(wanted.name) for wanted in FILES[name]}, RECOMPILE


@pytest.mark.parametrize("name", FILES)
def test_requirements__every_pin_is_exact_and_hashed(name: str) -> None:
    for pin in read_pins(name).values():
        assert [s.operator for s in pin.requirement.specifier] == ["=="], pin.requirement
        assert pin.hashes, f"{pin.requirement} has no hash"


def test_requirements__development_holds_the_same_versions() -> None:
    development = read_pins("requirements-dev.txt")
    for key, pin in read_pins("requirements.txt").items():
        assert str(development[key].requirement) == str(pin.requirement)
        assert development[key].hashes == pin.hashes


@pytest.mark.parametrize("name", FILES)
def test_requirements__record_no_download_address(name: str) -> None:
    assert not re.search(r"https?://|--index-url|--find-links", (ROOT / name).read_text())
