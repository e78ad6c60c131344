"""The end of the workflow: what was approved is published.

Wagtail imports this module while its own models are being made, so it imports no models itself.
"""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish exactly the text that was approved (`WAGTAIL_FINISH_WORKFLOW_ACTION`).

    Wagtail would publish the latest revision, whoever wrote it and whoever read it. Pages other
    than practices and publications are published as Wagtail does. Raises ReviewRefusedError.
    """
    from wagtail.workflows import publish_workflow_state

    from .review import ReviewRefusedError

    practice = workflow_state.content_object.specific
    names = ("PracticePage", "PublicationPage")
    moderated: Any = tuple(apps.get_model("practices", name) for name in names)
    if not isinstance(practice, moderated):
        publish_workflow_state(workflow_state, user=user)
        return
    revision = workflow_state.current_task_state.revision
    if not is_approved(revision) or revision.pk != practice.latest_revision_id:
        raise ReviewRefusedError(
            practice, _("Only a text that was reviewed and approved goes live.")
        )
    revision.publish(user=user, skip_permission_checks=True)


def is_approved(revision: Any) -> bool:
    """Whether the Secretaría approved this very text."""
    task_states = apps.get_model("wagtailcore", "TaskState").objects
    tasks = apps.get_model("practices", "ApprovalTask").objects.values("pk")
    return task_states.filter(revision=revision, task__in=tasks, status="approved").exists()
