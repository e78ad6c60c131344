"""The Secretaría manages the people of the countries."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import APIToken, ModelLogEntry
from wagtail.users.models import UserProfile

from home.models import User
from practices.moderation.access import Role, group_name
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

INDEX = "/admin/people/"
ADD = "/admin/people/add/"


@pytest.fixture
def secretariat_client(secretariat: User) -> Client:
    client = Client()
    client.force_login(secretariat)
    return client


@pytest.fixture
def translator(db: None) -> User:
    return User.objects.get(username="traduccion-pe")


def person_data(**values: Any) -> dict[str, Any]:
    return {
        "first_name": "Ana María",
        "last_name": "D’Ávila-Quispe",
        "email": "Ana.Quispe@example.org",
        "language": "pt-br",
        "editor": ["br", "pe"],
        "translator": ["br"],
    } | values


def link_in(message: Any) -> str:
    found = re.search(r"http://testserver(/password/\S+)", message.body)
    assert found
    return found.group(1)


def html_of(message: Any) -> str:
    return str(message.alternatives[0][0])


def test_a_new_person_is_invited_in_their_language_and_chooses_a_password(
    secretariat_client: Client, client: Client
) -> None:
    response = secretariat_client.post(ADD, person_data(), follow=True)
    assert "Ana María D’Ávila-Quispe" in response.content.decode()
    person = User.objects.get(email="Ana.Quispe@example.org")
    assert person.username == "ana.quispe"
    assert {group.name for group in person.groups.all()} == {"País BR", "País PE", "Traducción BR"}
    assert not (person.is_superuser)
    assert not (person.is_staff)
    assert UserProfile.get_for_user(person).preferred_language == "pt-br"
    (message,) = mail.outbox
    assert message.to == ["Ana.Quispe@example.org"]
    assert "ana.quispe" in message.body
    assert '<html lang="pt-br">' in html_of(message)
    assert link_in(message) in html_of(message)

    page = client.get(link_in(message), follow=True)
    assert '<html lang="pt-br"' in page.content.decode()
    words = {"new_password1": "tres-cobres-y-un-rio", "new_password2": "tres-cobres-y-un-rio"}
    entered = client.post(page.redirect_chain[-1][0], words, follow=True)
    assert entered.redirect_chain[-1][0] == "/admin/"
    assert '<html lang="pt-br"' in entered.content.decode()
    assert Client().login(username="ana.quispe", password="tres-cobres-y-un-rio")
    assert "new_password1" not in Client().get(link_in(message), follow=True).content.decode()
    entry = ModelLogEntry.objects.filter(object_id=str(person.pk), action="wagtail.create").get()
    assert entry.user
    assert entry.user.username == "secretaria"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"first_name": "Ana\nBcc: x@example.org"}, "first_name"),
        ({"last_name": "<b>Quispe</b>"}, "last_name"),
        ({"last_name": "a" * 151}, "last_name"),
        ({"email": "ana"}, "email"),
        ({"email": ""}, "email"),
        ({"email": "ana@example.org\nBcc: x@example.org"}, "email"),
        ({"email": "EDITOR-UY@Example.org"}, "email"),
        ({"email": "ADMIN@example.org"}, "email"),
        ({"language": "fr"}, "language"),
        ({"editor": ["xx"]}, "editor"),
        ({"editor": [], "translator": []}, "__all__"),
    ],
)
def test_what_is_not_valid_is_told(
    secretariat_client: Client, values: dict[str, Any], field: str
) -> None:
    before = User.objects.count()
    response = secretariat_client.post(ADD, person_data(**values))
    assert field in response.context["form"].errors
    assert User.objects.count() == before
    assert not mail.outbox


def test_a_taken_address_says_whose_it_is(secretariat_client: Client, editor: User) -> None:
    User.objects.filter(pk=editor.pk).update(first_name="Rosa", last_name="Mamani")
    data = person_data(email="Editor-PE@example.org")
    errors = secretariat_client.post(ADD, data).context["form"].errors["email"]
    assert "Rosa Mamani" in errors[0]
    User.objects.filter(pk=editor.pk).update(is_active=False)
    told = secretariat_client.post(ADD, data).context["form"].errors["email"]
    assert "Rosa Mamani" in told[0]
    assert told[0] != errors[0]
    hidden = secretariat_client.post(ADD, person_data(email="admin@example.org"))
    assert "admin " not in hidden.context["form"].errors["email"][0]


def test_user_names_are_numbered_where_they_are_taken(secretariat_client: Client) -> None:
    for address in ("rosa@example.org", "Rosa@example.com", "rósa@example.net", "@example.org"):
        secretariat_client.post(ADD, person_data(email=address))
    names = User.objects.filter(username__startswith="rosa").values_list("username", flat=True)
    assert sorted(names) == ["rosa", "rosa-2"]


def test_editing_changes_what_the_form_shows_and_nothing_else(
    secretariat_client: Client, translator: User
) -> None:
    url = f"{INDEX}{translator.pk}/"
    html = secretariat_client.get(url).content.decode()
    assert "traduccion-pe" in html
    for name in ("password", "is_superuser", "is_staff", "groups", "username"):
        assert f'name="{name}"' not in html
    password = translator.password
    data = person_data(
        editor=["uy"],
        translator=[],
        is_superuser="on",
        is_staff="on",
        is_active="",
        username="root",
        password="geheim",
        password1="geheim",
        password2="geheim",
        groups=[str(Group.objects.get(name=str(Role.SECRETARIAT)).pk)],
        user_permissions=[str(Permission.objects.all()[0].pk)],
    )
    assert secretariat_client.post(url, data).status_code == 302
    translator.refresh_from_db()
    assert translator.first_name == "Ana María"
    assert [group.name for group in translator.groups.all()] == ["País UY"]
    assert not (translator.is_superuser)
    assert not (translator.is_staff)
    assert translator.is_active
    assert (translator.username, translator.password) == ("traduccion-pe", password)
    assert not translator.user_permissions.exists()


def test_a_new_address_is_told_to_the_old_one(
    secretariat_client: Client, translator: User, superuser_client: Client
) -> None:
    url = f"{INDEX}{translator.pk}/"
    secretariat_client.post(url, person_data(email="TRADUCCION-PE@example.org"))
    assert not mail.outbox
    secretariat_client.post(url, person_data(email="nueva@example.org"))
    (message,) = mail.outbox
    assert message.to == ["TRADUCCION-PE@example.org"]
    assert '<html lang="pt-br">' in html_of(message)
    assert "nueva@example.org" not in message.body
    users_edit = reverse("wagtailusers_users:edit", args=[translator.pk])
    data = {"username": "traduccion-pe", "first_name": "A", "last_name": "B", "is_active": "on"}
    response = superuser_client.post(users_edit, data | {"email": "otra@example.org"})
    assert response.status_code == 302
    assert mail.outbox[-1].to == ["nueva@example.org"]


def test_a_link_is_sent_again_on_request(secretariat_client: Client, translator: User) -> None:
    url = f"{INDEX}{translator.pk}/invite/"
    password = translator.password
    assert secretariat_client.get(url).status_code == 200
    assert not mail.outbox
    assert secretariat_client.post(url).status_code == 302
    (message,) = mail.outbox
    assert message.to == ["traduccion-pe@example.org"]
    translator.refresh_from_db()
    assert translator.password == password


def test_deactivating_ends_sessions_links_and_tokens_for_good(
    secretariat_client: Client, editor: User, editor_client: Client
) -> None:
    _token, secret = APIToken.create_token(user=editor, name="mine")
    secretariat_client.post(f"{INDEX}{editor.pk}/invite/")
    link = link_in(mail.outbox[0])
    url = f"{INDEX}{editor.pk}/deactivate/"
    assert secretariat_client.get(url).status_code == 200
    assert editor_client.get("/admin/").status_code == 200
    assert secretariat_client.post(url).status_code == 302
    editor.refresh_from_db()
    assert not editor.is_active
    assert editor_client.get("/admin/").status_code == 302
    bearer = {"Authorization": f"Bearer {secret}"}
    assert editor.username not in Client().get("/api/v3/whoami/", headers=bearer).content.decode()

    assert secretariat_client.post(f"{INDEX}{editor.pk}/invite/").status_code == 404
    assert secretariat_client.post(f"{INDEX}{editor.pk}/activate/").status_code == 302
    editor.refresh_from_db()
    assert editor.is_active
    assert editor_client.get("/admin/").status_code == 302
    assert editor.username not in Client().get("/api/v3/whoami/", headers=bearer).content.decode()
    assert "new_password1" not in Client().get(link, follow=True).content.decode()
    invitation = Client().get(link_in(mail.outbox[-1]), follow=True)
    assert "new_password1" in invitation.content.decode()


def test_a_closed_account_chooses_no_password(editor: User, client: Client) -> None:
    from practices.people.mails import send_link

    send_link(editor, "reset")
    User.objects.filter(pk=editor.pk).update(is_active=False)
    page = client.get(link_in(mail.outbox[0]), follow=True)
    assert "new_password1" not in page.content.decode()


def test_a_forgotten_password_is_answered_in_the_persons_language(client: Client) -> None:
    client.post(reverse("wagtailadmin_password_reset"), {"email": "EDITOR-BR@example.org"})
    (message,) = mail.outbox
    assert message.to == ["editor-br@example.org"]
    assert '<html lang="pt-br">' in html_of(message)
    assert '<html lang="pt-br"' in client.get(link_in(message), follow=True).content.decode()
    client.post(reverse("wagtailadmin_password_reset"), {"email": "nobody@example.org"})
    assert len(mail.outbox) == 1


def usernames(client: Client, query: str = "") -> set[str]:
    response = client.get(f"{INDEX}results/{query}")
    assert response.status_code == 200
    return {person.username for person in response.context["object_list"]}


def test_the_list_shows_people_of_the_countries_alone(secretariat_client: Client) -> None:
    html = secretariat_client.get(INDEX).content.decode()
    assert "editor-pe@example.org" in html
    names = usernames(secretariat_client)
    assert {"editor-ar", "editor-br", "punto-focal-pe", "traduccion-pe"} <= names
    assert names.isdisjoint({"admin", "secretaria", "secretaria-2"})


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?role=focal_point", {"punto-focal-pe"}),
        ("?country=pe", {"editor-pe", "punto-focal-pe", "traduccion-pe"}),
        ("?country=pe&country=uy&role=editor", {"editor-pe", "editor-uy"}),
        ("?country=uy&role=translator", set()),
        ("?language=pt-br", {"editor-br", "traduccion-co", "traduccion-pe"}),
        ("?active=false", {"editor-cl"}),
        ("?q=FOCAL", {"punto-focal-pe"}),
        ("?q=focal&country=uy", set()),
        ("?q=admin", set()),
    ],
)
def test_the_list_is_filtered_and_searched(
    secretariat_client: Client, query: str, expected: set[str]
) -> None:
    User.objects.filter(username="editor-cl").update(is_active=False)
    assert usernames(secretariat_client, query) == expected


def test_the_list_takes_the_same_queries_for_more_people(secretariat_client: Client) -> None:
    before = count_queries(secretariat_client, INDEX)
    for number in range(5):
        person = User.objects.create(username=f"más-{number}", email=f"m{number}@example.org")
        person.groups.add(Group.objects.get(name=group_name(Role.EDITOR, "pe")))
        UserProfile.objects.create(user=person, preferred_language="es")
    assert count_queries(secretariat_client, INDEX) == before
