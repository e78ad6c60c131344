"""What is published is what was reviewed, by somebody who did not write it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from wagtail.models import COMMENTS_RELATION_NAME, Comment, TaskState

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from practices.moderation.review import ReviewRefusedError
from tests.factories import make_practice
from tests.forms import complete_data, create, draft_of, edit, form_data

from .steps import actions, decide, person, seen, signed_in, state, stored, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_focal_point(db: None) -> None:
    User.objects.filter(groups__name__startswith="Punto focal").delete()


@pytest.fixture
def secretary(secretariat: User) -> Client:
    return signed_in(secretariat)


@pytest.fixture
def other_secretary(db: None) -> Client:
    return signed_in(person("otra-secretaria", (Role.SECRETARIAT, "")))


@pytest.fixture
def submitted(editor_client: Client) -> PracticePage:
    """A practice of Perú under review."""
    practice = create(editor_client, complete_data())
    submit(editor_client, practice)
    return practice


def autosave(client: Client, practice: PracticePage, **values: object) -> int:
    """What the form sends by itself while somebody types; the status of the answer."""
    page = stored(practice)
    data = complete_data(**values) | {"overwrite_revision_id": str(page.latest_revision_id)}
    url = reverse("wagtailadmin_pages:edit", args=[practice.pk])
    response = client.post(url, data, headers={"accept": "application/json"})
    return response.status_code


def test_an_autosave_between_reading_and_approving_changes_nothing(
    submitted: PracticePage,
    editor_client: Client,
    secretary: Client,
    other_secretary: Client,
    superuser_client: Client,
) -> None:
    text = seen(submitted)
    for client in (editor_client, other_secretary, superuser_client):
        autosave(client, submitted, title="Cambiada a escondidas")
    assert seen(submitted) == text
    decide(secretary, submitted, "approve_and_publish", text)
    assert stored(submitted).title == "Una experiencia"
    assert stored(submitted).live


def test_a_reviewed_revision_is_never_overwritten(
    submitted: PracticePage, editor_client: Client, secretary: Client
) -> None:
    reviewed = stored(submitted).latest_revision
    decide(secretary, submitted, "return", seen(submitted), "Corrija el título")
    autosave(editor_client, submitted, title="Corregida")
    reviewed.refresh_from_db()
    assert reviewed.content["title"] == "Una experiencia"
    assert draft_of(submitted).title == "Corregida"
    assert stored(submitted).latest_revision_id != reviewed.pk
    again = stored(submitted).latest_revision_id
    autosave(editor_client, submitted, title="Corregida otra vez")
    assert stored(submitted).latest_revision_id == again  # unseen ones are, as Wagtail does


def test_a_decision_on_an_older_text_does_nothing_and_says_so(
    submitted: PracticePage, editor_client: Client, secretary: Client
) -> None:
    old = seen(submitted)
    edit(editor_client, submitted, form_data() | {"action-cancel-workflow": "1"})
    submit(editor_client, submitted, title="Otra cosa")
    for action in ("approve_and_publish", "return"):
        response = decide(secretary, submitted, action, old, "Comentario")
        assert state(submitted) == "submitted"
        assert "No se decidió nada" in response.content.decode()
    assert not stored(submitted).live


def test_the_time_of_the_text_counts_as_well_as_its_number(
    submitted: PracticePage, secretary: Client
) -> None:
    text = seen(submitted) | {"revision_created_at": "2020-01-01T00:00:00+00:00"}
    decide(secretary, submitted, "approve_and_publish", text)
    assert not stored(submitted).live


@pytest.mark.parametrize(
    "text", [{}, {"revision": "x", "revision_created_at": ""}, {"revision": None, "unknown": 1}]
)
def test_a_decision_without_the_text_it_is_about_does_nothing(
    submitted: PracticePage, secretary: Client, text: dict[str, object]
) -> None:
    response = decide(secretary, submitted, "approve_and_publish", text)
    assert response.status_code == 200
    assert state(submitted) == "submitted"


def test_the_second_of_two_decisions_is_told_of_the_first(
    submitted: PracticePage, secretary: Client, other_secretary: Client, secretariat: User
) -> None:
    text = seen(submitted)
    task_state = stored(submitted).current_workflow_task_state
    decide(secretary, submitted, "return", text, "Falta una fuente")
    task = task_state.task.specific
    with pytest.raises(ReviewRefusedError, match="Secretaría OSUMI"):
        task.on_action(
            task_state,
            person("tercera", (Role.SECRETARIAT, "")),
            "return",
            **text | {"comment": "x"},
        )
    decide(other_secretary, submitted, "approve_and_publish", text)
    assert state(submitted) == "returned"


def test_nobody_approves_their_own_work(secretary: Client, other_secretary: Client) -> None:
    practice = create(secretary, complete_data())
    submit(secretary, practice)
    response = decide(secretary, practice, "approve_and_publish", seen(practice))
    assert "otra persona" in response.content.decode()
    assert state(practice) == "submitted"
    decide(other_secretary, practice, "approve_and_publish", seen(practice))
    assert state(practice) == "published"


def test_nobody_approves_what_they_edited_last(
    submitted: PracticePage, editor_client: Client, secretary: Client, other_secretary: Client
) -> None:
    decide(secretary, submitted, "return", seen(submitted), "Corrijo yo")
    edit(secretary, submitted, complete_data(title="Corregida por la Secretaría"))
    submit(editor_client, submitted, title="Corregida por la Secretaría")
    editor_text = seen(submitted)
    decide(secretary, submitted, "approve_and_publish", editor_text)
    assert state(submitted) == "published"  # the editor sent it last, and so took it over

    other = create(editor_client, complete_data(title="Otra", slug="otra"))
    edit(secretary, other, complete_data(title="Otra, de la Secretaría", slug="otra"))
    page = stored(other)
    page.get_workflow().start(page, User.objects.get(username="editor-pe"))
    decide(secretary, other, "approve_and_publish", seen(other))
    assert state(other) == "submitted"


def test_a_superuser_may_and_the_log_says_so(superuser_client: Client) -> None:
    practice = create(superuser_client, complete_data())
    submit(superuser_client, practice)
    decide(superuser_client, practice, "approve_and_publish", seen(practice))
    assert state(practice) == "published"
    assert practice.moderation_events.get(action="approved").exceptional


def test_who_is_no_reviewer_decides_nothing(
    submitted: PracticePage, editor: User, editor_client: Client
) -> None:
    task_state = stored(submitted).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        task_state.task.specific.on_action(
            task_state, editor, "approve_and_publish", **seen(submitted)
        )
    decide(editor_client, submitted, "approve_and_publish", seen(submitted))
    assert state(submitted) == "submitted"


def comment_data(text: str) -> dict[str, str]:
    return complete_data() | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
        "comments-0-text": text,
        "comments-0-contentpath": "responsible_entity",
        "comments-0-position": "",
        "comments-0-id": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "1000",
    }


@pytest.mark.parametrize("published", [False, True])
def test_reviewers_comment_without_touching_the_text(
    editor_client: Client, secretary: Client, published: bool
) -> None:
    practice = make_practice(published=published, slug="una-experiencia")
    submit(editor_client, practice)
    text = seen(practice)
    data = comment_data("¿Cuál es la fuente?") | {"title": "Cambiada"}
    assert edit(secretary, practice, data).status_code == 302
    assert seen(practice) == text
    comment = Comment.objects.get(page_id=practice.pk)
    assert comment.text == "¿Cuál es la fuente?"
    assert comment.revision_created_id == text["revision"]
    # Who commented may still decide, and the comment goes with the text to the next round.
    decide(secretary, practice, "return", text, "Vea el comentario")
    edit(editor_client, practice, complete_data(title="Corregida"))
    assert getattr(draft_of(practice), COMMENTS_RELATION_NAME).get().text == comment.text
    submit(editor_client, practice, title="Corregida")
    assert getattr(draft_of(practice), COMMENTS_RELATION_NAME).count() == 1


def test_code_cannot_change_a_text_under_review(submitted: PracticePage) -> None:
    page = draft_of(submitted)
    page.title = "Otra"
    with pytest.raises(PermissionDenied):
        page.save_revision()
    assert TaskState.objects.filter(revision_id=stored(submitted).latest_revision_id).exists()


def test_a_practice_under_review_stays_where_it_is(
    submitted: PracticePage, secretary: Client, superuser_client: Client, editor_client: Client
) -> None:
    from tests.factories import country

    target = country("uy")
    for client in (editor_client, secretary, superuser_client):
        client.post(
            reverse("wagtailadmin_pages:move_confirm", args=[submitted.pk, target.pk]),
            {"slug": "x"},
        )
        assert stored(submitted).country == "pe"
    for client in (editor_client, secretary):
        client.post(reverse("wagtailadmin_pages:delete", args=[submitted.pk]))
        assert PracticePage.objects.filter(pk=submitted.pk).exists()


def test_a_revert_during_review_changes_nothing(editor_client: Client, secretary: Client) -> None:
    practice = create(editor_client, complete_data(title="Primera"))
    first = stored(practice).latest_revision_id
    submit(editor_client, practice, title="Segunda")
    text = seen(practice)
    url = reverse("wagtailadmin_pages:revisions_revert", args=[practice.pk, first])
    for client in (editor_client, secretary):
        client.get(url)
        client.post(
            reverse("wagtailadmin_pages:edit", args=[practice.pk]),
            complete_data(title="Primera") | {"revision": first},
        )
    assert seen(practice) == text
    decide(secretary, practice, "approve_and_publish", text)
    assert stored(practice).title == "Segunda"
    assert actions(practice)[-2:] == ["approved", "published"]
