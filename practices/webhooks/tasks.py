"""What the background worker does for webhooks."""

from django_tasks import task

from .queue import Outcome, work_off


@task(backend="background")
def work_off_webhooks() -> dict[str, int]:
    """Make the messages that changes call for, and send those that are due."""
    return counts(work_off())


def counts(outcome: Outcome) -> dict[str, int]:
    """The numbers of a run, for the task's result."""
    return {name: getattr(outcome, name) for name in ("sent", "postponed", "failed")}
