"""Taking back what was submitted."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from . import events
from .access import Role, countries
from .review import ReviewRefusedError, lock


def may_withdraw(practice: Any, user: Any) -> bool:
    """Whether a person may take a practice back from review: its authors, not its reviewers.

    Reviewers return it, with a reason.
    """
    state = practice.current_workflow_state
    if not user.is_active or not state or state.status != WorkflowState.STATUS_IN_PROGRESS:
        return False
    return (
        user.is_superuser
        or user.pk in (state.requested_by_id, events.submitter_of(practice))
        or _writes(practice, user)
    )


def _writes(page: Any, user: Any) -> bool:
    """Whether a person edits the practices of a country; of a publication its submitter alone acts."""
    if not page.has_stored_state:
        return False
    return page.is_original and page.country in countries(user, Role.EDITOR)


@transaction.atomic
def withdraw(page_pk: int, user: Any) -> None:
    """Take a practice back from review, so that its authors can change it.

    Raises ReviewRefusedError where it is under review no more, PermissionDenied for others.
    """
    practice = lock(page_pk)
    if not practice.workflow_in_progress:
        raise ReviewRefusedError(practice, _("The ficha is no longer under review."))
    if not may_withdraw(practice, user):
        raise PermissionDenied
    practice.current_workflow_state.cancel(user=user)
