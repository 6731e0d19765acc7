"""Wagtail: site name, images and documents, autosave, the admin's own search, embeds."""

from cms.settings.environment import env

WAGTAIL_SITE_NAME = "JIPPNas"
WAGTAILADMIN_BASE_URL = env("SITE_URL", default="http://127.0.0.1:8000")
# Readers do not sign in: who does wants the admin.
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "accounts.forms.PasswordResetForm"  # noqa: S105
WAGTAILIMAGES_IMAGE_MODEL = "cms.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CustomDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "csv", "txt", "zip"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "institutions.collection_names.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "institutions.collection_names.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
# Milliseconds. Half a second, the default, would write a revision with every pause in typing.
WAGTAIL_AUTOSAVE_INTERVAL = 5000
# The admin asks nothing of third parties: no pictures of faces, no look for a newer Wagtail.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# An account's address is the invitation's: whoever wrote another's there would take his mails.
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# Editors' search never depends on Elasticsearch.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.admin_search"}}
# The allow-list of embeds: nothing else can be put into a page.
WAGTAILEMBEDS_FINDERS = [{"class": "cms.embeds.AllowedSites"}]
# A full innovation profile posts some 2,000 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
TAGGIT_CASE_INSENSITIVE = True
# The last approval publishes, whoever gives it.
WAGTAIL_FINISH_WORKFLOW_ACTION = "institutions.approval.publishing.publish_approved"
