"""The periodic jobs every installation needs."""

from django.core.management import call_command

from cms import periodic

MAIL_SECONDS = 10


def register_jobs() -> None:
    from cms.mail import send_waiting
    from cms.scheduling import publish_scheduled

    periodic.register("scheduled publishing", periodic.MINUTE, publish_scheduled)
    # Apart: a mail server that hangs holds up nothing else.
    periodic.register("outgoing mail", MAIL_SECONDS, send_waiting, apart=True)
    periodic.register("old task results", periodic.DAY, prune_task_results)
    periodic.register("expired sessions", periodic.DAY, clear_sessions)


def prune_task_results() -> None:
    """Finished tasks go after two weeks, failed ones after three months: they tell what went wrong."""
    call_command("prune_db_task_results", queue_name="*", failed_min_age_days=90, verbosity=0)


def clear_sessions() -> None:
    call_command("clearsessions")
