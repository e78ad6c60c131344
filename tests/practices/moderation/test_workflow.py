"""A practice on its way: submitted, endorsed, returned, withdrawn, approved, published."""

import pytest
from django.test import Client

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from tests.factories import country, make_practice, translate
from tests.forms import complete_data, create, draft_of, edit, form_data

from .steps import actions, decide, person, seen, signed_in, state, stored, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(editor_client: Client) -> PracticePage:
    """A complete draft of Perú."""
    return create(editor_client, complete_data())


@pytest.fixture
def secretary(secretariat: User) -> Client:
    return signed_in(secretariat)


@pytest.fixture
def focal_point(db: None) -> Client:
    User.objects.filter(groups__name="Punto focal PE").delete()
    return signed_in(person("focal", (Role.FOCAL_POINT, "pe")))


@pytest.fixture
def no_focal_point(db: None) -> None:
    User.objects.filter(groups__name__startswith="Punto focal").delete()


def test_a_new_practice_is_a_draft(practice: PracticePage) -> None:
    assert state(practice) == "draft"
    assert actions(practice) == []


def test_from_submission_to_publication(  # noqa: PLR0917 (the people who take part)
    practice: PracticePage,
    editor: User,
    editor_client: Client,
    focal_point: Client,
    secretary: Client,
    secretariat: User,
) -> None:
    submit(editor_client, practice)
    assert state(practice) == "submitted"
    decide(focal_point, practice, "endorse", seen(practice), "De acuerdo")
    assert state(practice) == "endorsed"
    assert not stored(practice).live
    decide(secretary, practice, "approve_and_publish", seen(practice), "Muy útil")
    assert state(practice) == "published"
    assert stored(practice).live
    assert actions(practice) == ["submitted", "endorsed", "approved", "published"]
    events = {event.action: event for event in practice.moderation_events.all()}
    assert events["submitted"].user == editor
    assert events["endorsed"].comment == "De acuerdo"
    assert events["approved"].comment == "Muy útil"
    assert events["published"].user == secretariat
    assert events["submitted"].code == ""
    assert events["published"].code == stored(practice).code
    assert not any(event.exceptional for event in events.values())
    version = stored(practice).record.versions.get()
    assert version.published_by == secretariat


def test_endorsement_is_skipped_and_said_where_there_is_no_focal_point(
    no_focal_point: None, practice: PracticePage, editor_client: Client
) -> None:
    submit(editor_client, practice)
    assert state(practice) == "submitted"
    assert actions(practice) == ["submitted", "endorsement_skipped"]
    assert practice.moderation_events.get(action="endorsement_skipped").comment
    assert stored(practice).current_workflow_task.name == "Revisión de la Secretaría"


def test_an_inactive_focal_point_does_not_hold_a_practice_up(
    no_focal_point: None, practice: PracticePage, editor_client: Client
) -> None:
    gone = person("gone", (Role.FOCAL_POINT, "pe"))
    gone.is_active = False
    gone.save()
    submit(editor_client, practice)
    assert actions(practice) == ["submitted", "endorsement_skipped"]


def test_translations_need_no_endorsement(focal_point: Client, editor: User) -> None:
    original = make_practice(published=True)
    translation = translate(original)
    translation.get_workflow().start(translation, editor)
    assert actions(translation) == ["submitted", "endorsement_skipped"]


def test_a_focal_point_reaches_the_practices_of_its_country_alone(
    focal_point: Client, practice: PracticePage, editor_client: Client
) -> None:
    foreign = make_practice(country("uy"))
    foreign.get_workflow().start(foreign, None)
    own = f"/admin/pages/{practice.pk}/edit/"
    assert focal_point.get(own).status_code == 302  # nothing to endorse yet
    submit(editor_client, practice)
    assert focal_point.get(own).status_code == 200
    assert focal_point.get(f"/admin/pages/{foreign.pk}/edit/").status_code == 302


def test_a_return_tells_the_reason_and_opens_the_text_again(
    no_focal_point: None, practice: PracticePage, editor_client: Client, secretary: Client
) -> None:
    submit(editor_client, practice)
    decide(secretary, practice, "return", seen(practice), "Falta la fuente de las cifras")
    assert state(practice) == "returned"
    html = editor_client.get(f"/admin/pages/{practice.pk}/edit/").content.decode()
    assert "Falta la fuente de las cifras" in html
    edit(editor_client, practice, complete_data(title="Con fuente"))
    assert draft_of(practice).title == "Con fuente"
    assert state(practice) == "returned"


