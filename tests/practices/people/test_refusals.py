"""What the Secretaría and others cannot do with accounts, by whatever address."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.forms import model_to_dict
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken
from wagtail.users.models import UserProfile

from home.models import User
from tests.practices.people.test_people import ADD, INDEX, person_data

pytestmark = pytest.mark.django_db

ACTIONS = ("", "invite/", "deactivate/", "activate/")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def everything(username: str) -> dict[str, Any]:
    user = User.objects.get(username=username)
    return model_to_dict(user, exclude=["last_login"])


def with_another_group(user: User) -> None:
    user.groups.add(Group.objects.create(name="Otros"))


def with_a_permission(user: User) -> None:
    user.user_permissions.add(Permission.objects.all()[0])


def as_staff(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_staff=True)


def as_superuser(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_superuser=True)


def without_groups(user: User) -> None:
    user.groups.clear()


def as_secretary_too(user: User) -> None:
    user.groups.add(Group.objects.get(name="Secretaría"))


def refuses(client: Client, pk: object) -> None:
    for action in ACTIONS:
        url = f"{INDEX}{pk}/{action}"
        assert client.get(url).status_code == 404, url
        assert client.post(url, person_data()).status_code == 404, url


@pytest.mark.parametrize("username", ["admin", "secretaria", "secretaria-2"])
def test_other_accounts_do_not_exist_there(username: str) -> None:
    before = everything(username)
    refuses(signed_in("secretaria"), User.objects.get(username=username).pk)
    assert everything(username) == before
    assert not mail.outbox


@pytest.mark.parametrize(
    "change",
    [
        with_another_group,
        with_a_permission,
        as_staff,
        as_superuser,
        without_groups,
        as_secretary_too,
    ],
)
def test_an_account_with_anything_else_is_out_of_reach(change: Callable[[User], None]) -> None:
    client, editor = signed_in("secretaria"), User.objects.get(username="editor-pe")
    assert client.get(f"{INDEX}{editor.pk}/").status_code == 200
    change(editor)
    before = everything("editor-pe")
    refuses(client, editor.pk)
    assert everything("editor-pe") == before
    assert "editor-pe" not in client.get(INDEX).content.decode()


@pytest.mark.parametrize("pk", ["99999999", "99999999999999999999999", "abc", "-1"])
def test_unknown_ids_are_not_found(pk: str) -> None:
    refuses(signed_in("secretaria"), pk)


@pytest.mark.parametrize("username", ["editor-pe", "punto-focal-pe", "traduccion-pe"])
def test_people_of_the_countries_see_nothing_of_it(username: str) -> None:
    client, other = signed_in(username), User.objects.get(username="editor-uy")
    before, number = everything("editor-uy"), User.objects.count()
    assert INDEX not in client.get("/admin/").content.decode()
    paths = [INDEX, f"{INDEX}results/", ADD, *(f"{INDEX}{other.pk}/{name}" for name in ACTIONS)]
    for url in [*paths, f"{INDEX}99999999/"]:
        for response in (client.get(url), client.post(url, person_data())):
            assert response.status_code in (302, 405), url
            assert "editor-uy" not in response.content.decode()
    assert everything("editor-uy") == before
    assert User.objects.count() == number


def test_strangers_are_asked_to_sign_in(client: Client) -> None:
    for url in (INDEX, ADD, f"{INDEX}{User.objects.get(username='editor-uy').pk}/deactivate/"):
        assert client.post(url, person_data()).status_code in (302, 405)
        assert client.get(url)["Location"].startswith("/admin/login/")


def test_the_secretariat_sees_it_in_the_menu() -> None:
    assert INDEX in signed_in("secretaria").get("/admin/").content.decode()


@pytest.mark.parametrize("target", ["admin", "secretaria-2", "editor-pe"])
def test_wagtails_own_pages_of_users_stay_closed(target: str) -> None:
    client, user = signed_in("secretaria"), User.objects.get(username=target)
    before, number = everything(target), User.objects.count()
    data = {
        "username": target,
        "email": "mine@example.org",
        "first_name": "A",
        "last_name": "B",
        "password1": "tres-cobres-y-un-rio",
        "password2": "tres-cobres-y-un-rio",
        "is_superuser": "on",
        "is_active": "on",
    }
    urls = [
        reverse("wagtailusers_users:index"),
        reverse("wagtailusers_users:add"),
        *(
            reverse(f"wagtailusers_users:{name}", args=[user.pk])
            for name in ("edit", "delete", "history", "usage", "copy")
        ),
        reverse("wagtailusers_groups:index"),
        reverse("wagtailusers_groups:add"),
        reverse("wagtailusers_groups:edit", args=[Group.objects.get(name="Secretaría").pk]),
    ]
    for url in urls:
        for response in (client.get(url), client.post(url, data)):
            assert response.status_code in (302, 403, 405), url
            assert "example.org" not in response.content.decode(), url
    for action in ("delete", "assign_role", "set_active_state"):
        url = reverse("wagtail_bulk_action", args=["home", "user", action])
        for query in (f"?id={user.pk}", "?id=all"):
            shown = client.get(f"{url}{query}")
            assert f"{target}@example.org" not in shown.content.decode(), url
            client.post(
                f"{url}{query}",
                {"mark_as_active": "", "role": Group.objects.get(name="Secretaría").pk},
            )
    assert everything(target) == before
    assert User.objects.count() == number


def test_api_tokens_are_for_their_owner_alone() -> None:
    secretary, other = signed_in("secretaria"), User.objects.get(username="secretaria-2")
    _token, _secret = APIToken.create_token(user=other, name="theirs")
    add = reverse("wagtailusers_api_tokens:add")
    urls = [
        add,
        reverse("wagtailusers_api_tokens:index"),
        reverse("wagtailusers_api_tokens:edit", args=[_token.pk]),
        reverse("wagtailusers_api_tokens:delete", args=[_token.pk]),
    ]
    for url in urls:
        for response in (secretary.get(url), secretary.post(url, {"name": "x", "user": other.pk})):
            assert response.status_code in (302, 403, 404, 405), url
    # Also where an administrator lets the Secretaría make tokens of its own.
    group = Group.objects.get(name="Secretaría")
    group.permissions.add(
        *Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__endswith="_apitoken"
        )
    )
    for username in ("secretaria", "admin"):
        client = signed_in(username)
        for owner in User.objects.filter(username__in=("admin", "secretaria", "editor-pe")):
            assert client.post(add, {"name": "x", "user": owner.pk}).status_code == 404
        for url in urls[2:]:
            assert client.post(url, {"name": "x"}).status_code == 404
    assert list(APIToken.objects.values_list("name", "revoked_at")) == [("theirs", None)]


@pytest.mark.parametrize("username", ["editor-pe", "secretaria"])
def test_ones_own_account_has_name_language_and_password_alone(username: str) -> None:
    client, url = signed_in(username), reverse("wagtailadmin_account")
    html = client.get(url).content.decode()
    assert 'name="name_email-first_name"' in html
    assert 'name="locale-preferred_language"' in html
    assert 'name="password-new_password1"' in html
    assert 'name="name_email-email"' not in html
    before = everything(username)
    data = {
        "name_email-first_name": "Rosa",
        "name_email-last_name": "Mamani",
        "name_email-email": "other@example.org",
        "locale-preferred_language": "pt-br",
        "locale-current_time_zone": "America/Lima",
        "theme-theme": "dark",
        "theme-contrast": "system",
        "theme-density": "default",
    }
    for name in ("is_superuser", "is_staff", "groups", "username", "email", "user_permissions"):
        value = str(Group.objects.all()[0].pk) if name == "groups" else "on"
        data |= {name: value, f"name_email-{name}": value}
    # The panel of notifications may ask for values of its own.
    form_fields = client.get(url).context["panels_by_tab"]
    for panels in form_fields.values():
        for panel in panels:
            form = panel.get_form()
            for bound in form:
                value = bound.value()
                if value not in (None, "", False):
                    data.setdefault(bound.html_name, value)
    assert client.post(url, data).status_code == 302
    assert everything(username) == before | {"first_name": "Rosa", "last_name": "Mamani"}
    profile = UserProfile.objects.get(user__username=username)
    assert profile.preferred_language == "pt-br"
    # Nobody changes a password without the old one.
    words = {"password-new_password1": "tres-cobres", "password-new_password2": "tres-cobres"}
    assert client.post(url, data | words).status_code == 200
    assert everything(username)["password"] == before["password"]
    changed = client.post(url, data | words | {"password-old_password": "osumi-demo"})
    assert changed.status_code == 302
    assert Client().login(username=username, password="tres-cobres")
