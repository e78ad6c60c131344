"""What the background worker does for translations."""

from datetime import datetime

from django_tasks import task

from practices.models import MachineJob

from .jobs import carry_out


@task(backend="background")
def translate_by_machine(pk: int, created_at: str) -> str:
    """Carry out a job, unless it was given to somebody else; returns how it ended."""
    job = MachineJob.objects.filter(pk=pk, created_at=datetime.fromisoformat(created_at)).first()
    return carry_out(job) if job else ""
