"""`make run`: from a fresh clone to a running portal on this machine, without a setting.

Makes .venv, installs, migrates, loads the reference tables and the starter site, then serves on
127.0.0.1 (PORT, 8000) with one web process and one worker. What is done already is not done again.
Standard library only: it runs before anything is installed.
"""

import argparse
import contextlib
import os
import signal
import socket
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from types import FrameType

from scripts import preparation
from scripts.environment import PYTHON, ROOT, complain_about_python, environment_steps, note_installed
from scripts.processes import Supervisor
from scripts.steps import StepFailedError, run_steps

HOST = "127.0.0.1"
READY_SECONDS = 60.0


class Stopped(BaseException):
    """A signal came while something was still being prepared."""


def read_port(text: str) -> int:
    """The port as a number. Raises `ValueError` with a line for people when it cannot be used."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65_535:
        raise ValueError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    port = int(text)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except PermissionError:
            raise ValueError(f"Port {port} is not allowed here. Choose another: make run PORT=8001") from None
        except OSError:
            raise ValueError(
                f"Port {port} is taken. Choose another: make run PORT={port % 65_535 + 1}"
            ) from None
    return port


def portal_environment(port: int, given: Mapping[str, str]) -> dict[str, str]:
    """What the portal's processes get: demo mode on this machine only, unless told otherwise."""
    return {
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
        "SITE_URL": f"http://{HOST}:{port}",
        "PYTHONUNBUFFERED": "1",
        **preparation.places(ROOT, given),
        **given,
    }


def serve(port: int, python: str, environment: Mapping[str, str]) -> int:
    """Runs web process and worker until a signal (exit code 0) or until one of them ends (1)."""
    web = [python, "-m", "gunicorn", "cms.wsgi", "--bind", f"{HOST}:{port}", "--no-control-socket"]
    # However long an address is, the portal answers it itself, in words.
    web += ["--limit-request-line", "0"]
    web += ["--worker-class", "gthread", "--threads", "8", "--timeout", "60", "--log-level", "warning"]
    with Supervisor(ROOT, environment) as supervisor:
        supervisor.start("web process", web)
        supervisor.start("worker", [python, "manage.py", "run_worker"])
        if supervisor.wait_until(lambda: _answers(f"http://{HOST}:{port}/readyz"), READY_SECONDS):
            _greet(port, python, environment)
            ended = supervisor.run()
        else:
            ended = supervisor.ended() or ("" if supervisor.signals else "web process (no answer)")
        if ended:
            print(f"\nThe {ended} ended by itself; stopping the rest. Its last lines are above.", flush=True)
        else:
            print("\nStopping ...", flush=True)
    print("Stopped.", flush=True)
    return 1 if ended else 0


def _answers(url: str) -> bool:
    with (
        contextlib.suppress(OSError, urllib.error.URLError),
        urllib.request.urlopen(url, timeout=2) as answer,
    ):
        return answer.status == 200
    return False


def _greet(port: int, python: str, environment: Mapping[str, str]) -> None:
    print(f"\n  Site    http://{HOST}:{port}/id/\n  Admin   http://{HOST}:{port}/admin/", flush=True)
    if preparation.is_demo(environment):
        print(f"  {preparation.demo_account_line(ROOT)}", flush=True)
    print("\nStop with Ctrl-C.", flush=True)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise Stopped


def main() -> int:
    parser = argparse.ArgumentParser(prog="make run", description=__doc__)
    parser.add_argument("--no-install", action="store_true", help="use the Python this is run with as it is")
    options = parser.parse_args()
    if complaint := complain_about_python():
        print(complaint, file=sys.stderr)
        return 1
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        port = read_port(os.environ.get("PORT") or "8000")
        environment = portal_environment(port, os.environ)
        python = sys.executable if options.no_install else str(PYTHON)
        if not options.no_install:
            run_steps(environment_steps(), ROOT, environment)
            note_installed()
        preparation.prepare(python, ROOT, environment)
        return serve(port, python, environment)
    except ValueError as error:
        print(error, file=sys.stderr)
    except StepFailedError as failure:
        print(f"\n{failure}", file=sys.stderr)
    except Stopped:
        print("\nStopped before the start was complete; `make run` goes on from there.", file=sys.stderr)
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
