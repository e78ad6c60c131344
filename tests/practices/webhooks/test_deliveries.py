"""The queue: what is committed arrives signed, once, in order; what fails is tried again."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from practices.models import PublicChange, Webhook, WebhookDelivery
from practices.models.webhooks import OVERLAP
from practices.webhooks.queue import LEASE, PAUSES, put_again, put_test, send_due, work_off
from tests.factories import make_practice, publish
from tests.practices.mail.smtp import free_port
from tests.practices.test_concurrency import at_once
from tests.practices.webhooks.conftest import make_due, work
from tests.practices.webhooks.receiver import Receiver, certificate_for, receiver

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("site_data")
def test_what_is_published_arrives_signed_through_the_worker(
    webhook: Webhook, server: Receiver
) -> None:
    practice = make_practice(published=True)
    assert server.received == []
    work()
    [message] = server.received
    assert message.event == "practice.published"
    assert message.content["data"]["code"] == practice.code
    assert message.path == "/hook?from=osumi"
    assert message.headers["host"] == f"127.0.0.1:{server.port}"
    assert message.headers["content-type"] == "application/json"
    assert message.signed_by(webhook.secret)
    assert abs(int(message.headers["webhook-timestamp"]) - timezone.now().timestamp()) < 10
    delivery = WebhookDelivery.objects.get()
    assert message.headers["webhook-id"] == delivery.message_id
    assert (delivery.status, delivery.answer, delivery.attempts) == (200, "thank you", 1)
    assert delivery.delivered_at is not None
    assert not DBTaskResult.objects.failed().exists()
    work()
    assert len(server.received) == 1


@pytest.mark.usefixtures("site_data", "webhook")
def test_a_transaction_that_fails_tells_nothing(server: Receiver) -> None:
    with transaction.atomic():
        make_practice(published=True)
        assert PublicChange.objects.exists()
        transaction.set_rollback(True)
    work()
    assert not PublicChange.objects.exists()
    assert server.received == []


@pytest.mark.usefixtures("site_data", "webhook")
def test_a_change_whose_task_was_lost_is_found_by_the_command(server: Receiver) -> None:
    make_practice(published=True)
    DBTaskResult.objects.all().delete()
    call_command("send_webhooks")
    assert server.events == ["practice.published"]


@pytest.mark.usefixtures("site_data")
def test_without_webhooks_nothing_is_written_down() -> None:
    make_practice(published=True)
    assert not PublicChange.objects.exists()


@pytest.mark.usefixtures("site_data")
def test_a_receiver_that_is_down_gets_it_when_it_is_back(webhook: Webhook) -> None:
    port = free_port()
    Webhook.objects.update(url=f"http://127.0.0.1:{port}/")
    make_practice(published=True)
    work()
    delivery = WebhookDelivery.objects.get()
    assert (delivery.attempts, delivery.status, delivery.waits) == (1, None, True)
    assert "ConnectionRefused" in delivery.answer
    # The worker looks again by itself when the message is due.
    assert DBTaskResult.objects.filter(run_after=delivery.not_before).exists()
    with receiver(port=port) as server:
        make_due()
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
        [message] = server.received
        assert message.headers["webhook-id"] == delivery.message_id
        assert message.signed_by(webhook.secret)


@pytest.mark.parametrize("behaviour", ["hang", "drip", "drop"])
def test_a_receiver_without_an_answer_is_left_in_time(
    webhook: Webhook, server: Receiver, behaviour: str
) -> None:
    server.behaviour = behaviour
    put_test(webhook)
    begun = timezone.now()
    assert send_due().postponed == 1
    assert timezone.now() - begun < timedelta(seconds=3)
    delivery = WebhookDelivery.objects.get()
    assert delivery.status is None
    assert delivery.answer
    server.behaviour = "answer"
    make_due()
    assert send_due().sent == 1


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 503])
def test_any_other_answer_is_tried_again(webhook: Webhook, server: Receiver, status: int) -> None:
    server.status = status
    server.answer = b"x" * 5000
    put_test(webhook)
    assert send_due().postponed == 1
    delivery = WebhookDelivery.objects.get()
    assert (delivery.status, len(delivery.answer)) == (status, 1000)


def test_an_answer_is_text_whatever_it_is(webhook: Webhook, server: Receiver) -> None:
    server.answer = b"\x00\xff<script>\r\n"
    put_test(webhook)
    assert send_due().sent == 1
    assert WebhookDelivery.objects.get().answer == "\N{REPLACEMENT CHARACTER}<script>\n"


def test_attempts_come_ever_later_end_and_switch_the_address_off(
    webhook: Webhook, server: Receiver
) -> None:
    server.status = 500
    put_test(webhook)
    other = webhook.deliveries.create(event="practice.updated", code="X", body='{"data": {}}')
    WebhookDelivery.objects.filter(pk=other.pk).update(attempts=3)
    for pause in PAUSES:
        make_due()
        WebhookDelivery.objects.filter(pk=other.pk).update(not_before=timezone.now() + LEASE)
        send_due()
        delivery = WebhookDelivery.objects.exclude(pk=other.pk).get()
        assert delivery.waits
        assert pause - timedelta(minutes=1) < delivery.not_before - timezone.now() <= pause
    assert list(PAUSES) == sorted(PAUSES)
    assert timedelta(days=3) < sum(PAUSES, timedelta()) < timedelta(days=4)
    WebhookDelivery.objects.exclude(pk=other.pk).update(not_before=timezone.now())
    assert send_due().failed == 1
    webhook.refresh_from_db()
    assert not webhook.active
    assert webhook.switched_off_at is not None
    other.refresh_from_db()
    assert other.failed_at is not None  # what waited is given up with it


def test_an_address_that_took_something_meanwhile_stays(webhook: Webhook, server: Receiver) -> None:
    server.status = 500
    put_test(webhook)
    WebhookDelivery.objects.update(attempts=len(PAUSES))
    Webhook.objects.update(taken_at=timezone.now())
    assert send_due().failed == 1
    webhook.refresh_from_db()
    assert webhook.active


def test_an_address_that_is_gone_is_switched_off_at_once(
    webhook: Webhook, server: Receiver
) -> None:
    server.status = 410
    put_test(webhook)
    assert send_due().failed == 1
    webhook.refresh_from_db()
    assert not webhook.active


def test_a_silent_receiver_holds_up_no_other(webhook: Webhook, server: Receiver) -> None:
    silent = Webhook.objects.create(name="Otro", url=f"http://127.0.0.1:{free_port()}/")
    for number in range(3):
        silent.deliveries.create(event="e", code=f"C{number}", body='{"data": {}}')
    put_test(webhook)
    outcome = send_due()
    assert (outcome.sent, outcome.postponed) == (1, 1)  # the silent one is asked once a run


def test_a_practice_is_told_of_in_order(webhook: Webhook, server: Receiver) -> None:
    first, second, other = (
        webhook.deliveries.create(
            event=f"e{number}", code=code, body=f'{{"type": "{number}", "data": {{}}}}'
        )
        for number, code in enumerate(("A", "A", "B"))
    )
    server.status = 500
    send_due()
    assert server.events == ["0", "2"]
    server.status = 200
    WebhookDelivery.objects.filter(pk=other.pk).update(not_before=timezone.now())
    WebhookDelivery.objects.filter(pk=second.pk).update(not_before=timezone.now())
    send_due()
    assert server.events == ["0", "2", "2"]  # the second of A waits for the first
    WebhookDelivery.objects.filter(pk=first.pk).update(not_before=timezone.now())
    send_due()
    assert server.events == ["0", "2", "2", "0", "1"]


def test_a_message_taken_by_another_worker_is_left_to_it_for_a_while(
    webhook: Webhook, server: Receiver
) -> None:
    put_test(webhook)
    WebhookDelivery.objects.update(attempts=1, not_before=timezone.now() + LEASE)
    assert send_due().sent == 0
    make_due()
    assert send_due().sent == 1


@pytest.mark.usefixtures("site_data")
def test_workers_side_by_side_send_each_message_once(webhook: Webhook, server: Receiver) -> None:
    for number in range(10):
        make_practice(slug=f"varias-{number}", published=True)
    outcomes = at_once(lambda _number: work_off(), 3)
    assert sum(outcome.sent for outcome in outcomes) == 10
    ids = [message.headers["webhook-id"] for message in server.received]
    assert len(ids) == len(set(ids)) == 10


def test_send_again_is_the_same_message(webhook: Webhook, server: Receiver) -> None:
    put_test(webhook)
    send_due()
    put_again(WebhookDelivery.objects.get())
    put_again(WebhookDelivery.objects.get())  # one that waits is left as it is
    send_due()
    one, two = server.received
    assert one.headers["webhook-id"] == two.headers["webhook-id"]
    assert one.body == two.body


def test_both_secrets_sign_while_one_takes_over(webhook: Webhook, server: Receiver) -> None:
    before = webhook.secret
    webhook.rotate()
    assert webhook.secret != before
    put_test(webhook)
    send_due()
    Webhook.objects.update(secret_made_at=timezone.now() - OVERLAP)
    put_test(webhook)
    send_due()
    first, second = server.received
    assert first.signed_by(before)
    assert first.signed_by(webhook.secret)
    assert second.signed_by(webhook.secret)
    assert not second.signed_by(before)


def test_what_is_settled_is_forgotten_after_a_month(webhook: Webhook, server: Receiver) -> None:
    for age in (1, 31):
        put_test(webhook)
        send_due()
        WebhookDelivery.objects.filter(created_at__gt=timezone.now() - timedelta(hours=1)).update(
            created_at=timezone.now() - timedelta(days=age)
        )
    work_off()
    assert WebhookDelivery.objects.count() == 1


def test_no_secret_and_no_address_in_the_log(
    webhook: Webhook, server: Receiver, caplog: pytest.LogCaptureFixture
) -> None:
    server.status = 410
    put_test(webhook)
    send_due()
    assert caplog.records
    for secret in (webhook.secret, webhook.secret.split("_")[1], "from=osumi"):
        assert secret not in caplog.text


@pytest.mark.usefixtures("site_data")
def test_nothing_is_sent_of_what_is_no_longer_public(webhook: Webhook, server: Receiver) -> None:
    server.status = 500
    practice = make_practice(published=True)
    work()
    practice.unpublish()
    server.status = 200
    server.received.clear()
    make_due()
    work()
    assert server.events == ["practice.unpublished"]
    put_again(WebhookDelivery.objects.get(event="practice.published"))
    work()
    assert server.events == ["practice.unpublished"]
    publish(practice)
    put_again(WebhookDelivery.objects.get(event="practice.published"))
    work()
    assert server.events[1:] == ["practice.published"] * 2


@pytest.mark.usefixtures("local")
def test_certificates_are_those_of_the_name(
    webhook: Webhook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_for("localhost", tmp_path)
    with receiver(certificate) as server:
        Webhook.objects.update(url=f"https://localhost:{server.port}/hook")
        put_test(webhook)
        assert send_due().postponed == 1  # signed by nobody that is known
        assert "CERTIFICATE_VERIFY_FAILED" in WebhookDelivery.objects.get().answer
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "chain.pem"))
        make_due()
        assert send_due().sent == 1
        [message] = server.received
        assert message.headers["host"] == f"localhost:{server.port}"
        Webhook.objects.update(url=f"https://127.0.0.1:{server.port}/hook")
        put_test(webhook)
        assert send_due().sent == 0  # the certificate names another host
        assert len(server.received) == 1
