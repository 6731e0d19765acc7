"""Mail, the demo, and the count of searches."""

from cms.settings.environment import env

vars().update(env.email("EMAIL_URL", default="consolemail://"))
# Mail is written down with the change it tells of; the worker sends it.
EMAIL_DELIVERY_BACKEND = vars()["EMAIL_BACKEND"]
EMAIL_BACKEND = "cms.mail.QueueBackend"
# Seconds. A mail server that hangs must not hold up the only worker.
EMAIL_TIMEOUT = 15
# Days after which an approval that waits is asked for again.
REVIEW_DAYS = env.int("REVIEW_DAYS", default=7)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="JIPPNas <jippnas@localhost>")
# Demo mode makes the demo account; never on in production.
DEMO = env.bool("DEMO", default=False)
# So long counts of searches stay in memory before they are written; 0: until somebody asks for it.
SEARCH_INSIGHT_SECONDS = 30
