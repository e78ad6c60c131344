"""Where a practice stands in moderation, as programs are told."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from practices.admin.scope import only_reviews
from practices.models import EndorsementTask, PracticePage
from practices.moderation import events
from practices.moderation.review import RETURN, SKIP
from practices.moderation.states import WAITING
from practices.moderation.withdrawal import may_withdraw

from .ficha_input import Strict, Text

NAMES = {"endorse": "endorse", "approve_and_publish": "approve", RETURN: "return", SKIP: "skip"}
"""Decisions of the workflow's tasks, and what they are called here."""


class Event(Schema):
    """A line of the log of moderation; it names nobody."""

    action: str
    label: str = Field(description="The action in words.")
    at: datetime
    comment: str
    by_you: bool = Field(description="Whether the owner of the token did it.")


class Moderation(Schema):
    """Where the latest text of a language version stands."""

    id: int
    code: str
    locale: str
    state: str = Field(
        description="draft, submitted, endorsed, returned, withdrawn, published or unpublished."
    )
    label: str = Field(description="The state in words.")
    since: datetime
    task: str | None = Field(
        description="What is waited for: `endorsement`, `approval`, or null outside of a review."
    )
    actions: list[str] = Field(
        description="What the owner of the token may do now: edit, submit, withdraw, endorse, "
        "approve, return, skip."
    )
    history: list[Event] | None = Field(
        description="Newest first; null for who sees the practice to endorse it alone."
    )


class Remark(Strict):
    """A remark for the authors."""

    comment: Annotated[Text, Field(max_length=10_000)] = Field(
        "", description="The authors read it in the log and in their mail."
    )


class Reason(Strict):
    """Why a text is returned."""

    comment: Annotated[Text, Field(min_length=1, max_length=10_000)] = Field(
        description="What has to be corrected; the authors read it in the ficha and in their mail."
    )


def moderation_answer(practice: PracticePage, user: Any) -> dict[str, Any]:
    """Where a practice stands, as `Moderation` has it."""
    status = events.status_of(practice)
    task = practice.current_workflow_task if status.state in WAITING else None
    kind = "endorsement" if isinstance(task, EndorsementTask) else "approval"
    return {
        "id": practice.pk,
        "code": practice.code,
        "locale": practice.locale.language_code,
        "state": status.state,
        "label": status.get_state_display(),
        "since": status.since,
        "task": kind if task else None,
        "actions": actions_of(practice, user),
        "history": None if only_reviews(user, practice) else _history(practice, user),
    }


def actions_of(practice: PracticePage, user: Any) -> list[str]:
    """What a person may do with a practice now."""
    permissions = practice.permissions_for_user(user)
    found = []
    if (
        permissions.can_edit()
        and not practice.workflow_in_progress
        and not permissions.page_locked()
    ):
        found.append("edit")
    if permissions.can_submit_for_moderation():
        found.append("submit")
    if may_withdraw(practice, user):
        found.append("withdraw")
    return [*found, *(NAMES[name] for name in decisions(practice, user))]


def decisions(practice: PracticePage, user: Any) -> list[str]:
    """The decisions of the present task that a person may take, by their names in the workflow."""
    task = practice.current_workflow_task
    return [name for name, _label, _modal in task.get_actions(practice, user)] if task else []


def _history(practice: PracticePage, user: Any) -> list[dict[str, Any]]:
    return [
        {
            "action": event.action,
            "label": event.get_action_display(),
            "at": event.at,
            "comment": event.get_comment_display(),
            "by_you": event.user_id == user.pk,
        }
        for event in events.lines_of(practice)
    ]
