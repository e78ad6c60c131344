"""Receivers, and webhooks that tell them."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from practices.models import Webhook, WebhookDelivery, WebhookEvent
from practices.webhooks import sending
from tests.practices.webhooks.receiver import Receiver, receiver


@pytest.fixture
def local(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine may be told, and nobody waits for long."""
    settings.PRACTICES_WEBHOOKS_LOCAL = True
    monkeypatch.setattr(sending, "PATIENCE", 0.5)


@pytest.fixture
def server(local: None) -> Iterator[Receiver]:
    with receiver() as running:
        yield running


@pytest.fixture
def webhook(request: pytest.FixtureRequest, db: None, server: Receiver) -> Webhook:
    """A webhook of all events, told to `server`."""
    if "site_data" in request.fixturenames:  # else the demo would come after it
        request.getfixturevalue("site_data")
    return Webhook.objects.create(
        name="Ministerio", url=server.url, events=list(WebhookEvent.values)
    )


def work() -> None:
    """Run the background worker until nothing is left to do now."""
    options = "--backend background --queue-name * --batch --no-reload --no-startup-delay"
    call_command("db_worker", *options.split(), "--verbosity", "0")


def make_due() -> None:
    """Let the time pass until the next attempt."""
    WebhookDelivery.objects.update(not_before=timezone.now())
