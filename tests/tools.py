"""What a test needs from the machine: found, or skipped with one line that says how to get it."""

import os

import pytest


def require(found: object, how_to_get_it: str) -> None:
    """Skips the test unless `found`. With CI=true nothing may be missing: then it fails."""
    if found:
        return
    if os.environ.get("CI", "").lower() in ("1", "true"):
        pytest.fail(f"missing on the CI machine: {how_to_get_it}", pytrace=False)
    pytest.skip(how_to_get_it)
