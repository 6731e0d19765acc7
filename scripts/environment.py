"""The project's own Python environment in .venv, with the pinned requirements.

`python3 -m scripts.environment requirements-dev.txt` installs what tests and linters need.
Standard library only: it runs before anything is installed.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from scripts.steps import Step, StepFailedError, run_steps

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MINIMUM = (3, 11)
# The development requirements hold the plain ones at the same versions.
CONTAINS = {"requirements-dev.txt": ("requirements-dev.txt", "requirements.txt")}


def environment_steps(requirements: str = "requirements.txt") -> list[Step]:
    """What is still to be done until `requirements` are installed in .venv; empty when all is."""
    steps = []
    usable = _is_usable()
    if not usable:
        steps.append(
            Step(
                "make the Python environment .venv",
                [sys.executable, "-m", "venv", "--clear", str(VENV)],
                "Python's venv module must be there (Debian and Ubuntu: apt-get install python3-venv).",
            )
        )
    if not usable or not _is_installed(requirements):
        command = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "-r", requirements]
        steps.append(
            Step(
                f"install the pinned {requirements}",
                [*command, "--disable-pip-version-check", "--no-input", "--progress-bar", "off"],
                "is the package index within reach? pip obeys HTTPS_PROXY and PIP_INDEX_URL.",
            )
        )
    return steps


def note_installed(requirements: str = "requirements.txt") -> None:
    """Remembers that `requirements` are installed as they are now, so that the next start skips them."""
    for name in CONTAINS.get(requirements, (requirements,)):
        _stamp(name).write_text(_digest(name))


def complain_about_python() -> str:
    """Why this Python cannot run the portal; empty when it can."""
    if sys.version_info >= MINIMUM:
        return ""
    found = ".".join(map(str, sys.version_info[:3]))
    return (
        f"Python {MINIMUM[0]}.{MINIMUM[1]} or newer is needed, this is {found} ({sys.executable}). "
        f"Name another one: make run PYTHON=/path/to/python3.11"
    )


def _is_usable() -> bool:
    """.venv exists and its Python starts: a removed or older Python leaves a broken one behind."""
    check = f"import sys, pip; sys.exit(sys.version_info < {MINIMUM})"
    try:
        return subprocess.run([str(PYTHON), "-c", check], capture_output=True).returncode == 0
    except OSError:
        return False


def _is_installed(requirements: str) -> bool:
    stamp = _stamp(requirements)
    return stamp.exists() and stamp.read_text() == _digest(requirements)


def _stamp(requirements: str) -> Path:
    return VENV / f".{requirements}.installed"


def _digest(requirements: str) -> str:
    return hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()


def main(requirements: str) -> int:
    if complaint := complain_about_python():
        print(complaint, file=sys.stderr)
        return 1
    try:
        run_steps(environment_steps(requirements), ROOT, os.environ)
    except StepFailedError as failure:
        print(failure, file=sys.stderr)
        return 1
    note_installed(requirements)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or ["requirements.txt"]))
