"""Applications, middleware and templates."""

from cms.settings.environment import BASE_DIR

INSTALLED_APPS = [
    "home",
    "guides",
    "news",
    "contact",
    "directory",
    "search",
    "institutions",
    "taxonomy",
    "accounts",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks_db",
    "axes",
    "django.forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "cms.middleware.OnlyUtf8",
    "cms.audit.origin.RequestOrigin",
    # Pages, and static files that were not compressed beforehand; Django pads against BREACH.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.middleware.LocaleOfAddresses",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # May sign the person out, and says so.
    "accounts.sessions.SessionLimits",
    # Until the code is entered, the person is nobody.
    "accounts.two_factor.session.SecondStepFirst",
    "cms.person.PersonAtWork",
    "institutions.approval.unsent.UnsentRemarks",
    "institutions.scoping.guard.OwnPagesOnly",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.middleware.AtomicAdminPosts",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    # The last, as it says: it puts the answer of a lockout in the place of the sign-in page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "cms.context_processors.portal",
            ],
        },
    }
]

# Widgets' templates are found among ours first.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
