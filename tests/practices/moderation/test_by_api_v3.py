"""The life of a practice by API v3, as far as v3 has the verbs: the rules are the admin's."""

import pytest
from django.test import Client

from home.models import User
from practices.models import PracticePage
from tests.forms import complete_data, create, draft_of
from tests.practices.test_api_v3 import Api

from .steps import actions, decide, seen, signed_in, state, stored, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_focal_point(db: None) -> None:
    User.objects.filter(groups__name__startswith="Punto focal").delete()


def test_the_life_of_a_practice(editor: User, secretariat: User) -> None:
    api, secretary_api = Api(editor), Api(secretariat)
    status, answer = api.create(title="Por la API")
    assert status == 201
    practice = PracticePage.objects.get(pk=answer["id"])
    assert state(practice) == "draft"
    long = "<p>" + "palabra " * 400 + "</p>"
    sections = [{"type": "summary", "value": long}]
    assert api.patch(practice, sections=sections)[0] == 200
    assert draft_of(practice).section_html("summary").count("palabra") == 400

    # Sending, deciding and archiving are no verbs of v3; the admin's rules hold for its others.
    editor_client, secretary = signed_in(editor), signed_in(secretariat)
    submit(editor_client, practice, slug=practice.slug)
    text = seen(practice)
    assert api.patch(practice, title="Cambiada")[0] == 403
    assert secretary_api.patch(practice, title="Cambiada")[0] == 422
    assert secretary_api.send("DELETE", f"/api/v3/pages/{practice.pk}/")[0] == 403
    assert seen(practice) == text
    decide(secretary, practice, "return", text, "Corrija el título")
    assert api.patch(practice, title="Corregida")[0] == 200
    submit(editor_client, practice, title="Corregida", slug=practice.slug)
    decide(secretary, practice, "approve_and_publish", seen(practice))
    assert state(practice) == "published"
    status, answer = Api(None).send("GET", f"/api/v3/pages/{practice.pk}/")
    assert (status, answer["title"]) == (200, "Corregida")

    assert api.patch(practice, title="En curso")[0] == 200
    assert Api(None).send("GET", f"/api/v3/pages/{practice.pk}/")[1]["title"] == "Corregida"
    assert state(practice) == "draft"
    unpublish = f"/api/v3/pages/{practice.pk}/actions/unpublish/"
    assert api.send("POST", unpublish)[0] == 403
    assert secretary_api.send("POST", unpublish)[0] == 200
    assert state(practice) == "unpublished"
    assert practice.moderation_events.first().user == secretariat


def test_a_revert_under_review_is_refused(editor_client: Client, editor: User) -> None:
    practice = create(editor_client, complete_data(title="Primera"))
    first = stored(practice).latest_revision_id
    submit(editor_client, practice, title="Segunda")
    text = seen(practice)
    revert = f"/api/v3/pages/{practice.pk}/actions/revert/"
    status, _answer = Api(editor).send("POST", revert, revision_id=first)
    assert status == 403
    assert seen(practice) == text
    assert actions(practice)[0] == "submitted"
