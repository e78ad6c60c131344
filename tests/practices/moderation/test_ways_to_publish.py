"""Publishing a practice is only the end of its workflow, whatever way is tried."""

import pytest
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from tests.factories import country, make_practice
from tests.forms import add_url, complete_data, create, edit
from tests.practices.test_api_v3 import Api

from .steps import actions, person, signed_in, state, stored, submit

pytestmark = pytest.mark.django_db

ROLES = [(Role.SECRETARIAT, ""), (Role.EDITOR, "pe"), (Role.FOCAL_POINT, "pe")]


@pytest.fixture(params=ROLES, ids=lambda role: role[0].name.lower())
def user(request: pytest.FixtureRequest) -> User:
    """Somebody of each role that meets practices of Perú."""
    return person("alguien", request.param)


@pytest.fixture(params=["draft", "submitted"])
def practice(request: pytest.FixtureRequest, editor_client: Client) -> PracticePage:
    page = create(editor_client, complete_data())
    if request.param == "submitted":
        submit(editor_client, page)
    return page


def assert_not_published(practice: PracticePage, before: str) -> None:
    assert not stored(practice).live
    assert state(practice) == before
    assert "withdrawn" not in actions(practice)


def test_edit(practice: PracticePage, user: User) -> None:
    before = state(practice)
    edit(signed_in(user), practice, complete_data() | {"action-publish": "1"})
    assert_not_published(practice, before)


def test_bulk_action(practice: PracticePage, user: User) -> None:
    before = state(practice)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    signed_in(user).post(f"{url}?id={practice.pk}&next=/admin/")
    assert_not_published(practice, before)


def test_create(user: User) -> None:
    client = signed_in(user)
    client.post(add_url(), complete_data(slug="nueva") | {"action-publish": "1"})
    assert not PracticePage.objects.filter(slug="nueva", live=True).exists()


def test_api_v3(practice: PracticePage, user: User) -> None:
    before = state(practice)
    api = Api(user)
    status, _answer = api.send("POST", f"/api/v3/pages/{practice.pk}/actions/publish/")
    assert status in {403, 404}
    status, _answer = api.patch(practice, meta={"action": "publish"}, title="Por la API")
    assert status in {403, 404, 422}
    meta = {"type": "practices.PracticePage", "parent_id": country("pe").pk, "action": "publish"}
    api.send("POST", "/api/v3/pages/", meta=meta, title="Nueva por la API")
    assert not PracticePage.objects.filter(title="Nueva por la API", live=True).exists()
    assert_not_published(practice, before)


def test_api_v3_reverts_and_copies_nothing_into_the_public(
    practice: PracticePage, user: User
) -> None:
    before = state(practice)
    api = Api(user)
    revision = stored(practice).revisions.first()
    api.send("POST", f"/api/v3/pages/{practice.pk}/actions/revert/", revision_id=revision.pk)
    published = make_practice(published=True, slug="publicada")
    for page, body in ((practice, {}), (published, {"keep_live": True})):
        api.send("POST", f"/api/v3/pages/{page.pk}/actions/copy/", slug="copia", **body)
    assert not PracticePage.objects.filter(slug="copia", live=True).exists()
    assert_not_published(practice, before)


def test_admin_api(practice: PracticePage, user: User) -> None:
    before = state(practice)
    client = signed_in(user)
    for action in ("publish", "revert_to_page_revision"):
        client.post(
            f"/admin/api/main/pages/{practice.pk}/action/{action}/",
            {"revision_id": stored(practice).latest_revision_id},
            content_type="application/json",
        )
    assert_not_published(practice, before)


def test_admin_copy_does_not_publish(user: User) -> None:
    practice = make_practice(published=True, slug="publicada")
    signed_in(user).post(
        reverse("wagtailadmin_pages:copy", args=[practice.pk]),
        {
            "new_title": "Copia",
            "new_slug": "copia",
            "new_parent_page": country("pe").pk,
            "publish_copies": "on",
        },
    )
    assert not PracticePage.objects.filter(slug="copia", live=True).exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("owner", "1"),
        ("live", "on"),
        ("country", "uy"),
        ("go_live_at", "2030-01-01 00:00"),
        ("expire_at", "2030-01-01 00:00"),
        ("locked", "on"),
    ],
)
def test_what_nobody_may_set_is_refused(
    editor_client: Client, superuser_client: Client, name: str, value: str
) -> None:
    practice = create(editor_client, complete_data())
    before = PracticePage.objects.filter(pk=practice.pk).values().get()
    for client in (editor_client, superuser_client):
        response = edit(client, practice, complete_data(title="Otra") | {name: value})
        assert response.status_code == 200
        assert name in str(response.context["form"].non_field_errors())
        assert (
            editor_client.post(add_url(), complete_data(slug="x") | {name: value}).status_code
            == 200
        )
    assert PracticePage.objects.filter(pk=practice.pk).values().get() == before


@pytest.mark.parametrize("name", ["owner", "live", "country", "go_live_at", "expire_at"])
def test_api_v3_refuses_it_too(editor: User, name: str) -> None:
    practice = make_practice(owner=editor)
    status, _answer = Api(editor).patch(practice, **{name: "2030-01-01T00:00:00Z"})
    assert status == 422
    status, _answer = Api(editor).create(title="Nueva", **{name: "2030-01-01T00:00:00Z"})
    assert status == 422


def test_a_superuser_may_and_the_log_says_so(
    practice: PracticePage, superuser: User, superuser_client: Client
) -> None:
    edit(superuser_client, practice, complete_data() | {"action-publish": "1"})
    event = practice.moderation_events.first()
    if stored(practice).live:
        assert event.action == "published"
        assert event.exceptional
        assert event.user == superuser
        assert state(practice) == "published"
    else:
        pytest.fail("A superuser could not publish.")
