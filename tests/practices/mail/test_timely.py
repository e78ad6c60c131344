"""The traffic light, the one reminder and the weekly summary."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from wagtail.models import Page

from home.models import User
from practices.models import MailPreference, ModerationStatus, PracticePage
from practices.moderation.access import Role
from practices.moderation.deadlines import Light, light
from practices.moderation.states import State
from tests.factories import country, make_practice, translate
from tests.forms import complete_data, create
from tests.practices.moderation.steps import decide, person, seen, signed_in, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_people")]


@pytest.fixture
def practice(editor_client: Client) -> PracticePage:
    return create(editor_client, complete_data(title="Una experiencia"))


def let_pass(practice: PracticePage, days: int) -> None:
    """Let days pass since a practice came into its state."""
    since = timezone.now() - timedelta(days=days)
    ModerationStatus.objects.filter(page=practice).update(since=since)


def sent() -> list[tuple[str, str]]:
    """User and subject of the mails sent so far."""
    found = [(message.to[0].split("@")[0], str(message.subject)) for message in mail.outbox]
    mail.outbox.clear()
    return found


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "green"), (4, "green"), (5, "yellow"), (9, "yellow"), (10, "red"), (400, "red")],
)
def test_the_light_of_what_waits(days: int, expected: str) -> None:
    since = timezone.now() - timedelta(days=days, minutes=1)
    for state in (State.SUBMITTED, State.ENDORSED):
        assert light(ModerationStatus(state=state, since=since)) == expected
    for state in (State.DRAFT, State.RETURNED, State.PUBLISHED):
        assert light(ModerationStatus(state=state, since=since)) == "green"


def test_the_days_are_settings(settings: Settings) -> None:
    settings.PRACTICES_REVIEW_DAYS = {"soon": 1, "late": 2}
    since = timezone.now() - timedelta(days=2, minutes=1)
    assert light(ModerationStatus(state=State.SUBMITTED, since=since)) is Light.RED
    assert all(choice.label for choice in Light)


def test_one_reminder_for_each_stay_in_a_state(
    practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    focal = person("focal", (Role.FOCAL_POINT, "pe"))
    submit(editor_client, practice, title="Una experiencia")
    let_pass(practice, 6)
    call_command("send_reminders", stdout=StringIO())
    assert sent() == []
    let_pass(practice, 8)
    for _day in range(2):
        call_command("send_reminders", stdout=StringIO())
    assert sent() == [("focal", "Perú · Una experiencia · reminder: to endorse")]
    decide(signed_in(focal), practice, "endorse", seen(practice))
    let_pass(practice, 8)
    for _day in range(2):
        call_command("send_reminders", stdout=StringIO())
    assert sent() == [("secretaria", "Perú · Una experiencia · reminder: to review")]
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta")
    let_pass(practice, 8)
    for _day in range(2):
        call_command("send_reminders", stdout=StringIO())
    assert sent() == [("editor-pe", "Perú · Una experiencia · reminder: to correct")]


def test_the_secretariat_is_reminded_where_the_endorsement_was_skipped(
    practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    submit(editor_client, practice)
    let_pass(practice, 8)
    MailPreference.objects.create(user=secretariat, wanted="none")
    call_command("send_reminders", stdout=StringIO())
    assert sent() == []
    MailPreference.objects.update(wanted="act")
    call_command("send_reminders", stdout=StringIO())  # nobody was reminded: still due
    assert [user for user, _subject in sent()] == ["secretaria"]


def test_the_summary_says_what_waits_for_whom_and_how_long(
    practice: PracticePage, editor: User, editor_client: Client, secretariat: User
) -> None:
    person("focal", (Role.FOCAL_POINT, "uy"))
    person("translator", (Role.TRANSLATOR, "pe"))
    submit(editor_client, practice, title="Una experiencia")
    let_pass(practice, 12)
    younger = make_practice(title="Más nueva", slug="mas-nueva", owner=editor)
    younger.get_workflow().start(younger, editor)
    let_pass(younger, 3)
    uruguay = make_practice(country("uy"), title="De Uruguay", slug="de-uruguay")
    uruguay.get_workflow().start(uruguay, None)
    draft = make_practice(title="Olvidada", slug="olvidada", owner=editor)
    make_practice(title="Reciente", slug="reciente", owner=editor)
    translation = translate(make_practice(published=True, slug="publica"), title="Tradução")
    long_ago = timezone.now() - timedelta(days=30)
    Page.objects.filter(pk__in=[draft.pk, translation.pk]).update(
        latest_revision_created_at=long_ago
    )
    mail.outbox.clear()
    call_command("send_digest", stdout=StringIO())
    texts = {message.to[0].split("@")[0]: str(message.body) for message in mail.outbox}
    assert set(texts) == {"secretaria", "focal", "editor-pe", "translator"}
    queue = texts["secretaria"]
    assert queue.index("Una experiencia") < queue.index("Más nueva")
    assert "for 12 days" in queue
    assert "Late" in queue
    assert "De Uruguay" not in queue
    assert f"http://testserver/admin/pages/{practice.pk}/edit/" in queue
    assert "De Uruguay" in texts["focal"]
    assert "Una experiencia" not in texts["focal"]
    assert "Olvidada" in texts["editor-pe"]
    assert "for 30 days" in texts["editor-pe"]
    assert "Reciente" not in texts["editor-pe"]
    assert "Tradução" in texts["translator"]
    assert "Olvidada" not in texts["translator"]


def test_the_summary_names_what_was_returned(
    practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    submit(editor_client, practice, title="Una experiencia")
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta")
    mail.outbox.clear()
    output = StringIO()
    call_command("send_digest", "--dry-run", stdout=output)
    assert mail.outbox == []
    assert "To: editor-pe@example.org" in output.getvalue()
    assert "Returned, to correct" in output.getvalue()
    assert "since today" in output.getvalue()
    assert "1 summaries" in output.getvalue()


def test_nothing_waits_or_nobody_asks_for_it(
    practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    call_command("send_digest", stdout=StringIO())
    assert sent() == []
    submit(editor_client, practice)
    MailPreference.objects.create(user=secretariat, digest=False)
    call_command("send_digest", stdout=StringIO())
    assert sent() == []
    MailPreference.objects.update(digest=True, wanted="none")
    secretariat.is_active = False
    secretariat.save()
    call_command("send_digest", stdout=StringIO())
    assert sent() == []
