"""The machine's own Chromium, for tests and pictures; none is ever downloaded."""

import os
import shutil

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_GET_A_BROWSER = "needs a Chromium browser: apt-get install chromium, or set BROWSER_PATH"


def find_browser() -> str | None:
    """The path of a Chromium: `BROWSER_PATH` if set, else the first one installed."""
    named = os.environ.get("BROWSER_PATH")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)
