"""The one place that reads the process environment."""

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Everything the running portal writes on a machine without servers: database, media, static files.
VAR_DIR = BASE_DIR / "var"

# Not a secret: development serves loopback only, and production refuses to start with it.
DEVELOPMENT_KEY = "development-only-not-a-secret"

env = environ.Env()
