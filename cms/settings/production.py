"""The public portal. Refuses to start without what it cannot do safely without."""

from django.core.exceptions import ImproperlyConfigured

from cms.settings.common import *  # noqa: F403
from cms.settings.common import LOGGING, STORAGES
from cms.settings.environment import DEVELOPMENT_KEY, env


def _required(*names: str) -> list[str]:
    values = {name: env(name, default="").strip() for name in names}
    if missing := [name for name, value in values.items() if not value]:
        raise ImproperlyConfigured(
            f"set {' and '.join(missing)} in the environment; production does not start without. "
            f"docs/settings.md says what they hold."
        )
    return list(values.values())


DEBUG = False
SECRET_KEY, _hosts = _required("SECRET_KEY", "ALLOWED_HOSTS")
if SECRET_KEY == DEVELOPMENT_KEY:
    raise ImproperlyConfigured("SECRET_KEY is the published one of development; make one of your own.")
ALLOWED_HOSTS = [host.strip() for host in _hosts.split(",") if host.strip()]
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
DEMO = False

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
# A supervisor asks on the machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
LOGGING["loggers"]["audit"]["handlers"] = ["audit"]
