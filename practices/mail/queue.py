"""The queue of mails: stored with what caused them, handed over one by one, tried again."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import QueuedMail

logger = logging.getLogger(__name__)

PAUSES = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 15)),
    *(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24, 24, 24)),
)
"""How long to wait after each failed attempt, about four days in all; then the mail has failed."""

LEASE = timedelta(minutes=10)
"""How long a mail belongs to the worker that tries it; longer than any attempt takes."""

PERMANENT = 500
"""From this code on, a server's refusal is for good (RFC 5321, 4.2.1)."""


@dataclass
class Outcome:
    """What one run over the queue did, in mails. `next_at` is when to try the postponed ones."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    next_at: datetime | None = None


class MailServerError(Exception):
    """The mail server cannot be worked with now, whatever the mail."""


def put(messages: Iterable[EmailMessage]) -> None:
    """Store mails in the current transaction, one for each recipient, and wake the worker."""
    store(messages)
    wake()


def store(messages: Iterable[EmailMessage]) -> None:
    """Store mails in the current transaction."""
    QueuedMail.objects.bulk_create(
        copy for message in messages for copy in QueuedMail.copies_of(message)
    )


def wake(at: datetime | None = None) -> None:
    """Let the worker look at the queue once the transaction is committed, or at a later time.

    Should that fail, the mails are there nonetheless: the next run finds them.
    """
    transaction.on_commit(partial(_enqueue, at), robust=True)


def _enqueue(at: datetime | None) -> None:
    # The background queue is a setting of the host, read when it is first needed.
    from .tasks import work_off_mail

    if at is None or work_off_mail.get_backend().supports_defer:
        work_off_mail.using(run_after=at).enqueue()


def send_due() -> Outcome:
    """Hand over the mails that are due, and plan the next run where some stay behind.

    Ends early when the mail server itself is in trouble, so that not each mail waits for it.
    """
    outcome = Outcome()
    watched = False
    while mail := _take():
        if not watched:
            wake(mail.not_before)  # finds the mail again, should this process die now
            watched = True
        try:
            _hand_over(mail)
        except MailServerError as error:
            _postpone(mail, str(error), outcome)
            break
        except Exception as error:
            _postpone(mail, _reason(error), outcome, for_good=_is_refusal(error))
        else:
            QueuedMail.objects.filter(pk=mail.pk).delete()
            outcome.sent += 1
    if outcome.next_at:
        wake(outcome.next_at)
    return outcome


def retry_failed() -> int:
    """Put the mails that were given up back into the queue; returns how many."""
    return QueuedMail.objects.exclude(failed_at=None).update(
        failed_at=None, attempts=0, not_before=timezone.now(), reason=""
    )


def _take() -> QueuedMail | None:
    """The next mail that is due, and nobody else's for as long as the lease runs."""
    now = timezone.now()
    due = QueuedMail.objects.filter(failed_at=None, not_before__lte=now)
    while mail := due.first():
        # Whoever changes the row first has the mail: no lock is held while a server is awaited.
        mine = due.filter(pk=mail.pk, attempts=mail.attempts).update(
            attempts=F("attempts") + 1, not_before=now + LEASE
        )
        if not mine:
            continue
        mail.refresh_from_db()
        if mail.attempts <= len(PAUSES) + 1:
            return mail
        _postpone(
            mail, mail.reason or _("The worker stopped before it had sent the mail."), Outcome()
        )
    return None


def _hand_over(mail: QueuedMail) -> None:
    """Give a mail to the real backend, on a connection of its own. Raises MailServerError."""
    message = mail.message()
    backend = getattr(
        settings, "PRACTICES_MAIL_TRANSPORT", "django.core.mail.backends.smtp.EmailBackend"
    )
    connection = get_connection(backend)
    try:
        if not connection.send_messages([message]):
            raise MailServerError(_("The mail server took no mail."))
    except (SMTPRecipientsRefused, SMTPDataError):
        raise
    except (SMTPException, OSError) as error:
        raise MailServerError(_reason(error)) from error


def _postpone(mail: QueuedMail, reason: str, outcome: Outcome, *, for_good: bool = False) -> None:
    """Keep a mail that was not taken: for a later attempt, or as failed."""
    now = timezone.now()
    rows = QueuedMail.objects.filter(pk=mail.pk)
    if for_good or mail.attempts > len(PAUSES):
        rows.update(failed_at=now, reason=reason)
        outcome.failed += 1
        logger.error("Mail %s was given up: %s", mail.pk, reason)
        return
    due = now + PAUSES[mail.attempts - 1]
    rows.update(not_before=due, reason=reason)
    outcome.postponed += 1
    outcome.next_at = min(outcome.next_at or due, due)
    logger.warning("Mail %s waits for another attempt: %s", mail.pk, reason)


def _answer(error: Exception) -> tuple[int, object] | None:
    """Code and words of a server that refused one mail."""
    if isinstance(error, SMTPRecipientsRefused):
        return next(iter(error.recipients.values()), None)
    if isinstance(error, SMTPDataError):
        return error.smtp_code, error.smtp_error
    return None


def _is_refusal(error: Exception) -> bool:
    """Whether the server refused this mail for good (5xx)."""
    answer = _answer(error)
    return answer is not None and answer[0] >= PERMANENT


def _reason(error: Exception) -> str:
    """What went wrong, for people."""
    if answer := _answer(error):
        code, words = answer
        return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
    return f"{type(error).__name__}: {error}"
