"""Mails as they leave: through the queue, to a server of the tests."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from home.models import User
from practices.models import ModerationStatus
from practices.moderation.states import State
from tests.practices.mail.smtp import MailServer, mail_server


@pytest.fixture
def queue(settings: Settings) -> Settings:
    """The settings, with mails stored as in production."""
    settings.EMAIL_BACKEND = "practices.mail.backend.QueueBackend"
    settings.PRACTICES_MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_TIMEOUT = 0.3
    return settings


@pytest.fixture
def server(queue: Settings) -> Iterator[MailServer]:
    """A mail server that the queue hands its mails to."""
    with mail_server() as running:
        queue.EMAIL_PORT = running.port
        yield running


@pytest.fixture
def few_people(request: pytest.FixtureRequest, db: None, settings: Settings) -> None:
    """Of the demo's people, one of each role at most, no focal point, and nothing that waits.

    All read English, the language of the code; the language of the mails has a test of its own.
    """
    if "site_data" in request.fixturenames:  # else the demo would come after these changes
        request.getfixturevalue("site_data")
    settings.LANGUAGE_CODE = "en"
    kept = ("admin", "secretaria", "editor-pe", "editor-br")
    User.objects.exclude(username__in=kept).update(is_active=False)
    UserProfile.objects.update(preferred_language="")
    WorkflowState.objects.update(status=WorkflowState.STATUS_CANCELLED)
    ModerationStatus.objects.update(state=State.PUBLISHED)
