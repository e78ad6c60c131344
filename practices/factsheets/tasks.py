"""What the background worker does for fact sheets."""

from django_tasks import task

from .jobs import carry_out


@task(backend="background")
def make_compilation(key: str, attempt: int) -> str:
    """Make the file of a compilation that was asked for; returns how it ended."""
    return carry_out(key, attempt)
