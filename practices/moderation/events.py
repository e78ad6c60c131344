"""Writing the moderation log and the state of practices: the only place that does."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from .signals import moderated
from .states import RESULT, WAITING, Action, State


def status_of(practice: Any) -> Any:
    """The stored state of a language version, made when missing; None for a publication."""
    if not practice.has_stored_state:
        return None
    model = apps.get_model("practices", "ModerationStatus")
    status, _created = model.objects.get_or_create(
        page_id=practice.pk,
        defaults={"state": State.PUBLISHED if practice.live else State.DRAFT},
    )
    return status


def lines_of(page: Any) -> Any:
    """The lines of the log about a practice or a publication, newest first."""
    return page.moderation_events.all()


def submitter_of(page: Any) -> Any:
    """Primary key of who submitted the latest text of a practice or a publication."""
    if status := status_of(page):
        return status.submitted_by_id
    submitted = lines_of(page).filter(action=Action.SUBMITTED)
    return submitted.values_list("user_id", flat=True).first()


@transaction.atomic
def record(
    practice: Any,
    action: Action,
    user: Any,
    *,
    comment: str = "",
    revision: Any = None,
    exceptional: bool = False,
) -> Any:
    """Write one line of the log, and the state that it leads to; returns the ModerationEvent.

    `practice` may be a publication, which has no stored state and whose mails are Wagtail's.
    `revision` is the text that the line is about; by default the latest one.
    """
    now = timezone.now()
    status = status_of(practice)
    before = status or lines_of(practice).first()
    event = apps.get_model("practices", "ModerationEvent").objects.create(
        **practice.in_log(),
        title=practice.title,
        language=practice.locale.language_code,
        action=action,
        at=now,
        user=user,
        comment=comment.strip(),
        revision_id=revision.pk if revision else practice.latest_revision_id,
        waited=(now - _since(before)).days if before else None,
        exceptional=exceptional,
    )
    if status is None:
        return event
    # What is on its way stays where it is when the version before it is taken down.
    on_its_way = status.state in (*WAITING, State.RETURNED)
    if action in RESULT and not (action == Action.UNPUBLISHED and on_its_way):
        status.state = RESULT[action]
        status.since = now
        status.reminded_at = None
        if action == Action.SUBMITTED:
            status.submitted_at, status.submitted_by = now, user
        status.save()
    moderated.send(sender=type(event), event=event, practice=practice)
    return event


def _since(before: Any) -> Any:
    """When the state before began: as it is stored, or at the last line of the log."""
    return getattr(before, "since", None) or before.at


def mark_edited(practice: Any) -> None:
    """A published or unpublished practice whose text changed is a draft again."""
    apps.get_model("practices", "ModerationStatus").objects.filter(
        page_id=practice.pk, state__in=(State.PUBLISHED, State.UNPUBLISHED)
    ).update(state=State.DRAFT, since=timezone.now())
