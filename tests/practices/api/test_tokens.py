"""Tokens: made and revoked by their owners alone, and good for a time."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.models import APIToken, ModelLogEntry

from home.models import User
from practices.models import TokenTerm
from practices.people import accounts
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

V1, V3 = "/api/v1/practices/", "/api/v3/pages/"
LIST, ADD = "/admin/tokens/", "/admin/tokens/add/"


def make(client: Client, **fields: str) -> str:
    """Make a token in the admin; returns its key."""
    answer = client.post(ADD, {"name": "Programa", "days": "30", **fields})
    assert answer.status_code == 200, answer
    found = re.search(r'value="(wagtail_\w+)"', answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def ask(path: str, key: str) -> Any:
    return Client().get(path, headers={"authorization": f"Bearer {key}"})


def refused(path: str, key: str) -> bool:
    answer = ask(path, key)
    if answer.status_code != 401:
        return False
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert json.loads(answer.content)["detail"]
    return True


def test_a_person_makes_a_token_and_sees_its_key_once(editor_client: Client, editor: User) -> None:
    key = make(editor_client, name="Sincronización", days="90")
    token = APIToken.objects.get(user=editor)
    assert (token.name, token.prefix) == ("Sincronización", key[: len(token.prefix)])
    left = token.term.expires_at - timezone.now()
    assert timedelta(days=89) < left <= timedelta(days=90)
    assert ask("/api/v3/whoami/", key).json()["user"]["username"] == editor.username
    html = editor_client.get(LIST).content.decode()
    assert "Sincronización" in html
    assert token.prefix in html
    assert key not in html
    token.refresh_from_db()
    assert token.last_used_at
    entry = ModelLogEntry.objects.filter(action="wagtail.apitoken.create").get()
    assert (entry.user, entry.object_id) == (editor, str(token.pk))
    assert key not in json.dumps(entry.data) + entry.label


@pytest.mark.parametrize("days", ["0", "-1", "3650", "", "1e3", "x"])
def test_no_other_lifetime_than_those_offered(editor_client: Client, days: str) -> None:
    answer = editor_client.post(ADD, {"name": "Programa", "days": days})
    assert answer.context["form"].errors
    assert not APIToken.objects.exists()


@pytest.mark.parametrize("path", [V1, V3, "/api/v3/whoami/", "/api/v3/sites/"])
@pytest.mark.parametrize(
    "key", ["", "x", "wagtail_" + "a" * 33, "\x00", "ñandú".encode().decode("latin-1"), "a b"]
)
def test_what_is_no_token_is_refused(path: str, key: str) -> None:
    assert refused(path, key)


@pytest.mark.parametrize("path", [V1, V3])
def test_a_good_token_opens_and_none_is_anybody(path: str, editor_client: Client) -> None:
    key = make(editor_client)
    assert ask(path, key).status_code == 200
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("path", [V1, V3])
def test_an_expired_token_is_refused(path: str, editor_client: Client) -> None:
    key = make(editor_client)
    TokenTerm.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(path, key)
    assert APIToken.objects.get().last_used_at is None
    with translation.override("es"):
        expired = gettext("Expired")
    assert expired in editor_client.get(LIST).content.decode()


@pytest.mark.parametrize("path", [V1, V3])
def test_a_revoked_token_is_refused(path: str, editor_client: Client, editor: User) -> None:
    key = make(editor_client)
    token = APIToken.objects.get()
    url = f"{LIST}{token.pk}/revoke/"
    assert url in editor_client.get(LIST).content.decode()
    assert "Programa" in editor_client.get(url).content.decode()
    # Looking on revokes nothing.
    token.refresh_from_db()
    assert token.revoked_at is None
    assert not refused(path, key)
    assert editor_client.post(url).status_code == 302
    assert refused(path, key)
    entry = ModelLogEntry.objects.filter(action="wagtail.apitoken.revoke").get()
    assert entry.user == editor
    # A second time there is nothing to revoke.
    assert editor_client.post(url).status_code == 404
    assert url not in editor_client.get(LIST).content.decode()


@pytest.mark.parametrize("path", [V1, V3])
def test_a_token_ends_with_its_owner(
    path: str, editor_client: Client, editor: User, superuser: User
) -> None:
    key = make(editor_client)
    groups = list(editor.groups.all())
    editor.groups.clear()
    assert refused(path, key)
    editor.groups.set(groups)
    assert not refused(path, key)
    User.objects.filter(pk=editor.pk).update(is_active=False)
    assert refused(path, key)
    User.objects.filter(pk=editor.pk).update(is_active=True)
    accounts.deactivate(editor, superuser)
    accounts.activate(editor, superuser)
    assert refused(path, key)


def test_a_bad_token_writes_nothing(editor_client: Client) -> None:
    key = make(editor_client)
    TokenTerm.objects.update(expires_at=timezone.now())
    practice = make_practice()
    body = json.dumps({"title": "Otra"})
    answer = Client().patch(
        f"{V3}{practice.pk}/",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {key}"},
    )
    assert answer.status_code == 401
    practice.refresh_from_db()
    assert practice.title != "Otra"


def test_a_session_does_not_help_a_bad_token(editor_client: Client) -> None:
    for path in (V1, V3):
        answer = editor_client.get(path, headers={"authorization": "Bearer wagtail_no"})
        assert answer.status_code == 401


@pytest.mark.parametrize("header", ["bearer {}", "BEARER {}"])
def test_the_scheme_is_written_in_any_case(header: str, editor_client: Client) -> None:
    key = make(editor_client)
    for path in (V1, V3):
        answer = Client().get(path, headers={"authorization": header.format(key)})
        assert answer.status_code == 200
        answer = Client().get(path, headers={"authorization": header.format("x")})
        assert answer.status_code == 401


def test_nobody_sees_or_revokes_tokens_of_others(
    editor_client: Client, superuser: User, superuser_client: Client
) -> None:
    key = make(editor_client, name="De otra persona")
    token = APIToken.objects.get()
    assert "De otra persona" not in superuser_client.get(LIST).content.decode()
    assert superuser_client.get(f"{LIST}{token.pk}/revoke/").status_code == 404
    assert superuser_client.post(f"{LIST}{token.pk}/revoke/").status_code == 404
    assert ask(V3, key).status_code == 200


def test_wagtails_pages_make_no_tokens_for_others(
    editor: User, secretariat: User, superuser_client: Client
) -> None:
    names = ["add_apitoken", "change_apitoken", "delete_apitoken", "view_apitoken", "change_user"]
    secretariat.user_permissions.set(Permission.objects.filter(codename__in=names))
    manager = Client()
    manager.force_login(secretariat)
    token, _key = APIToken.create_token(user=editor, name="Ajeno")
    for client in (superuser_client, manager):
        assert client.get(reverse("wagtailusers_api_tokens:index")).url == LIST
        add = reverse("wagtailusers_api_tokens:add")
        assert client.get(add).status_code == 404
        assert client.post(add, {"name": "x", "user": editor.pk}).status_code == 404
        for action in ("edit", "delete"):
            url = reverse(f"wagtailusers_api_tokens:{action}", args=[token.pk])
            assert client.get(url).status_code == 404
            assert client.post(url, {"name": "Otro"}).status_code == 404
        assert "/admin/api-tokens/" not in client.get("/admin/").content.decode()
        answer = client.post(ADD, {"name": "x", "days": "30", "user": editor.pk})
        assert answer.status_code == 200
    token.refresh_from_db()
    assert (token.name, token.revoked_at) == ("Ajeno", None)
    assert APIToken.objects.filter(user=editor).count() == 1


def test_every_token_has_an_end(editor: User) -> None:
    token, key = APIToken.create_token(user=editor, name="Por otra vía")
    left = token.term.expires_at - timezone.now()
    assert timedelta(days=89) < left <= timedelta(days=90)
    assert ask(V3, key).status_code == 200
    TokenTerm.objects.all().delete()
    assert refused(V3, key)


def test_pages_of_tokens_are_for_people_of_the_admin(db: None) -> None:
    stranger = User.objects.create_user("extraña", password="x")
    client = Client()
    client.force_login(stranger)
    for path in (LIST, ADD):
        assert client.get(path).status_code == 302
        assert Client().get(path).status_code == 302
    assert client.post(ADD, {"name": "x", "days": "30"}).status_code == 302
    assert not APIToken.objects.exists()


@pytest.mark.parametrize("username", ["editor-pe", "punto-focal-pe", "traduccion-pe", "secretaria"])
def test_each_role_may_hold_tokens(username: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    assert LIST in client.get("/admin/").content.decode()
    assert ask(V3, make(client)).status_code == 200


def test_a_name_is_needed_and_shown_as_text(editor_client: Client) -> None:
    assert editor_client.post(ADD, {"name": " ", "days": "30"}).context["form"].errors
    key = make(editor_client, name="<b>x</b>")
    assert key
    assert "<b>x</b>" not in editor_client.get(LIST).content.decode()


def test_the_last_use_is_kept(editor_client: Client) -> None:
    key = make(editor_client)
    assert APIToken.objects.get().last_used_at is None
    assert ask(V1, key).status_code == 200
    assert APIToken.objects.get().last_used_at
