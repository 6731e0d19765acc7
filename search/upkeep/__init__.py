"""Keeping an outside index in line with the stored documents: passing changes on, rebuilding, checking."""

from cms import periodic

# With what the server needs for it, a change is found well within two seconds.
COURIER_SECONDS = 0.5


def register_jobs() -> None:
    """What the worker does for the index; called in `AppConfig.ready`."""
    from search.upkeep.check import check_and_repair
    from search.upkeep.outbox import Courier

    periodic.register("search outbox", COURIER_SECONDS, Courier(), apart=True)
    periodic.register("search index check", periodic.DAY, check_and_repair, apart=True)
