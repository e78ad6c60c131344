"""No mail lacks a translation: every wording, every step of moderation, every template."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Comment, Page

from home.models import User
from practices.mail import wording
from practices.mail.compose import about_practice
from practices.mail.notices import WRITERS, mails_on
from practices.mail.wording import Wording
from practices.models import ModerationEvent, ModerationStatus, PracticePage
from practices.moderation.access import Role
from practices.moderation.states import Action
from practices.people import mails as people_mails
from tests.factories import make_practice, publish, translate
from tests.forms import complete_data, create
from tests.messages import everybody_reads, lookups, of_mails, rendered
from tests.practices.moderation.steps import decide, person, seen, signed_in, stored, submit

pytestmark = pytest.mark.django_db

LANGUAGES = ["es", "pt-br"]
Mails = Iterator[EmailMultiAlternatives]


@pytest.fixture
def practice(editor_client: Client, secretariat: User) -> PracticePage:
    """A draft of Perú with a comment on each kind of place."""
    practice = create(editor_client, complete_data(title="Una experiencia"))
    block = next(block for block in practice.sections if block.block_type == "summary")
    for place in ("title", "slug", "tags", "contact_name", f"sections.{block.id}"):
        Comment.objects.create(page=practice, user=secretariat, text="¿?", contentpath=place)
    return practice


def of_every_wording(practice: PracticePage, reader: User) -> Mails:
    """What each wording says, in singular and plural, of somebody and of nobody."""
    for text in vars(wording).values():
        if isinstance(text, Wording):
            for days, author in ((1, reader), (2, None)):
                yield about_practice(
                    reader,
                    practice,
                    text,
                    person=author,
                    quote="Porque sí",
                    days=days,
                    notes=(wording.NO_FOCAL_POINT, wording.TRANSLATION),
                    with_comments=True,
                )


@pytest.fixture
def outdated(editor: User) -> PracticePage:
    """A translation whose original was changed and published again."""
    original = make_practice(published=True, slug="publica", owner=editor)
    translation = translate(original, published=True)
    original.title = "Otro título"
    publish(original)
    return translation


def of_every_event(practices: list[PracticePage], user: User) -> Mails:
    """What people are told of each kind of event, after a round of review."""
    for action in WRITERS:
        mails = []
        for practice in practices:
            for step in (Action.SUBMITTED, Action.ENDORSED, action):
                event = ModerationEvent.objects.create(
                    page=practice, action=step, user=user, comment="1.2, 2.1"
                )
            mails += mails_on(event)
        assert mails, f"nobody is told: {action}"
        yield from mails


def of_waiting() -> Mails:
    """Reminders and weekly summaries, after a while and after a long one."""
    for days in (0, 1, 6, 30):
        since = timezone.now() - timedelta(days=days, minutes=1)
        ModerationStatus.objects.update(since=since, reminded_at=None)
        Page.objects.filter(slug="vieja").update(latest_revision_created_at=since)
        for command in ("send_digest", "send_reminders"):
            mail.outbox.clear()
            call_command(command, verbosity=0)
            yield from sent()


def of_accounts(user: User) -> Mails:
    """Invitation, forgotten password, changed address."""
    mail.outbox.clear()
    people_mails.send_link(user, "invitation")
    people_mails.send_link(user, "reset")
    people_mails.send_notice(user, "antes@example.org")
    yield from sent()


def sent() -> Iterator[Any]:
    yield from mail.outbox


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_mail_is_translated(
    practice: PracticePage,
    outdated: PracticePage,
    language: str,
    editor: User,
    secretariat: User,
) -> None:
    focal = person("focal", (Role.FOCAL_POINT, "pe"))
    person("translator", (Role.TRANSLATOR, "pe"))
    make_practice(slug="vieja", owner=editor)
    everybody_reads(language)
    reader = User.objects.get(pk=editor.pk)
    with rendered() as names, lookups() as missing:
        written = [*of_every_wording(practice, reader)]
        written += of_every_event([practice, outdated], secretariat)
        submit(signed_in(reader), practice, title="Una experiencia")
        written += of_waiting()
        decide(signed_in(focal), practice, "endorse", seen(practice))
        written += of_waiting()
        decide(signed_in(secretariat), practice, "return", seen(practice), "Falta")
        written += of_waiting()
        written += of_accounts(reader)
    assert stored(practice).moderation.state == "returned"
    assert of_mails() - names == set(), "templates that this test does not reach"
    assert missing == set()
    for message in written:
        [(html, _kind)] = message.alternatives
        assert f'<html lang="{language}">' in str(html)
