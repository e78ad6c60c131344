"""What the background worker does for previews."""

from django_tasks import task

from .headless import forget_expired, plan_forgetting


@task(backend="background")
def forget_previews() -> None:
    """Delete previews that have expired, and look again where others are left."""
    if forget_expired():
        plan_forgetting()
