"""Reviewers and authors see what changed, by word, since the text was last seen."""

import re

import pytest
from django.test import Client

from home.models import User
from practices.models import PracticePage
from practices.moderation.changes import changes_url, seen_before
from tests.factories import make_practice
from tests.forms import complete_data, create, edit

from .steps import decide, seen, signed_in, stored, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_focal_point(db: None) -> None:
    User.objects.filter(groups__name__startswith="Punto focal").delete()


@pytest.fixture
def secretary(secretariat: User) -> Client:
    return signed_in(secretariat)


def sections(summary: str) -> dict[str, dict[str, str]]:
    paragraph = "<p>Una frase.</p>"
    names = ("background", "results", "why_good_practice")
    return {"sections": dict.fromkeys(names, paragraph) | {"summary": f"<p>{summary}</p>"}}


def words(html: str, kind: str) -> list[str]:
    return re.findall(rf'<span class="{kind}">([^<]*)</span>', html)


def test_the_first_text_has_nothing_before_it(editor_client: Client) -> None:
    practice = create(editor_client, complete_data())
    submit(editor_client, practice)
    assert seen_before(stored(practice)) is None
    assert changes_url(stored(practice)) == ""


def test_since_the_last_return(editor_client: Client, secretary: Client) -> None:
    practice = create(editor_client, complete_data(**sections("Atiende a personas migrantes.")))
    submit(editor_client, practice, **sections("Atiende a personas migrantes."))
    decide(secretary, practice, "return", seen(practice), "¿A cuántas?")
    submit(editor_client, practice, **sections("Atiende a mil personas migrantes."))
    url = changes_url(stored(practice))
    assert url in secretary.get(f"/admin/pages/{practice.pk}/edit/").content.decode()
    html = secretary.get(url).content.decode()
    assert "2.2" in html
    assert words(html, "addition") == ["mil "] or "mil" in " ".join(words(html, "addition"))
    assert not words(html, "deletion")


def test_since_the_publication(editor_client: Client, secretary: Client) -> None:
    practice = make_practice(published=True, slug="una-experiencia")
    edit(editor_client, practice, complete_data(title="Una experiencia ampliada"))
    submit(editor_client, practice, title="Una experiencia ampliada")
    before = seen_before(stored(practice))
    assert before
    assert before.pk == stored(practice).live_revision_id
    html = secretary.get(changes_url(stored(practice))).content.decode()
    assert " ampliada" in words(html, "addition")


def test_others_do_not_see_the_changes(editor_client: Client, secretary: Client) -> None:
    practice = make_practice(published=True, slug="una-experiencia")
    submit(editor_client, practice, title="Texto aún no público")
    url = changes_url(stored(practice))
    stranger = signed_in(User.objects.get(username="editor-uy"))
    for client in (stranger, Client()):
        response = client.get(url, follow=True)
        assert "Texto aún no público" not in response.content.decode()


def test_the_reason_of_a_return_stands_above_the_form(
    editor_client: Client, secretary: Client
) -> None:
    practice = create(editor_client, complete_data())
    submit(editor_client, practice)
    decide(secretary, practice, "return", seen(practice), "Falta la <b>fuente</b>")
    url = f"/admin/pages/{practice.pk}/edit/"
    html = editor_client.get(url).content.decode()
    assert "Falta la &lt;b&gt;fuente&lt;/b&gt;" in html
    page = PracticePage.objects.get(pk=practice.pk)
    assert page.moderation_events.filter(action="returned").count() == 1


def test_tags_in_another_order_are_no_change(editor_client: Client) -> None:
    practice = make_practice(published=True, slug="una-experiencia", tags=["uno", "dos"])
    edit(editor_client, practice, complete_data(title="Otra", tags="uno, dos"))
    html = editor_client.get(changes_url(stored(practice))).content.decode()
    assert "Otra" in html
    assert ">dos<" not in html
