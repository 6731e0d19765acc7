"""What a person sees while something is prepared, and when it fails."""

import os
import sys
from pathlib import Path

import pytest

from scripts import steps
from scripts.steps import Step, StepFailedError, run_steps


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_steps__failure_names_step_last_lines_and_the_way_on(tmp_path: Path) -> None:
    code = "import sys; [print('line', n) for n in range(40)]; print('no table', file=sys.stderr); exit(3)"
    plan = [Step("first", python("pass")), Step("load tables", python(code), "delete var/ and try again")]
    with pytest.raises(StepFailedError) as failure:
        run_steps(plan, tmp_path, os.environ)
    text = str(failure.value)
    assert "[2/2] load tables: FAILED (exit code 3)" in text
    assert "line 39" in text
    assert "no table" in text
    assert "line 20\n" not in text
    assert "How to go on: delete var/ and try again" in text


def test_steps__nothing_runs_after_a_failure(tmp_path: Path) -> None:
    plan = [Step("bad", python("raise SystemExit(1)")), Step("next", python("open('made', 'w')"))]
    with pytest.raises(StepFailedError):
        run_steps(plan, tmp_path, os.environ)
    assert not (tmp_path / "made").exists()


def test_steps__long_one_shows_that_it_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "LOG_SECONDS", 0.2)
    code = "import time; print('half\\rand more', end='\\r'); time.sleep(1)"
    run_steps([Step("slow", python(code))], tmp_path, os.environ)
    shown = capsys.readouterr().out
    assert shown.startswith("[1/1] slow ...\n")
    assert "s  and more" in shown
    assert "[1/1] slow: done in" in shown


def test_steps__output_that_is_no_text(tmp_path: Path) -> None:
    code = r"import sys; sys.stdout.buffer.write(b'\xff\xfe\x00'); sys.exit(1)"
    with pytest.raises(StepFailedError, match="exit code 1"):
        run_steps([Step("odd", python(code))], tmp_path, os.environ)
