"""From the lines of the moderation log to the mails that tell people of them."""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction

from practices.models import ModerationEvent, PendingNotice, PracticePage
from practices.moderation.access import translators
from practices.moderation.states import Action
from practices.translation.item_names import in_words
from practices.translation.sections import SectionState

from . import recipients, wording
from .compose import about_practice
from .wording import Wording

logger = logging.getLogger(__name__)

TOGETHER = timedelta(minutes=1)
"""What happens to the languages of a practice within this time is one thing to people."""

Mails = Iterable[EmailMultiAlternatives]


def write_pending() -> None:
    """Write the mails of all pending notices, each notice in a transaction of its own.

    A notice that cannot be written is kept with the reason, and holds up no other.
    """
    while True:
        with transaction.atomic():
            waiting = PendingNotice.objects.select_for_update(skip_locked=True, of=("self",))
            notice = waiting.filter(error="").select_related("event__user").first()
            if notice is None:
                return
            try:
                with transaction.atomic():
                    get_connection().send_messages(list(mails_on(notice.event)))
                    notice.delete()
            except Exception as error:
                logger.exception("The mails on event %s could not be written", notice.event_id)
                PendingNotice.objects.filter(pk=notice.pk).update(error=repr(error))


def mails_on(event: ModerationEvent) -> list[EmailMultiAlternatives]:
    """The mails on one event; none where its page is gone."""
    if event.page is None:
        return []
    return list(WRITERS[Action(event.action)](event, event.page))


def _to(
    users: Iterable[Any],
    practice: PracticePage,
    wording: Wording,
    event: ModerationEvent,
    **values: Any,
) -> Mails:
    """One mail to each, but to who acted."""
    others = [user for user in users if user.pk != event.user_id]
    for user in recipients.wanting(others, must_act=wording.must_act):
        yield about_practice(
            user, practice, wording, **({"person": event.user, "quote": event.comment} | values)
        )


def _is_over(event: ModerationEvent) -> bool:
    """Whether somebody acted on the practice since."""
    return event.page is not None and event.page.moderation.since != event.at


def _round_before(event: ModerationEvent) -> list[ModerationEvent]:
    """The events of the round of review that an event belongs to, up to it, oldest first."""
    events = []
    for earlier in ModerationEvent.objects.filter(page_id=event.page_id, pk__lt=event.pk).order_by(
        "-pk"
    ):
        events.append(earlier)
        if earlier.action == Action.SUBMITTED:
            break
    return events[::-1]


def _is_skipped(submitted: ModerationEvent) -> bool:
    """Whether the endorsement was skipped when a practice was submitted."""
    later = ModerationEvent.objects.filter(page_id=submitted.page_id, pk__gt=submitted.pk)
    following = later.order_by("pk").first()
    return following is not None and following.action == Action.ENDORSEMENT_SKIPPED


def _on_submitted(event: ModerationEvent, practice: PracticePage) -> Mails:
    if not _is_over(event):
        if _is_skipped(event):
            note = wording.NO_FOCAL_POINT if practice.is_original else wording.TRANSLATION
            yield from _to(recipients.secretariat(), practice, wording.REVIEW, event, notes=(note,))
        else:
            asked = recipients.focal_points(practice.country)
            yield from _to(asked, practice, wording.ENDORSE, event)
    submitter = recipients.involved(filter(None, [event.user_id]), practice)
    for user in recipients.wanting(submitter, must_act=False):
        yield about_practice(user, practice, wording.RECEIPT)


def _on_endorsed(event: ModerationEvent, practice: PracticePage) -> Mails:
    asked = set() if _is_over(event) else recipients.secretariat()
    yield from _to(asked, practice, wording.REVIEW_ENDORSED, event)
    yield from _to(recipients.authors(practice) - asked, practice, wording.ENDORSED, event)


def _on_returned(event: ModerationEvent, practice: PracticePage) -> Mails:
    authors = recipients.authors(practice)
    before = recipients.reviewers(_round_before(event), practice) - authors
    yield from _to(authors, practice, wording.RETURNED, event, with_comments=True)
    yield from _to(before, practice, wording.RETURNED_AFTER_YOU, event, with_comments=True)


def _on_withdrawn(event: ModerationEvent, practice: PracticePage) -> Mails:
    actions = {earlier.action for earlier in _round_before(event)}
    if Action.RETURNED in actions:  # its authors had it already
        return
    if actions & {Action.ENDORSED, Action.ENDORSEMENT_SKIPPED}:
        asked = recipients.secretariat()
    else:
        asked = recipients.focal_points(practice.country)
    yield from _to(asked, practice, wording.WITHDRAWN, event)


def _on_published(event: ModerationEvent, practice: PracticePage) -> Mails:
    before = _round_before(event)
    approvals = [
        earlier
        for earlier in before
        if earlier.action == Action.APPROVED and earlier.revision_id == event.revision_id
    ]
    told = recipients.authors(practice)
    if not approvals:
        yield from _to(told, practice, wording.PUBLISHED_OUTSIDE, event)
        return
    approval = approvals[-1]
    told |= recipients.reviewers(before, practice)
    yield from _to(told, practice, wording.PUBLISHED, approval)


def _to_country(wording: Wording) -> Callable[[ModerationEvent, PracticePage], Mails]:
    """A writer of mails to all who look after a practice, once for all its languages."""

    def write(event: ModerationEvent, practice: PracticePage) -> Mails:
        if not practice.is_original and _happened_to_original(event, practice):
            return
        told = (
            recipients.authors(practice)
            | recipients.editors(practice.country)
            | recipients.secretariat()
        )
        yield from _to(told, practice, wording, event)

    return write


def _happened_to_original(event: ModerationEvent, practice: PracticePage) -> bool:
    return ModerationEvent.objects.filter(
        page_id=practice.original_id,
        action=event.action,
        at__range=(event.at - TOGETHER, event.at + TOGETHER),
    ).exists()


def _on_outdated(event: ModerationEvent, practice: PracticePage) -> Mails:
    # An older text may have come back before the mail was written.
    behind = practice.section_states.exclude(outdated_since=None)
    if not behind.exclude(state=SectionState.COPIED).exists():
        return
    told = set(translators(practice.country)) | recipients.authors(practice)
    items = in_words(event.comment, "\n")
    yield from _to(told, practice, wording.OUTDATED, event, quote=items)


WRITERS: dict[Action, Callable[[ModerationEvent, PracticePage], Mails]] = {
    Action.SUBMITTED: _on_submitted,
    Action.ENDORSED: _on_endorsed,
    Action.RETURNED: _on_returned,
    Action.WITHDRAWN: _on_withdrawn,
    Action.PUBLISHED: _on_published,
    Action.UNPUBLISHED: _to_country(wording.UNPUBLISHED),
    Action.ARCHIVED: _to_country(wording.ARCHIVED),
    Action.REINSTATED: _to_country(wording.REINSTATED),
    Action.OUTDATED: _on_outdated,
}


def retry_unwritten() -> int:
    """Try again the notices that could not be written; returns how many."""
    return PendingNotice.objects.exclude(error="").update(error="")
