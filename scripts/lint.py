"""`make lint`: every linter, all of them even if one complains; exit code 1 if any did."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from scripts.environment import ROOT

BIN = Path(sys.executable).parent
# What production settings must have; never used for anything but the checks.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "cms.settings.production",
    "SECRET_KEY": "only-for-the-deployment-checks-" + "x7Kq2Zv9" * 5,
    "ALLOWED_HOSTS": "jippnas.example.go.id",
    "SITE_URL": "https://jippnas.example.go.id",
}


def linters() -> dict[str, list[str]]:
    """Name and command of each. One name as an argument of this script runs just that one."""
    templates = [str(path) for path in sorted((ROOT / "templates").rglob("*.html"))]
    manage = [sys.executable, "manage.py"]
    return {
        "ruff": [str(BIN / "ruff"), "check", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "."],
        "djhtml": [str(BIN / "djhtml"), "--check", "-t", "2", *templates],
        "mypy": [str(BIN / "mypy"), "."],
        "layers": [str(BIN / "lint-imports")],
        "deploy": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "messages": [sys.executable, "-m", "scripts.messages", "check"],
    }


def run(name: str, command: list[str]) -> bool:
    """Runs one linter; its output is shown only when it complains."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "DATABASE_URL": f"sqlite:///{folder}/lint.sqlite3"}
        if name == "deploy":
            environment |= PRODUCTION
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(f"{done.stdout}{done.stderr}".rstrip(), flush=True)
    return done.returncode == 0


def main(names: list[str]) -> int:
    known = linters()
    if unknown := set(names) - set(known):
        print(f"no such linter: {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 2
    failed = [name for name in (names or known) if not run(name, known[name])]
    if failed:
        print(f"lint failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
