"""The moderation log: read by who moderates, changed by nobody."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from home.models import User
from practices.models import ModerationEvent
from tests.queries import count_queries

from .conftest import SignIn, decide, submitted

pytestmark = pytest.mark.django_db

LOG = "/admin/practices/moderationevent/"


@pytest.fixture
def event(editor: User, secretariat: User) -> ModerationEvent:
    """A return with a reason."""
    practice = submitted(editor, title="Una experiencia centinela")
    decide(practice, secretariat, "return", "=HYPERLINK(motivo centinela)")
    return ModerationEvent.objects.get(action="returned", page=practice)


def shown(client: Client, **parameters: Any) -> list[ModerationEvent]:
    response = client.get(LOG, parameters)
    assert response.status_code == 200
    return list(response.context["object_list"])


@pytest.mark.parametrize("username", ["secretaria", "admin"])
def test_who_moderates_reads_it(username: str, event: ModerationEvent, sign_in: SignIn) -> None:
    client = sign_in(User.objects.get(username=username))
    page = client.get(LOG).content.decode()
    assert "Una experiencia centinela" in page
    assert f"/admin/pages/{event.page_id}/edit/" in page
    inspected = client.get(f"{LOG}inspect/{event.pk}/")
    assert inspected.status_code == 200
    assert "motivo centinela" in inspected.content.decode()
    assert LOG in client.get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("language", "text"),
    [("es", "El país no tiene punto focal."), ("pt-br", "O país não tem ponto focal.")],
)
def test_why_an_endorsement_was_skipped_is_in_the_readers_language(
    language: str, text: str, event: ModerationEvent, secretariat: User, sign_in: SignIn
) -> None:
    UserProfile.objects.update_or_create(
        user=secretariat, defaults={"preferred_language": language}
    )
    skipped = ModerationEvent.objects.get(action="endorsement_skipped", page=event.page_id)
    client = sign_in(secretariat)
    for path in ("", "?export=csv", f"inspect/{skipped.pk}/"):
        response = client.get(LOG + path)
        assert text in b"".join(response).decode()


@pytest.mark.parametrize(
    "path",
    ["", "?export=csv", "?export=xlsx", "?q=centinela", "?country=pe", "inspect/{pk}/"],
)
@pytest.mark.parametrize("who", ["anonymous", "editor", "focal_point", "translator"])
def test_nobody_else_reads_it(
    path: str, who: str, event: ModerationEvent, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    client = Client() if who == "anonymous" else sign_in(request.getfixturevalue(who))
    url = LOG + path.format(pk=event.pk)
    response = client.get(url)
    assert response.status_code == 302
    assert b"centinela" not in response.content
    ajax = client.get(url, headers={"x-requested-with": "XMLHttpRequest"})
    assert ajax.status_code in (302, 403)


def test_it_stands_in_the_menu_of_who_moderates_alone(
    editor: User, focal_point: User, translator: User, sign_in: SignIn
) -> None:
    for user in (editor, focal_point, translator):
        assert LOG not in sign_in(user).get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["create/", "edit/{pk}/", "delete/{pk}/"])
@pytest.mark.parametrize("username", ["secretaria", "admin", "editor-pe"])
def test_nobody_adds_edits_or_deletes(
    path: str, username: str, event: ModerationEvent, sign_in: SignIn
) -> None:
    client = sign_in(User.objects.get(username=username))
    url = LOG + path.format(pk=event.pk)
    before = ModerationEvent.objects.count()
    for method in (client.get, client.post):
        assert method(url).status_code == 302
        refused = method(url, headers={"x-requested-with": "XMLHttpRequest"})
        assert refused.status_code == 403
    assert ModerationEvent.objects.count() == before
    event.refresh_from_db()
    assert event.title == "Una experiencia centinela"


def test_there_is_no_history_and_no_nonsense(
    event: ModerationEvent, superuser_client: Client
) -> None:
    for path in (f"history/{event.pk}/", "inspect/abc/", "inspect/999999/"):
        assert superuser_client.get(LOG + path).status_code == 404, path


def test_search_and_filters(event: ModerationEvent, secretariat: User, sign_in: SignIn) -> None:
    client = sign_in(secretariat)
    submitted(User.objects.get(username="editor-br"), "br", title="Outra")
    ModerationEvent.objects.filter(pk=event.pk).update(at=timezone.now() - timedelta(days=40))
    assert {line.title for line in shown(client, q="centinela")} == {event.title}
    assert shown(client, q="motivo") == [event]
    assert {line.country for line in shown(client, country="br")} == {"br"}
    assert {line.action for line in shown(client, action__exact="returned")} == {"returned"}
    recent = shown(client, at__gte=(timezone.now() - timedelta(days=7)).isoformat())
    assert event not in recent
    assert recent


@pytest.mark.parametrize(
    "parameters",
    [
        {"user__password__startswith": "nothing"},
        {"user__is_superuser__exact": "1"},
        {"page__owner__password__startswith": "nothing"},
        {"nonsense": "1"},
        {"country": "'"},
        {"action__exact": "nothing"},
        {"o": "99"},
        {"o": "x.y"},
        {"p": "x"},
    ],
)
def test_the_address_tells_nothing_that_the_list_does_not(
    parameters: dict[str, str], event: ModerationEvent, secretariat: User, sign_in: SignIn
) -> None:
    client = sign_in(secretariat)
    found = shown(client, **parameters)
    if "__" in next(iter(parameters)) and "action" not in next(iter(parameters)):
        assert found == shown(client)


def test_exports_are_safe_and_say_their_day(
    event: ModerationEvent, secretariat: User, sign_in: SignIn
) -> None:
    client = sign_in(secretariat)
    response = client.get(LOG, {"export": "csv"})
    assert f"moderation-log-{timezone.localdate()}.csv" in response["Content-Disposition"]
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    rows: list[Any] = list(csv.reader(StringIO(content)))
    sheet = b"".join(client.get(LOG, {"export": "xlsx"}).streaming_content)
    for table in (rows, list(load_workbook(BytesIO(sheet)).active.iter_rows(values_only=True))):
        cells = [str(cell) for row in table for cell in row]
        assert "'=HYPERLINK(motivo centinela)" in cells
        assert "Una experiencia centinela" in cells
        assert "País PE OSUMI" in cells
        assert len(table) == ModerationEvent.objects.count() + 1


def test_hostile_text_is_shown_as_text(editor: User, secretariat: User, sign_in: SignIn) -> None:
    practice = submitted(editor, title="<script>alert(1)</script>")
    decide(practice, secretariat, "return", "<img src=x onerror=alert(2)>")
    client = sign_in(secretariat)
    event = ModerationEvent.objects.get(action="returned", page=practice)
    for url in (LOG, f"{LOG}inspect/{event.pk}/"):
        page = client.get(url).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page


def test_more_lines_need_no_more_queries(editor: User, secretariat: User, sign_in: SignIn) -> None:
    client = sign_in(secretariat)
    for number in range(2):
        submitted(editor, title=f"Enviada {number}")
    before = count_queries(client, LOG)
    for number in range(2, 8):
        submitted(editor, title=f"Enviada {number}")
    assert count_queries(client, LOG) == before
