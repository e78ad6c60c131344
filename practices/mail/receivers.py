"""What of moderation becomes mail, and which of Wagtail's own mails do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from wagtail.admin.mail import (
    GroupApprovalTaskStateSubmissionEmailNotifier,
    WorkflowStateApprovalEmailNotifier,
    WorkflowStateRejectionEmailNotifier,
    WorkflowStateSubmissionEmailNotifier,
)
from wagtail.models import Page, TaskState, WorkflowState
from wagtail.signals import (
    task_submitted,
    workflow_approved,
    workflow_rejected,
    workflow_submitted,
)

from practices.kinds import is_practice
from practices.models import ModerationEvent, PendingNotice
from practices.moderation.signals import moderated
from practices.moderation.states import Action

from .queue import wake

_announcing = ContextVar("announcing", default=True)

SILENT = frozenset((Action.ENDORSEMENT_SKIPPED, Action.APPROVED))
"""Actions told in the mail of what follows from them at once."""


@contextmanager
def unannounced() -> Iterator[None]:
    """Tell nobody of what happens inside: for loading practices in bulk."""
    token = _announcing.set(False)
    try:
        yield
    finally:
        _announcing.reset(token)


def note_event(event: ModerationEvent, **_kwargs: Any) -> None:
    """Keep in mind, in the same transaction, that people are to be told of an event."""
    if _announcing.get() and event.action not in SILENT:
        PendingNotice.objects.create(event=event)
        wake()


class NotOfPracticesMixin:
    """A notifier of Wagtail's that leaves practices alone: they have mails of their own."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        """As Wagtail's, practices excepted."""
        if not super().can_handle(instance, **kwargs):  # type: ignore[misc]
            return False
        page = getattr(instance, "workflow_state", instance).content_object
        return not (isinstance(page, Page) and is_practice(page))


class TaskSubmission(NotOfPracticesMixin, GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail's mail on a submitted task."""


class WorkflowSubmission(NotOfPracticesMixin, WorkflowStateSubmissionEmailNotifier):
    """Wagtail's mail on a submitted workflow."""


class WorkflowApproval(NotOfPracticesMixin, WorkflowStateApprovalEmailNotifier):
    """Wagtail's mail on an approved workflow."""


class WorkflowRejection(NotOfPracticesMixin, WorkflowStateRejectionEmailNotifier):
    """Wagtail's mail on a rejected workflow."""


NOTIFIERS: tuple[tuple[Any, Any, str, Any], ...] = (
    (task_submitted, TaskState, "group_approval_task_submitted", TaskSubmission()),
    (workflow_submitted, WorkflowState, "workflow_state_submitted", WorkflowSubmission()),
    (workflow_approved, WorkflowState, "workflow_state_approved", WorkflowApproval()),
    (workflow_rejected, WorkflowState, "workflow_state_rejected", WorkflowRejection()),
)
"""Signal, sender, start of Wagtail's `dispatch_uid`, and what takes the place of its notifier."""


def connect() -> None:
    """Connect the receivers; called once the app is ready.

    Under the identifier that Wagtail uses, so that its own notifiers are replaced whichever app
    is ready first.
    """
    moderated.connect(note_event)
    for signal, sender, name, notifier in NOTIFIERS:
        uid = f"{name}_email_notification"
        signal.disconnect(sender=sender, dispatch_uid=uid)
        signal.connect(notifier, sender=sender, dispatch_uid=uid)
