"""The outside search engine. Without ELASTICSEARCH_URL the database answers every search."""

from cms.settings.environment import env

ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="").strip()
# The name every index and alias begins with; installations that share a server need different ones.
ELASTICSEARCH_INDEX = env("ELASTICSEARCH_INDEX", default="jippnas")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_USER = env("ELASTICSEARCH_USER", default="")
ELASTICSEARCH_PASSWORD = env("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_CA_CERTS = env("ELASTICSEARCH_CA_CERTS", default="")
ELASTICSEARCH_VERIFY_CERTS = env.bool("ELASTICSEARCH_VERIFY_CERTS", default=True)
# Seconds a reader's search waits before the database answers instead.
ELASTICSEARCH_TIMEOUT = env.float("ELASTICSEARCH_TIMEOUT", default=1.0)
# None: as many as the number of documents asks for.
ELASTICSEARCH_SHARDS = env.int("ELASTICSEARCH_SHARDS", default=None)
ELASTICSEARCH_REPLICAS = env.int("ELASTICSEARCH_REPLICAS", default=0)
