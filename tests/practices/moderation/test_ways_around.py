"""Detours by which a reviewed text would change, or a practice be stuck."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from taggit.models import Tag
from wagtail.models import Comment, Workflow

from home.models import CustomImage, User
from practices.models import (
    EndorsementTask,
    PracticeIndexPage,
    PracticePage,
    PublicationIndexPage,
    TagIndexPage,
    Theme,
    ThemeIndexPage,
)
from practices.moderation import waiting
from practices.moderation.access import Role
from practices.moderation.roles import country_collection
from tests.factories import make_practice
from tests.forms import complete_data, create, edit
from tests.home.test_pictures import photo

from .steps import actions, decide, person, seen, signed_in, state, stored, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(secretariat: User) -> Client:
    return signed_in(secretariat)


@pytest.fixture
def focal(db: None) -> User:
    User.objects.filter(groups__name="Punto focal PE").delete()
    return person("focal", (Role.FOCAL_POINT, "pe"))


@pytest.fixture
def practice(editor_client: Client) -> PracticePage:
    return create(editor_client, complete_data(tags="reunificación"))


def delete_url(model: str, pk: int) -> str:
    return reverse(f"wagtailsnippets_{model}:delete", args=[pk])


def test_a_tag_of_a_text_under_review_stays(
    practice: PracticePage, editor_client: Client, secretary: Client
) -> None:
    submit(editor_client, practice, tags="reunificación")
    tag = Tag.objects.get(name="reunificación")
    response = secretary.post(delete_url("taggit_tag", tag.pk), follow=True)
    assert "reunificación" in response.content.decode()
    other = Tag.objects.create(name="reagrupación", slug="reagrupacion")
    merge = reverse("wagtailsnippets_taggit_tag:edit", args=[tag.pk])
    secretary.post(merge, {"name": other.name, "merge": "on"})
    assert Tag.objects.filter(pk=tag.pk).exists()


def test_a_theme_that_only_a_draft_has_stays(editor_client: Client, secretary: Client) -> None:
    theme = Theme.objects.create(code="nuevo")
    live = make_practice(published=True, slug="una-experiencia")
    edit(editor_client, live, complete_data(themes=[str(theme.pk)]))
    secretary.post(delete_url("practices_theme", theme.pk))
    assert Theme.objects.filter(pk=theme.pk).exists()
    assert theme.in_use() == [live]


@pytest.mark.parametrize("username", ["editor-pe", "secretaria"])
def test_the_texts_of_a_public_picture_are_the_secretariats(editor: User, username: str) -> None:
    image = CustomImage.objects.create(
        title="La ventanilla",
        file=ContentFile(photo(), name="ventanilla.jpg"),
        collection=country_collection("pe"),
        uploaded_by_user=editor,
    )
    make_practice(published=True, picture=image)
    data = {"title": "Otra cosa", "description": "Otra", "credit": "Otro"}
    data |= {"collection": str(image.collection_id), "tags": ""}
    client = signed_in(User.objects.get(username=username))
    client.post(reverse("wagtailimages:edit", args=[image.pk]), data)
    image.refresh_from_db()
    assert (image.title == "Otra cosa") == (username == "secretaria")


def test_a_deactivated_workflow_lets_nobody_send_and_is_repaired(
    practice: PracticePage, editor_client: Client
) -> None:
    Workflow.objects.filter(name="Revisión PE").update(active=False)
    EndorsementTask.objects.filter(country="pe").update(active=False)
    assert stored(practice).get_workflow() is None
    submit(editor_client, practice)
    assert state(practice) == "draft"
    call_command("sync_roles")
    submit(editor_client, practice)
    assert state(practice) == "submitted"


def test_without_its_focal_point_a_practice_goes_on(
    practice: PracticePage,
    focal: User,
    editor_client: Client,
    secretary: Client,
    secretariat: User,
) -> None:
    submit(editor_client, practice)
    assert not waiting.for_approval().filter(page=practice).exists()
    decide(secretary, practice, "skip", seen(practice))
    assert actions(practice) == ["submitted"]
    focal.is_active = False
    focal.save()
    assert waiting.for_approval().filter(page=practice).exists()
    assert (
        'data-workflow-action-name="skip"'
        in secretary.get(reverse("wagtailadmin_pages:edit", args=[practice.pk])).content.decode()
    )
    decide(secretary, practice, "skip", seen(practice))
    decide(secretary, practice, "approve_and_publish", seen(practice))
    assert actions(practice) == ["submitted", "endorsement_skipped", "approved", "published"]
    skipped = practice.moderation_events.get(action="endorsement_skipped")
    assert skipped.user == secretariat
    assert skipped.comment


def test_a_focal_point_locks_nothing(
    practice: PracticePage, focal: User, editor_client: Client
) -> None:
    submit(editor_client, practice)
    signed_in(focal).post(reverse("wagtailadmin_pages:lock", args=[practice.pk]))
    assert not stored(practice).locked


def test_authors_resolve_comments_of_others_and_do_not_delete_them(
    practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    comment = Comment.objects.create(
        page_id=practice.pk, user=secretariat, text="¿Fuente?", contentpath="title", position=""
    )
    data = complete_data() | {
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "1",
        "comments-0-id": str(comment.pk),
        "comments-0-text": comment.text,
        "comments-0-contentpath": "title",
        "comments-0-position": "",
        "comments-0-resolved": "",
        "comments-0-replies-TOTAL_FORMS": "0",
        "comments-0-replies-INITIAL_FORMS": "0",
        "comments-0-replies-MIN_NUM_FORMS": "0",
        "comments-0-replies-MAX_NUM_FORMS": "1000",
    }
    assert edit(editor_client, practice, data | {"comments-0-DELETE": "on"}).status_code == 200
    assert Comment.objects.filter(pk=comment.pk).exists()
    assert edit(editor_client, practice, data | {"comments-0-resolved": "on"}).status_code == 302
    comment.refresh_from_db()
    assert comment.resolved_at


@pytest.mark.parametrize(
    "model", [PracticeIndexPage, ThemeIndexPage, TagIndexPage, PublicationIndexPage]
)
@pytest.mark.parametrize("view", ["delete", "unpublish"])
def test_the_lists_of_the_collection_stay(
    secretary: Client, model: type[PracticeIndexPage], view: str
) -> None:
    page = model.objects.live().first()
    assert page
    secretary.post(reverse(f"wagtailadmin_pages:{view}", args=[page.pk]))
    assert model.objects.live().filter(pk=page.pk).exists()
    assert not page.permissions_for_user(User.objects.get(username="secretaria")).can_move()


def test_taking_the_public_version_down_keeps_returned(
    editor_client: Client, secretary: Client, focal: User
) -> None:
    practice = make_practice(published=True, slug="una-experiencia")
    submit(editor_client, practice)
    decide(signed_in(focal), practice, "return", seen(practice), "Falta el año")
    secretary.post(reverse("wagtailadmin_pages:unpublish", args=[practice.pk]))
    assert state(practice) == "returned"


def test_a_review_is_not_restarted(
    practice: PracticePage, focal: User, editor_client: Client
) -> None:
    submit(editor_client, practice)
    decide(signed_in(focal), practice, "return", seen(practice), "Falta el año")
    edit(editor_client, practice, complete_data() | {"action-restart-workflow": "1"})
    assert actions(practice) == ["submitted", "returned"]


def test_a_superuser_who_publishes_an_approved_text_again_is_noted(
    editor_client: Client, secretary: Client, superuser: User
) -> None:
    User.objects.filter(groups__name="Punto focal PE").delete()
    practice = create(editor_client, complete_data())
    submit(editor_client, practice)
    decide(secretary, practice, "approve_and_publish", seen(practice))
    stored(practice).get_latest_revision().publish(user=superuser)
    published = practice.moderation_events.filter(action="published")
    assert [event.exceptional for event in published] == [True, False]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/documents/" + "9" * 5000 + "/x", 404),
        ("/admin/practices/" + "9" * 30 + "/force/", 404),
        ("/admin/practices/moderationevent/?at__gte=foo", 302),
    ],
)
def test_odd_addresses_are_no_errors(secretary: Client, path: str, status: int) -> None:
    assert secretary.get(path).status_code == status
