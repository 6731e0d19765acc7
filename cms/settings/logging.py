"""Logging: one stream to the process's own output; whoever runs it decides where that goes."""

from typing import Any

from cms.settings.environment import env

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "cms.audit.json_lines.JsonLines"},
    },
    "handlers": {
        "output": {"class": "logging.StreamHandler", "formatter": "line"},
        "audit": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stdout"},
    },
    "root": {"handlers": ["output"], "level": env("LOG_LEVEL", default="WARNING").upper()},
    "loggers": {
        # Django's own handlers would print every line twice, or mail it.
        "django": {"handlers": [], "level": "NOTSET", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        # Strangers asking with made-up host names are daily weather.
        "django.security.DisallowedHost": {"handlers": [], "level": "CRITICAL", "propagate": True},
        # 404s are the reader's business; 500s are ours.
        "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
        "cms.worker": {"level": "INFO"},
        # What people do, each a line of JSON; production writes it.
        "audit": {"handlers": [], "level": "INFO", "propagate": False},
        # It tells of every single request that fails; `search` says once what is wrong and what to do.
        "elastic_transport": {"level": "ERROR"},
    },
}