@pytest.mark.parametrize("reason", ["", "   \n"])
def test_a_return_without_a_reason_is_refused(
    no_focal_point: None,
    practice: PracticePage,
    editor_client: Client,
    secretary: Client,
    reason: str,
) -> None:
    submit(editor_client, practice)
    response = decide(secretary, practice, "return", seen(practice), reason)
    assert state(practice) == "submitted"
    assert "corregir" in response.content.decode() or "corrected" in response.content.decode()


def test_a_corrected_text_goes_to_the_focal_point_again(
    practice: PracticePage, editor_client: Client, focal_point: Client, secretary: Client
) -> None:
    submit(editor_client, practice)
    decide(focal_point, practice, "endorse", seen(practice))
    decide(secretary, practice, "return", seen(practice), "Corrija el título")
    submit(editor_client, practice, title="Corregida")
    assert state(practice) == "submitted"
    assert stored(practice).current_workflow_task.name == "Aval del punto focal PE"
    decide(focal_point, practice, "endorse", seen(practice))
    decide(secretary, practice, "approve_and_publish", seen(practice))
    assert stored(practice).title == "Corregida"
    assert actions(practice) == [
        "submitted",
        "endorsed",
        "returned",
        "submitted",
        "endorsed",
        "approved",
        "published",
    ]


def test_authors_withdraw_and_change_again(
    no_focal_point: None, practice: PracticePage, editor_client: Client
) -> None:
    submit(editor_client, practice)
    response = edit(editor_client, practice, form_data() | {"action-cancel-workflow": "1"})
    assert response.status_code == 302
    assert state(practice) == "withdrawn"
    edit(editor_client, practice, complete_data(title="De nuevo"))
    assert draft_of(practice).title == "De nuevo"
    submit(editor_client, practice, title="De nuevo")
    assert state(practice) == "submitted"


def test_a_colleague_of_the_country_withdraws_too(
    no_focal_point: None, practice: PracticePage, editor_client: Client
) -> None:
    submit(editor_client, practice)
    colleague = signed_in(person("colega", (Role.EDITOR, "pe")))
    edit(colleague, practice, form_data() | {"action-cancel-workflow": "1"})
    assert state(practice) == "withdrawn"


def test_reviewers_return_and_do_not_withdraw(
    practice: PracticePage, editor_client: Client, focal_point: Client, secretary: Client
) -> None:
    submit(editor_client, practice)
    for client in (focal_point, secretary):
        edit(client, practice, form_data() | {"action-cancel-workflow": "1"})
        assert state(practice) == "submitted"


def test_a_published_practice_stays_public_until_the_new_text_is_approved(
    no_focal_point: None, editor_client: Client, secretary: Client, client: Client
) -> None:
    practice = make_practice(published=True, title="La pública")
    edit(editor_client, practice, complete_data(title="La nueva", slug=practice.slug))
    assert state(practice) == "draft"
    submit(editor_client, practice, title="La nueva", slug=practice.slug)
    assert state(practice) == "submitted"
    assert "La pública" in client.get(stored(practice).url).content.decode()
    decide(secretary, practice, "approve_and_publish", seen(practice))
    assert "La nueva" in client.get(stored(practice).url).content.decode()


def test_unpublishing_is_the_secretariats(
    editor_client: Client, secretary: Client, secretariat: User
) -> None:
    practice = make_practice(published=True)
    url = f"/admin/pages/{practice.pk}/unpublish/"
    editor_client.post(url)
    assert stored(practice).live
    secretary.post(url)
    assert not stored(practice).live
    assert state(practice) == "unpublished"
    assert practice.moderation_events.get(action="unpublished").user == secretariat


def test_what_waits_goes_on_waiting_when_the_public_version_is_taken_down(
    no_focal_point: None, editor_client: Client, secretary: Client
) -> None:
    practice = make_practice(published=True)
    submit(editor_client, practice, slug=practice.slug)
    secretary.post(f"/admin/pages/{practice.pk}/unpublish/")
    assert state(practice) == "submitted"
    assert actions(practice)[-1] == "unpublished"


def test_a_copy_starts_with_a_state_and_a_log_of_its_own(editor_client: Client) -> None:
    practice = make_practice(published=True)
    copy = practice.copy(update_attrs={"slug": "copia"}, keep_live=False)
    assert state(copy) == "draft"
    assert actions(copy) == []


def test_the_log_outlives_the_page(superuser_client: Client) -> None:
    practice = make_practice(published=True, title="Efímera")
    event = practice.moderation_events.get()
    superuser_client.post(f"/admin/pages/{practice.pk}/delete/")
    event.refresh_from_db()
    assert event.page is None
    assert event.title == "Efímera"
