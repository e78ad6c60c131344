"""Around the form of a practice: private contact, previews, translations, comparison."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import FormState

from practices.models import PracticeContact
from tests.factories import country, make_practice, translate
from tests.forms import complete_data, create, draft_of, edit, form_data

pytestmark = pytest.mark.django_db


def test_the_contact_is_kept_beside_the_page(editor_client: Client) -> None:
    practice = create(
        editor_client,
        form_data(
            contact_name="Ana Quispe",
            contact_position="Directora",
            contact_email="ana@example.org",
        ),
    )
    contact = PracticeContact.objects.get(translation_key=practice.translation_key)
    assert (contact.contact_name, contact.contact_email) == ("Ana Quispe", "ana@example.org")
    html = editor_client.get(
        reverse("wagtailadmin_pages:edit", args=[practice.pk])
    ).content.decode()
    assert "ana@example.org" in html
    assert "Quispe" not in str(practice.get_latest_revision().content)
    edit(editor_client, practice, form_data(contact_name=""))
    contact.refresh_from_db()
    assert contact.contact_name == ""


def test_a_preview_neither_keeps_nor_changes_the_contact(editor_client: Client) -> None:
    practice = create(editor_client, form_data(contact_name="Ana Quispe"))
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[practice.pk])
    answer = editor_client.post(url, form_data(title="Vista previa", contact_name="Otra Persona"))
    assert answer.json() == {"is_valid": True, "is_available": True}
    html = editor_client.get(url).content.decode()
    assert "Vista previa" in html
    assert "Persona" not in FormState.objects.get().data
    contact = PracticeContact.objects.get(translation_key=practice.translation_key)
    assert contact.contact_name == "Ana Quispe"


def test_a_new_practice_can_be_previewed(editor_client: Client) -> None:
    parent = country("pe")
    url = reverse(
        "wagtailadmin_pages:preview_on_add", args=["practices", "practicepage", parent.pk]
    )
    answer = editor_client.post(url, complete_data(territorial_level=["provincial"]))
    assert answer.json()["is_available"]
    response = editor_client.get(url)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Provincial" in html
    assert "Ministerio de Salud" in html
    assert "Perú" in html


def test_a_draft_shows_its_own_facts(superuser_client: Client) -> None:
    practice = make_practice(published=True)
    edit(superuser_client, practice, complete_data(territorial_level=["local"]))
    html = superuser_client.get(
        reverse("wagtailadmin_pages:view_draft", args=[practice.pk])
    ).content.decode()
    assert "Ministerio de Educación" in html
    levels = re.search(r"(?s)Nivel territorial de aplicación.*?</dd>", html)
    assert levels
    assert "Local" in levels.group()
    assert "Nacional" not in levels.group()


def test_the_translation_has_no_contact_and_no_shared_fields(superuser_client: Client) -> None:
    practice = make_practice(published=True)
    PracticeContact.objects.create(
        translation_key=practice.translation_key, contact_name="Ana Quispe"
    )
    translation = translate(practice)
    url = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    html = superuser_client.get(url).content.decode()
    assert "Quispe" not in html
    assert 'name="responsible_entity"' not in html
    assert 'name="categories"' not in html
    assert 'name="references-TOTAL_FORMS"' not in html
    assert 'name="title"' in html
    data = form_data(title="Título traduzido", slug=practice.slug)
    data = {name: value for name, value in data.items() if not name.startswith("references")}
    assert superuser_client.post(url, data).status_code == 302
    assert draft_of(translation).title == "Título traduzido"


def test_shared_facts_are_refused_on_a_translation(superuser_client: Client) -> None:
    translation = translate(make_practice(published=True))
    url = reverse("wagtailadmin_pages:edit", args=[translation.pk])
    data = form_data(slug=translation.slug, responsible_entity="Otra")
    response = superuser_client.post(url, data)
    assert response.status_code == 200
    assert response.context["form"].non_field_errors()


def test_revisions_compare_item_by_item(superuser_client: Client) -> None:
    practice = create(superuser_client, complete_data())
    edit(
        superuser_client,
        practice,
        complete_data(territorial_level=["local"], participating_entities="Municipio"),
    )
    url = reverse("wagtailadmin_pages:revisions_compare", args=[practice.pk, "earliest", "latest"])
    html = superuser_client.get(url).content.decode()
    assert "Nivel territorial de aplicación" in html
    assert "Municipio" in html
