"""The queue of messages: made from what changed, sent one by one, tried again, given up."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from practices.models import PracticeRecord, PublicChange, Webhook, WebhookDelivery, WebhookEvent
from practices.models.webhooks import TEST

from .content import body, public_data, still_true
from .sending import Answer, post
from .signing import signature

logger = logging.getLogger(__name__)

PAUSES = (
    *(timedelta(minutes=minutes) for minutes in (1, 5, 30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""How long to wait after each failed attempt, about three days in all; then it is given up."""

LEASE = timedelta(minutes=10)
"""How long a message belongs to the worker that tries it; longer than any attempt takes."""

KEPT = timedelta(days=30)
"""How long the log keeps what is settled."""

GONE = 410
"""The answer of an address that wants no more messages (RFC 9110, 15.5.11)."""

MOST_WORDS = 1000


@dataclass
class Outcome:
    """What one run over the queue did, in messages. `next_at` is when to try the postponed ones.

    `silent` are the webhooks that did not answer: the others' messages do not wait for them.
    """

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    next_at: datetime | None = None
    silent: set[int] = field(default_factory=set)


def wake(at: datetime | None = None) -> None:
    """Let the worker look at the queue once the transaction is committed, or at a later time.

    Should that fail, the rows are there nonetheless: the next run finds them.
    """
    transaction.on_commit(partial(_enqueue, at), robust=True)


def _enqueue(at: datetime | None) -> None:
    # The background queue is a setting of the host, read when it is first needed.
    from .tasks import work_off_webhooks

    if at is None or work_off_webhooks.get_backend().supports_defer:
        work_off_webhooks.using(run_after=at).enqueue()


def work_off() -> Outcome:
    """Make the messages that changes call for, send those that are due, forget old ones."""
    make_deliveries()
    outcome = send_due()
    settled = WebhookDelivery.objects.exclude(delivered_at=None, failed_at=None)
    settled.filter(created_at__lt=timezone.now() - KEPT).delete()
    return outcome


@transaction.atomic
def make_deliveries() -> None:
    """Turn what changed into messages: what was public before, against what is public now.

    Several changes since the last look make one message; what came and went makes none.
    """
    changes = list(PublicChange.objects.select_for_update())
    before: dict[UUID, bool] = {}
    at: dict[UUID, datetime] = {}
    for change in changes:
        before.setdefault(change.translation_key, change.was_public)
        at[change.translation_key] = change.at
    public = public_data(before)
    codes = PracticeRecord.objects.filter(translation_key__in=before)
    code_of = dict(codes.values_list("translation_key", "code"))
    webhooks = list(Webhook.objects.filter(active=True))
    deliveries: list[WebhookDelivery] = []
    for key, was_public in before.items():
        if key in public:
            event = WebhookEvent.UPDATED if was_public else WebhookEvent.PUBLISHED
        elif was_public and key in code_of:
            event = WebhookEvent.UNPUBLISHED
        else:
            continue
        text = body(event, at[key], public.get(key) or {"code": code_of[key]})
        deliveries += [
            WebhookDelivery(webhook=webhook, event=event, code=code_of[key], body=text)
            for webhook in webhooks
            if event in webhook.events
        ]
    WebhookDelivery.objects.bulk_create(deliveries)
    PublicChange.objects.filter(pk__in=[change.pk for change in changes]).delete()


def put_test(webhook: Webhook) -> WebhookDelivery:
    """Queue a test for one address."""
    now = timezone.now()
    delivery = webhook.deliveries.create(event=TEST, body=body(TEST, now, {}))
    wake()
    return delivery


def put_again(delivery: WebhookDelivery) -> None:
    """Queue a message that is settled once more; it is the same message by its id."""
    rows = WebhookDelivery.objects.filter(pk=delivery.pk)
    rows.exclude(delivered_at=None, failed_at=None).update(
        delivered_at=None, failed_at=None, attempts=0, not_before=timezone.now()
    )
    wake()


def switch_off(webhook: Webhook, reason: str = "") -> None:
    """Send an address nothing more; what waits for it is given up.

    With a reason, the system has done it, and the Secretaría is told on the admin's first page.
    """
    rows = Webhook.objects.filter(pk=webhook.pk)
    rows.update(active=False)
    if reason:
        rows.update(switched_off_at=timezone.now(), switched_off_because=reason)
        logger.error("Webhook %s was switched off.", webhook.pk)
    waiting(webhook.deliveries.all()).update(failed_at=timezone.now())


