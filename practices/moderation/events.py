"""Writing the moderation log and the state of practices: the only place that does."""

from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from .signals import moderated
from .states import RESULT, WAITING, Action, State


def status_of(practice: Any) -> Any:
    """The stored state of a language version, made when missing."""
    model = apps.get_model("practices", "ModerationStatus")
    status, _created = model.objects.get_or_create(
        page_id=practice.pk,
        defaults={"state": State.PUBLISHED if practice.live else State.DRAFT},
    )
    return status


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

    `revision` is the text that the line is about; by default the latest one.
    """
    now = timezone.now()
    status = status_of(practice)
    event = apps.get_model("practices", "ModerationEvent").objects.create(
        page_id=practice.pk,
        title=practice.title,
        code=practice.code,
        country=practice.country,
        language=practice.locale.language_code,
        action=action,
        at=now,
        user=user,
        comment=comment.strip(),
        revision_id=revision.pk if revision else practice.latest_revision_id,
        waited=(now - status.since).days,
        exceptional=exceptional,
    )
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


def mark_edited(practice: Any) -> None:
    """A published or unpublished practice whose text changed is a draft again."""
    apps.get_model("practices", "ModerationStatus").objects.filter(
        page_id=practice.pk, state__in=(State.PUBLISHED, State.UNPUBLISHED)
    ).update(state=State.DRAFT, since=timezone.now())
