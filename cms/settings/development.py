"""One person's machine: no environment needed. `make run` and `manage.py` use it."""

from pathlib import Path

from cms.settings.common import *  # noqa: F403
from cms.settings.common import STATIC_ROOT
from cms.settings.environment import DEVELOPMENT_KEY, env

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default=DEVELOPMENT_KEY)
# On one's own machine a telephone is in the way; TWO_FACTOR=roles shows it.
TWO_FACTOR = env("TWO_FACTOR", default="none")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]
Path(STATIC_ROOT).mkdir(parents=True, exist_ok=True)
# Static files straight from their folders, so that nothing has to be collected first.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
