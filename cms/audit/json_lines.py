"""Log records as lines of JSON. Read by the logging settings, before there are models."""

import json
import logging

from django.core.serializers.json import DjangoJSONEncoder


class JsonLines(logging.Formatter):
    """The fields a record brings along as `entry`; all but ASCII is escaped, so that no text can hold the end
    of a line, in whatever sense a reader of the log understands it."""

    def format(self, record: logging.LogRecord) -> str:
        said = getattr(record, "entry", None) or {"message": record.getMessage()}
        return json.dumps(said, cls=DjangoJSONEncoder, ensure_ascii=True)
