"""Who sees the private contact, and what the log says of it."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.forms import PracticeForm
from practices.models import ContactAccess, PracticeContact, PracticePage
from practices.moderation.access import Role, group_name
from practices.vocabulary import PRIVATE_KEYS
from tests.factories import country, make_practice, translate
from tests.forms import add_url, edit, form_data

pytestmark = pytest.mark.django_db

SENTINEL = "Xochiquetzal"


@pytest.fixture
def practice(db: None) -> PracticePage:
    practice = make_practice(owner=User.objects.get(username="editor-pe"))
    PracticeContact.objects.create(
        translation_key=practice.translation_key,
        contact_name=f"{SENTINEL} Pérez",
        contact_position=f"Cargo {SENTINEL}",
        contact_email=f"{SENTINEL}@example.org",
    )
    return PracticePage.objects.get(pk=practice.pk)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def edit_url(practice: PracticePage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[practice.pk])


def accesses() -> list[tuple[str, str]]:
    return [
        (access.user.username if access.user else "", access.action)
        for access in ContactAccess.objects.order_by("pk")
    ]


@pytest.mark.parametrize("username", ["editor-pe", "secretaria", "admin"])
def test_who_may_see_it_sees_it_and_is_noted(practice: PracticePage, username: str) -> None:
    html = signed_in(username).get(edit_url(practice)).content.decode()
    assert SENTINEL in html
    assert "Contacto privado" in html
    assert accesses() == [(username, "read")]
    line = ContactAccess.objects.get()
    assert (line.translation_key, line.title) == (practice.translation_key, practice.title)


def test_the_focal_point_reads_it_during_its_task(practice: PracticePage) -> None:
    focal_point = signed_in("punto-focal-pe")
    assert focal_point.get(edit_url(practice)).status_code == 302
    assert accesses() == []
    editor = User.objects.get(username="editor-pe")
    practice.get_workflow().start(practice, editor)
    html = focal_point.get(edit_url(practice)).content.decode()
    assert SENTINEL in html
    assert accesses() == [("punto-focal-pe", "read")]
    # A ficha under review takes no other contact either.
    focal_point.post(edit_url(practice), form_data(contact_name="Otra Persona"))
    assert PracticeContact.objects.get(contact_name=f"{SENTINEL} Pérez")
    assert accesses() == [("punto-focal-pe", "read")]


def let_edit(username: str, *roles: tuple[Role, str]) -> Client:
    """A person with these roles, who may edit the originals of Perú by a group of their own."""
    user = User.objects.get(username=username)
    user.groups.set(Group.objects.filter(name__in=[group_name(*role) for role in roles]))
    from wagtail.models import GroupPagePermission

    extra = Group.objects.create(name="Otros")
    GroupPagePermission.objects.create(group=extra, page=country("pe"), permission_type="change")
    user.groups.add(extra)
    return signed_in(username)


@pytest.mark.parametrize(
    "roles",
    [
        [(Role.TRANSLATOR, "pe")],
        [(Role.EDITOR, "uy"), (Role.FOCAL_POINT, "uy")],
    ],
)
def test_whoever_else_edits_has_no_such_fields(
    practice: PracticePage, roles: list[tuple[Role, str]]
) -> None:
    client = let_edit("traduccion-pe", *roles)
    response = client.get(edit_url(practice))
    html = response.content.decode()
    assert response.status_code == 200
    assert 'name="title"' in html
    assert SENTINEL not in html
    for name in PRIVATE_KEYS:
        assert f'name="{name}"' not in html
    titles = [panel.heading for panel in response.context["edit_handler"].visible_children]
    assert "Contato privado" not in [str(title) for title in titles]
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[practice.pk])
    for url in (edit_url(practice), preview):
        answer = client.post(url, form_data(contact_name="Otra Persona", contact_email="x"))
        assert SENTINEL not in answer.content.decode()
    contact = PracticeContact.objects.get(translation_key=practice.translation_key)
    assert contact.contact_name == f"{SENTINEL} Pérez"
    assert accesses() == []


def test_translators_have_neither_field_nor_tab(practice: PracticePage) -> None:
    practice.save_revision().publish(
        user=User.objects.get(username="admin"), skip_permission_checks=True
    )
    translation = translate(PracticePage.objects.get(pk=practice.pk))
    client = signed_in("traduccion-pe")
    response = client.get(edit_url(translation))
    html = response.content.decode()
    assert response.status_code == 200
    assert SENTINEL not in html
    titles = [panel.heading for panel in response.context["edit_handler"].visible_children]
    assert "Contato privado" not in [str(title) for title in titles]
    assert accesses() == []
    assert client.get(edit_url(practice)).status_code == 302


def test_a_form_for_nobody_has_no_contact(practice: PracticePage) -> None:
    form_class: Any = PracticePage.get_edit_handler().get_form_class()
    assert issubclass(form_class, PracticeForm)
    assert set(form_class(instance=practice, parent_page=country("pe")).fields).isdisjoint(
        PRIVATE_KEYS
    )


def test_changes_are_noted_without_what_they_say(
    practice: PracticePage, editor_client: Client
) -> None:
    same = {
        "contact_name": f"{SENTINEL} Pérez",
        "contact_position": f"Cargo {SENTINEL}",
        "contact_email": f"{SENTINEL}@example.org",
    }
    edit(editor_client, practice, form_data(title="Otro título", **same))
    assert accesses() == []
    edit(editor_client, practice, form_data(**same | {"contact_name": "Ana Quispe"}))
    assert accesses() == [("editor-pe", "changed")]
    values = str(ContactAccess.objects.values().get())
    assert SENTINEL not in values
    assert "Quispe" not in values


def test_opening_a_form_without_a_contact_is_no_reading(editor_client: Client) -> None:
    empty = make_practice()
    for url in (add_url(), edit_url(empty)):
        assert editor_client.get(url).status_code == 200
    PracticeContact.objects.create(translation_key=empty.translation_key)
    editor_client.get(edit_url(empty))
    assert accesses() == []


def test_a_refused_form_is_no_reading(practice: PracticePage) -> None:
    for client in (Client(), signed_in("editor-uy"), signed_in("traduccion-pe")):
        assert client.get(edit_url(practice)).status_code == 302
    assert accesses() == []
