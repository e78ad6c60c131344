"""Deciding on a submitted practice: what was seen is what is decided on."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop
from wagtail.models import Page, Revision, TaskState

from . import events
from .access import Role, people
from .states import Action

RETURN = "return"
"""Name of the unfavourable action of each task."""

SKIP = "skip"
"""Name of the action by which the Secretaría goes on where no focal point is left."""


class ReviewRefusedError(ValidationError):
    """A decision that was not carried out; the message says why and what to do."""

    def __init__(self, practice: Any, message: str) -> None:
        self.practice = practice
        super().__init__(message, code="review_refused")


class UnderReviewError(PermissionDenied):
    """Somebody tried to change a text while others review it."""


OWN_WORK = gettext_lazy(
    "You submitted or last edited this text yourself; another person has to decide."
)
UNSEEN = {
    "required": gettext_lazy("Nothing was decided: open the ficha and decide on the text you see.")
}


class ReviewForm(forms.Form):
    """A decision, with the text that it is about: id and time of the revision that was read."""

    comment = forms.CharField(
        label=gettext_lazy("Remark for the authors (optional)"),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, error_messages=UNSEEN)
    revision_created_at = forms.CharField(widget=forms.HiddenInput, error_messages=UNSEEN)


class ReturnForm(ReviewForm):
    """A return; without a reason the authors would not know what to correct."""

    comment = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The authors read it in the ficha and in their mail."),
        error_messages={
            "required": gettext_lazy("Write what has to be corrected; the authors will read it.")
        },
        widget=forms.Textarea({"rows": 4}),
    )


def lock(page_pk: Any) -> Any:
    """Hold a practice or a publication until the transaction ends, and read it anew.

    Decisions, submissions and saves of one page so come one after the other.
    """
    return Page.objects.select_for_update().get(pk=page_pk).specific


def is_own_work(practice: Any, user: Any) -> bool:
    """Whether a person submitted the text under review, or was the last to edit it."""
    practice = practice.specific  # Wagtail asks with the plain page
    # Not the workflow's own `requested_by`: it names who began the first round, not this one.
    revision = practice.get_latest_revision()
    return user.pk in (
        events.submitter_of(practice),
        revision.user_id if revision else None,
    )


def reason_to_skip(task: Any, practice: Any) -> str:
    """Why nobody is asked to endorse a practice, as a message id; empty where somebody is."""
    if not practice.is_original:
        return gettext_noop("Translations need no endorsement.")
    if not people(Role.FOCAL_POINT, task.country).exists():
        return gettext_noop("The country has no focal point.")
    return ""


def decide(
    task: Any, task_state: TaskState, user: Any, action_name: str, data: dict[str, Any]
) -> None:
    """Carry out a decision on the text that the reviewer saw. Must run inside a transaction.

    `data` are the fields of the task's form. Raises ReviewRefusedError where the text or its state
    is another by now, the reviewer may not decide on it, or a return has no reason;
    PermissionDenied for who is no reviewer at all.
    """
    practice = lock(task_state.workflow_state.object_id)
    allowed = [name for name, _label, _modal in task.get_actions(practice, user)]
    if not allowed:
        raise PermissionDenied
    if action_name not in allowed:
        raise ReviewRefusedError(practice, str(OWN_WORK))
    form = task.get_form_for_action(action_name)(data)
    if not form.is_valid():
        reasons = dict.fromkeys(text for texts in form.errors.values() for text in texts)
        raise ReviewRefusedError(practice, " ".join(reasons))
    state = TaskState.objects.select_related("finished_by", "workflow_state").get(pk=task_state.pk)
    _require_current(
        practice, state, form.cleaned_data["revision"], form.cleaned_data["revision_created_at"]
    )
    comment = form.cleaned_data["comment"]
    if action_name == RETURN:
        events.record(practice, Action.RETURNED, user, comment=comment, revision=state.revision)
        state.reject(user=user, comment=comment)
    elif action_name == SKIP:
        reason = reason_to_skip(task, practice)
        events.record(practice, Action.ENDORSEMENT_SKIPPED, user, comment=comment or reason)
        state.status, state.finished_by = TaskState.STATUS_SKIPPED, user
        state.finished_at, state.comment = timezone.now(), comment
        state.save()
        state.workflow_state.update(user=user)
    else:
        events.record(
            practice,
            task.decision,
            user,
            comment=comment,
            revision=state.revision,
            exceptional=is_own_work(practice, user),
        )
        state.approve(user=user, comment=comment)


def _require_current(practice: Any, state: TaskState, revision: int, created_at: str) -> None:
    """Refuse unless the task still waits, for the very text that was seen."""
    current = practice.current_workflow_task_state
    if state.status != TaskState.STATUS_IN_PROGRESS or current is None or current.pk != state.pk:
        raise ReviewRefusedError(practice, _already_decided(state))
    latest: Revision = practice.get_latest_revision()
    seen = (revision, created_at)
    if seen != (latest.pk, latest.created_at.isoformat()) or state.revision_id != latest.pk:
        raise ReviewRefusedError(
            practice,
            _(
                "Nothing was decided: the text changed after you opened it. Here is the new one; "
                "“See what changed” shows what is different."
            ),
        )


def _already_decided(state: TaskState) -> str:
    if state.finished_by and state.finished_at:
        return _("Nothing was decided: %(person)s decided on this text before you.") % {
            "person": state.finished_by.get_full_name() or state.finished_by.get_username()
        }
    return _("Nothing was decided: this text is no longer under review.")
