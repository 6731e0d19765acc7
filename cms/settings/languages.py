"""Languages: Indonesian first, English beside it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cms.settings.environment import BASE_DIR, env

LANGUAGE_CODE = "id"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("id", _("Indonesia")), ("en", _("Inggris"))]
FORMAT_MODULE_PATH = ["cms.formats"]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_I18N = True
USE_TZ = True
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
# Otherwise submitting a live page for translation publishes Indonesian text under /en/ at once.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# A translation whose source is deleted keeps its texts.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# Machines that may make a first draft of a translation; people correct and submit it.
_MACHINES: dict[str, dict[str, Any] | None] = {
    "none": None,
    "deepl": {
        "CLASS": "cms.translation.deepl.InPartsDeepLTranslator",
        "OPTIONS": {"AUTH_KEY": env("DEEPL_AUTH_KEY", default=""), "TIMEOUT": 10},
    },
    "google": {
        "CLASS": "wagtail_localize.machine_translators.google.GoogleCloudTranslator",
        "OPTIONS": {
            "PROJECT_ID": env("GOOGLE_PROJECT_ID", default=""),
            "CREDENTIALS_PATH": env("GOOGLE_CREDENTIALS_FILE", default=""),
        },
    },
}
MACHINE_TRANSLATION = env("MACHINE_TRANSLATION", default="none").strip().lower() or "none"
# An unknown name is told by `cms.checks`.
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = _MACHINES.get(MACHINE_TRANSLATION)
