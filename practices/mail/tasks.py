"""What the background worker does for mail."""

from dataclasses import asdict

from django_tasks import task

from .notices import write_pending
from .queue import Outcome, send_due


@task(backend="background")
def work_off_mail() -> dict[str, int]:
    """Write the mails that are pending, and hand over those that are due."""
    return counts(work_off())


def work_off() -> Outcome:
    """Write the mails that are pending, and hand over those that are due."""
    write_pending()
    return send_due()


def counts(outcome: Outcome) -> dict[str, int]:
    """The numbers of a run, for the task's result."""
    return {name: number for name, number in asdict(outcome).items() if name != "next_at"}
