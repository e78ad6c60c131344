"""The queue: nothing is lost, nothing waits for the mail server, nothing goes out twice."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import BadHeaderError, EmailMessage, EmailMultiAlternatives, send_mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from home.models import User
from practices.mail.queue import LEASE, PAUSES, send_due
from practices.models import QueuedMail
from tests.practices.mail.smtp import MailServer, free_port, mail_server
from tests.practices.test_concurrency import at_once

pytestmark = pytest.mark.django_db


def send(*recipients: str, subject: str = "Aviso") -> None:
    send_mail(subject, "Hola", "osumi@example.org", list(recipients))


def work() -> None:
    """Run the background worker until nothing is left to do now."""
    options = "--backend background --queue-name * --batch --no-reload --no-startup-delay"
    call_command("db_worker", *options.split(), "--verbosity", "0")


def make_due() -> None:
    """Let the time pass until the next attempt."""
    QueuedMail.objects.update(not_before=timezone.now())


def test_a_mail_is_stored_and_each_recipient_gets_one_of_their_own(server: MailServer) -> None:
    send("a@example.org", "b@example.org", "a@example.org")
    assert server.connections == 0
    assert send_due().sent == 2
    assert [mail.recipients for mail in server.received] == [["a@example.org"], ["b@example.org"]]
    assert server.received[0].message["To"] == "a@example.org"
    assert not QueuedMail.objects.exists()


def test_copies_and_headers_name_nobody_else(server: MailServer) -> None:
    EmailMessage(
        "Aviso",
        "Hola",
        "osumi@example.org",
        ["a@example.org"],
        bcc=["b@example.org"],
        cc=["c@example.org"],
        headers={"To": "x@example.org", "Auto-Submitted": "auto-generated"},
        reply_to=["respuesta@example.org"],
    ).send()
    send_due()
    assert sorted(mail.recipients[0] for mail in server.received) == [
        "a@example.org",
        "b@example.org",
        "c@example.org",
    ]
    for mail in server.received:
        assert mail.message["To"] == mail.recipients[0]
        assert mail.message["Cc"] is None
        assert mail.message["Reply-To"] == "respuesta@example.org"
        assert mail.message["Auto-Submitted"] == "auto-generated"


def test_a_mail_arrives_whole(server: MailServer) -> None:
    message = EmailMultiAlternatives(
        "Migración y población", "Texto · ñ", "osumi@example.org", ["a@example.org"]
    )
    message.attach_alternative("<p>Texto · ñ</p>", "text/html")
    message.attach("cifras.csv", "país;año\n", "text/csv")
    message.attach("imagen.png", b"\x89PNG\x00", "image/png")
    message.send()
    send_due()
    [mail] = server.received
    assert mail.message["Subject"] == "Migración y población"
    assert mail.part("plain").strip() == "Texto · ñ"
    assert mail.part("html").strip() == "<p>Texto · ñ</p>"
    attached = {part.get_filename(): part.get_content() for part in mail.message.iter_attachments()}
    assert attached["imagen.png"] == b"\x89PNG\x00"
    assert "país;año" in attached["cifras.csv"]


def test_what_cannot_be_stored_is_refused_aloud(queue: Settings) -> None:
    from email.mime.text import MIMEText

    message = EmailMessage("Aviso", "Hola", "osumi@example.org", ["a@example.org"])
    message.attach(MIMEText("x"))
    with pytest.raises(TypeError):
        message.send()
    with pytest.raises(BadHeaderError):
        EmailMessage(
            "A", "b", "c@example.org", ["a@example.org"], headers={"X": "1\nBcc: x"}
        ).send()
    assert EmailMessage("Aviso", "Hola", "osumi@example.org", []).send() == 0
    assert not QueuedMail.objects.exists()


def test_a_title_with_line_breaks_makes_no_header(server: MailServer) -> None:
    send("a@example.org", subject="Título\nBcc: espia@example.org\r\nX: 1")
    send_due()
    [mail] = server.received
    assert mail.recipients == ["a@example.org"]
    assert mail.message["Subject"] == "Título Bcc: espia@example.org X: 1"
    assert mail.message["Bcc"] is None
    assert mail.message["X"] is None


@pytest.mark.usefixtures("site_data", "queue")
def test_a_transaction_that_fails_sends_nothing() -> None:
    with transaction.atomic():
        send("a@example.org")
        assert QueuedMail.objects.count() == 1
        transaction.set_rollback(True)
    assert not QueuedMail.objects.exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.usefixtures("site_data")
def test_the_worker_is_woken_by_the_commit_and_hands_over(server: MailServer) -> None:
    with transaction.atomic():
        send("a@example.org")
        assert not DBTaskResult.objects.exists()
    work()
    assert [mail.recipients for mail in server.received] == [["a@example.org"]]
    assert not DBTaskResult.objects.failed().exists()


@pytest.mark.usefixtures("site_data")
def test_a_mail_whose_task_was_lost_is_found_by_the_command(server: MailServer) -> None:
    send("a@example.org")
    DBTaskResult.objects.all().delete()
    call_command("send_mail_queue")
    assert len(server.received) == 1


@pytest.mark.usefixtures("site_data")
def test_a_server_that_is_down_gets_the_mails_when_it_is_back(queue: Settings) -> None:
    queue.EMAIL_PORT = port = free_port()
    send("a@example.org", "b@example.org")
    work()
    first, second = QueuedMail.objects.order_by("pk")
    assert (first.attempts, second.attempts) == (1, 0)  # a dead server is asked once a run
    assert "ConnectionRefused" in first.reason
    assert first.failed_at is None
    # The worker looks again by itself when the mail is due.
    assert DBTaskResult.objects.filter(run_after=first.not_before).exists()
    with mail_server(port) as server:
        make_due()
        DBTaskResult.objects.update(run_after=timezone.now())
        work()
        assert len(server.received) == 2
    assert not QueuedMail.objects.exists()


def test_a_server_that_hangs_or_hangs_up_keeps_the_mail(server: MailServer) -> None:
    send("a@example.org")
    for behaviour in ("hang", "drop"):
        server.behaviour = behaviour
        outcome = send_due()
        assert (outcome.sent, outcome.postponed) == (0, 1)
        make_due()
    assert server.received == []
    server.behaviour = "accept"
    send_due()
    assert len(server.received) == 1


def test_a_refused_recipient_does_not_hold_up_the_others(server: MailServer) -> None:
    server.refusals = {"lejos@example.org": "550 no such user", "luego@example.org": "450 later"}
    send("lejos@example.org", "luego@example.org", "a@example.org")
    outcome = send_due()
    assert (outcome.sent, outcome.postponed, outcome.failed) == (1, 1, 1)
    failed, postponed = QueuedMail.objects.order_by("-failed_at", "recipient")
    if failed.failed_at is None:
        failed, postponed = postponed, failed
    assert (failed.recipient, failed.reason) == ("lejos@example.org", "550 no such user")
    assert (postponed.recipient, postponed.reason) == ("luego@example.org", "450 later")
    make_due()
    server.refusals = {}
    assert send_due().sent == 1  # what was refused for good is not tried again by itself
    call_command("send_mail_queue", "--retry-failed")
    assert len(server.to("lejos@example.org")) == 1


def test_attempts_come_ever_later_and_end(server: MailServer) -> None:
    server.refusals = {"a@example.org": "450 later"}
    send("a@example.org")
    for pause in PAUSES:
        make_due()
        send_due()
        mail = QueuedMail.objects.get()
        assert mail.failed_at is None
        assert pause - timedelta(minutes=1) < mail.not_before - timezone.now() <= pause
    assert list(PAUSES) == sorted(PAUSES)
    make_due()
    assert send_due().failed == 1
    mail = QueuedMail.objects.get()
    assert (mail.failed_at is None, mail.attempts, mail.reason) == (
        False,
        len(PAUSES) + 1,
        "450 later",
    )


def test_each_attempt_is_the_same_mail(server: MailServer) -> None:
    """A receiver that took a mail which our side believes lost knows the copy by its id."""
    send("a@example.org")
    mail = QueuedMail.objects.get()
    one, two = (mail.message().message() for _attempt in range(2))
    assert one["Message-ID"] == two["Message-ID"]
    assert one["Date"] == two["Date"]


def test_a_mail_taken_by_another_worker_is_left_to_it_for_a_while(server: MailServer) -> None:
    """As a worker leaves it that died between taking and handing over."""
    send("a@example.org")
    taken_at = timezone.now()
    QueuedMail.objects.update(attempts=1, not_before=taken_at + LEASE)
    assert send_due().sent == 0
    QueuedMail.objects.update(not_before=taken_at)
    assert send_due().sent == 1


@pytest.mark.usefixtures("site_data")
def test_workers_side_by_side_send_each_mail_once(server: MailServer) -> None:
    addresses = [f"persona{number}@example.org" for number in range(12)]
    send(*addresses)
    outcomes = at_once(lambda _number: send_due(), 4)
    assert sum(outcome.sent for outcome in outcomes) == len(addresses)
    assert sorted(mail.recipients[0] for mail in server.received) == sorted(addresses)


def test_a_mail_that_ends_each_worker_is_given_up(server: MailServer) -> None:
    send("a@example.org")
    QueuedMail.objects.update(attempts=len(PAUSES) + 1)
    send_due()
    assert server.received == []
    assert QueuedMail.objects.get().failed_at is not None


@pytest.mark.usefixtures("server")
def test_files_take_the_place_of_the_server_in_development(queue: Settings, tmp_path: Path) -> None:
    queue.PRACTICES_MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
    queue.EMAIL_FILE_PATH = str(tmp_path)
    send("a@example.org", "b@example.org")
    send_due()
    # Two mails of one second may come to lie in one file.
    written = "".join(path.read_text() for path in tmp_path.iterdir())
    assert written.count("\nTo: ") == 2


def test_a_forgotten_password_waits_for_no_mail_server(
    server: MailServer, editor: User, client: Client
) -> None:
    server.behaviour = "hang"
    response = client.post(reverse("wagtailadmin_password_reset"), {"email": editor.email})
    assert response.status_code == 302
    assert server.connections == 0
    assert QueuedMail.objects.get().recipient == editor.email


def test_superusers_see_what_was_not_delivered_and_why(
    superuser_client: Client, editor_client: Client, secretariat: User, server: MailServer
) -> None:
    server.refusals = {"a@example.org": "550 no such user"}
    send("a@example.org", subject="Invitación")
    send("b@example.org", subject="Otra")
    send_due()
    url = reverse("undelivered_mail:index")
    page = superuser_client.get(url)
    assert "550 no such user" in page.content.decode()
    assert "b@example.org" not in page.content.decode()
    mail: Any = QueuedMail.objects.get()
    inspected = superuser_client.get(reverse("undelivered_mail:inspect", args=[mail.pk]))
    assert "Invitación" in inspected.content.decode()
    assert "Hola" not in inspected.content.decode()
    assert superuser_client.get(reverse("undelivered_mail:add")).status_code == 302
    assert superuser_client.get(reverse("undelivered_mail:edit", args=[mail.pk])).status_code == 302
    secretary = Client()
    secretary.force_login(secretariat)
    for other in (editor_client, secretary):
        for name, args in (("index", []), ("inspect", [mail.pk]), ("delete", [mail.pk])):
            response = other.get(reverse(f"undelivered_mail:{name}", args=args))
            assert response.status_code == 302
    superuser_client.post(reverse("undelivered_mail:delete", args=[mail.pk]))
    assert not QueuedMail.objects.exists()
