"""What the tests run on: the development settings, with the slow and the outside parts cut."""

import os
import tempfile

from cms.settings.development import *  # noqa: F403
from cms.settings.development import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WAGTAILADMIN_BASE_URL = "http://testserver"
DEMO = False
# Tests sign in without a request; those of the lockout turn it on.
AXES_ENABLED = False
# No thread that writes beside a test.
SEARCH_INSIGHT_SECONDS = 0
# Look static files up when asked for: listing them all would slow every test client down.
WHITENOISE_AUTOREFRESH = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A file, as in the real thing: threads of a live server get connections of their own.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/jippnas-test-{os.getpid()}.sqlite3"}
# Tests name the server they use themselves; a portal under test must not find it by chance.
ELASTICSEARCH_URL = ""