def waiting(deliveries: "QuerySet[WebhookDelivery]") -> "QuerySet[WebhookDelivery]":
    """Those of some messages that are still to be sent."""
    return deliveries.filter(delivered_at=None, failed_at=None)


def send_due() -> Outcome:
    """Send the messages that are due, and plan the next run where some stay behind."""
    outcome = Outcome()
    watched = False
    while delivery := _take(outcome.silent):
        if not watched:
            wake(delivery.not_before)  # finds the message again, should this process die now
            watched = True
        if not still_true(delivery.body):
            _give_up(delivery, _("Not sent: what it says is no longer public."))
            outcome.failed += 1
            continue
        _settle(delivery, _send(delivery), outcome)
    if outcome.next_at:
        wake(outcome.next_at)
    return outcome


def _take(silent: set[int]) -> WebhookDelivery | None:
    """The next message that is due, and nobody else's for as long as the lease runs.

    Of one practice an address gets one message after the other, in their order.
    """
    now = timezone.now()
    earlier = waiting(
        WebhookDelivery.objects.filter(
            webhook=OuterRef("webhook"), code=OuterRef("code"), pk__lt=OuterRef("pk")
        )
    )
    due = (
        waiting(WebhookDelivery.objects.filter(webhook__active=True, not_before__lte=now))
        .exclude(webhook__in=silent)
        .exclude(Exists(earlier))
        .order_by("not_before", "pk")
    )
    while delivery := due.first():
        # Whoever changes the row first has the message: no lock is held while a server is awaited.
        mine = waiting(
            WebhookDelivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts)
        ).update(attempts=F("attempts") + 1, not_before=now + LEASE)
        if mine:
            delivery.refresh_from_db()
            return delivery
    return None


def _send(delivery: WebhookDelivery) -> Answer:
    """Try a message once."""
    now = timezone.now()
    text = delivery.body.encode()
    timestamp = int(now.timestamp())
    return post(
        delivery.webhook.url,
        text,
        {
            "Content-Type": "application/json",
            "User-Agent": "practices-webhooks/1",
            "webhook-id": delivery.message_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature(
                delivery.webhook.keys(now), delivery.message_id, timestamp, text
            ),
        },
    )


def _settle(delivery: WebhookDelivery, answer: Answer, outcome: Outcome) -> None:
    """Write down what came of an attempt: taken, for a later attempt, or given up."""
    now = timezone.now()
    rows = WebhookDelivery.objects.filter(pk=delivery.pk)
    rows.update(
        status=answer.status, duration=answer.milliseconds, answer=answer.words[:MOST_WORDS]
    )
    if answer.taken:
        rows.update(delivered_at=now)
        Webhook.objects.filter(pk=delivery.webhook_id).update(taken_at=now)
        outcome.sent += 1
        return
    if answer.status is None:
        outcome.silent.add(delivery.webhook_id)
    # Its address is no part of the log: it may hold what only the receiver may know.
    logger.warning("Webhook delivery %s was not taken: %s", delivery.pk, answer.status)
    if answer.status == GONE:
        outcome.failed += 1
        switch_off(delivery.webhook, _("The address answered that it wants no more messages."))
    elif delivery.attempts > len(PAUSES):
        outcome.failed += 1
        rows.update(failed_at=now)
        if not _took_since(delivery):
            switch_off(delivery.webhook, _("The address took no message for days."))
    else:
        due = now + PAUSES[delivery.attempts - 1]
        rows.update(not_before=due)
        outcome.postponed += 1
        outcome.next_at = min(outcome.next_at or due, due)


def _give_up(delivery: WebhookDelivery, words: str) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk).update(failed_at=timezone.now(), answer=words)


def _took_since(delivery: WebhookDelivery) -> bool:
    """Whether an address took anything since a message was first due to it."""
    taken = Webhook.objects.values_list("taken_at", flat=True).get(pk=delivery.webhook_id)
    return taken is not None and taken >= delivery.created_at
