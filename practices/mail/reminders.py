"""One reminder for each practice that waits too long, once for each stay in a state."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from practices.models import ModerationStatus
from practices.moderation.deadlines import reminder_days
from practices.moderation.states import WAITING, State
from practices.moderation.waiting import waits_for_approval

from . import recipients, wording
from .compose import about_practice
from .wording import Wording


def due() -> "list[ModerationStatus]":
    """States that nobody was reminded of, though they have lasted too long; oldest first."""
    long_ago = timezone.now() - timedelta(days=reminder_days())
    waiting = ModerationStatus.objects.filter(
        state__in=(*WAITING, State.RETURNED), since__lte=long_ago, reminded_at=None
    )
    return list(waiting.select_related("page").order_by("since", "pk"))


def reminders(status: ModerationStatus) -> Iterator[EmailMultiAlternatives]:
    """The mails that remind of one practice; none where nobody is there to be reminded."""
    users, text = _asked(status)
    for user in recipients.wanting(users, must_act=True):
        yield about_practice(user, status.page, text, days=status.days)


def remind() -> int:
    """Send the reminders that are due; returns the number of mails.

    A practice without anybody to remind stays due.
    """
    count = 0
    for status in due():
        with transaction.atomic():
            # Another run, or a decision, may have come first.
            unchanged = ModerationStatus.objects.filter(
                pk=status.pk, since=status.since, reminded_at=None
            )
            mails = list(reminders(status))
            if mails and unchanged.update(reminded_at=timezone.now()):
                get_connection().send_messages(mails)
                count += len(mails)
    return count


def _asked(status: ModerationStatus) -> tuple[set[Any], Wording]:
    """Who has to act on a practice, and how they are reminded."""
    if status.state == State.RETURNED:
        return recipients.authors(status.page), wording.REMIND_CORRECT
    if status.state == State.ENDORSED or waits_for_approval(status.page_id):
        return recipients.secretariat(), wording.REMIND_REVIEW
    return recipients.focal_points(status.page.country), wording.REMIND_ENDORSE
