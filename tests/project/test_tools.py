"""What a test needs and the machine has not: skipped at home, an error where nothing may be missing."""

import pytest

from tests.tools import require

HOW = "needs a lathe: apt-get install lathe"
# Whichever comes: were only one expected, the other would skip these tests.
EITHER = (pytest.fail.Exception, pytest.skip.Exception)


@pytest.mark.parametrize("ci", ["true", "True", "1"])
def test_require__missing_on_the_ci_machine_fails(monkeypatch: pytest.MonkeyPatch, ci: str) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(EITHER, match=f"missing on the CI machine: {HOW}") as raised:
        require(None, HOW)
    assert raised.type is pytest.fail.Exception


@pytest.mark.parametrize("ci", ["", "false", "0", None])
def test_require__missing_elsewhere_skips(monkeypatch: pytest.MonkeyPatch, ci: str | None) -> None:
    monkeypatch.delenv("CI", raising=False)
    if ci is not None:
        monkeypatch.setenv("CI", ci)
    with pytest.raises(EITHER, match=HOW) as raised:
        require("", HOW)
    assert raised.type is pytest.skip.Exception


def test_require__found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    require("/usr/bin/lathe", HOW)
