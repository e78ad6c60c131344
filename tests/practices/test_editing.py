"""The editing form of a practice, through the admin as its users meet it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, WorkflowState

from home.models import User
from practices.models import PracticePage
from tests.factories import country, make_practice, publish
from tests.forms import add_url, complete_data, create, draft_of, edit, form_data

pytestmark = pytest.mark.django_db


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def test_the_form_follows_the_ficha(editor_client: Client) -> None:
    html = editor_client.get(add_url()).content.decode()
    for tab in ("1. Perfil", "2. Descripción", "Contacto privado", "Publicación"):
        assert tab in html
    for label in (
        "1.2 Título de la experiencia",
        "1.3 Temas",
        "1.11 Necesidades para la transferencia a otro país",
        "1.12 Persona de contacto",
    ):
        assert label in html
    assert "1.1 País" in html
    assert "Indique el ámbito de aplicación de la experiencia." in html


def test_the_form_speaks_portuguese_to_brazil() -> None:
    html = signed_in("editor-br").get(add_url("br")).content.decode()
    assert "1.2 Título da experiência" in html
    assert "Contato privado" in html


def test_a_draft_saves_with_only_a_title(editor_client: Client) -> None:
    practice = create(editor_client, form_data())
    assert practice.title == "Una experiencia"
    assert not practice.live
    assert practice.country == "pe"
    assert practice.owner == User.objects.get(username="editor-pe")


def test_two_practices_may_have_one_title(editor_client: Client) -> None:
    first, second = create(editor_client, form_data()), create(editor_client, form_data())
    assert first.title == second.title
    assert (first.slug, second.slug) == ("una-experiencia", "una-experiencia-1")
    assert edit(editor_client, second, form_data(slug="una-experiencia-1")).status_code == 302
    assert draft_of(second).slug == "una-experiencia-1"


def test_a_draft_keeps_what_is_over_the_limit(editor_client: Client) -> None:
    text = " ".join(["palabra"] * 300)
    practice = create(editor_client, form_data(sections={"background": f"<p>{text}</p>"}))
    assert text in draft_of(practice).section_html("background")


def test_every_item_is_stored(editor_client: Client) -> None:
    practice = draft_of(create(editor_client, complete_data()))
    assert [theme.code for theme in practice.themes.all()] == ["human_rights"]
    chosen = {(row.item, row.key) for row in practice.choices.all()}
    assert ("territorial_level", "local") in chosen
    assert len(chosen) == 6
    assert [(row.item, row.name) for row in practice.entities.all()] == [
        ("associated_entities", "Ministerio de Salud"),
        ("associated_entities", "Ministerio de Educación"),
        ("participating_entities", "Universidad"),
    ]
    assert [block.block_type for block in practice.sections] == [
        "background",
        "summary",
        "results",
        "why_good_practice",
    ]
    assert practice.references.get().url == "https://example.org/fuente"


def test_unticking_removes_and_the_rest_stays(editor_client: Client) -> None:
    practice = create(editor_client, complete_data())
    kept = practice.choices.get(key="national").pk
    edit(editor_client, practice, complete_data(territorial_level=["national"], transfer_needs=[]))
    stored = PracticePage.objects.get(pk=practice.pk)
    assert stored.choices.get(item="territorial_level").pk == kept
    assert not stored.choices.filter(item="transfer_needs").exists()
    assert stored.choices.filter(item="categories").exists()


def test_submitting_lists_every_fault_and_loses_nothing(editor_client: Client) -> None:
    practice = create(editor_client, form_data())
    long = " ".join(["palabra"] * 161)
    data = form_data(
        responsible_entity="Dirección de Migraciones",
        territorial_level=["other"],
        sections={"background": f"<p>{long}</p>", "summary": ""},
    )
    response = edit(editor_client, practice, data | {"action-submit": "1"})
    assert response.status_code == 200
    html = response.content.decode()
    listed = re.findall(r"<li>(\d\.\d+) ", html)
    assert listed == ["2.1", "2.2", "2.3", "2.6", "1.3", "1.4", "1.9", "1.10", "1.11", "1.12"]
    assert "161" in html
    assert long in html
    assert "Dirección de Migraciones" in html
    assert not WorkflowState.objects.for_instance(practice).exists()


def test_submitting_a_complete_ficha_starts_the_workflow(editor_client: Client) -> None:
    practice = create(editor_client, form_data())
    response = edit(editor_client, practice, complete_data() | {"action-submit": "1"})
    assert response.status_code == 302
    assert WorkflowState.objects.for_instance(practice).get().status == "in_progress"


def test_a_superuser_publishes_through_the_form_without_faults_only(
    editor_client: Client, superuser_client: Client
) -> None:
    practice = create(editor_client, complete_data())
    response = edit(superuser_client, practice, complete_data(title="") | {"action-publish": "1"})
    assert response.status_code == 200
    response = edit(superuser_client, practice, complete_data() | {"action-publish": "1"})
    assert response.status_code == 302
    published = PracticePage.objects.get(pk=practice.pk)
    assert published.live
    assert published.code.startswith("OSUMI-PER-")


def test_publishing_at_creation_checks_too(superuser_client: Client) -> None:
    response = superuser_client.post(add_url(), form_data() | {"action-publish": "1"})
    assert response.status_code == 200
    assert not PracticePage.objects.filter(slug="una-experiencia").exists()


def test_bulk_publishing_does_not_publish_a_fault(superuser_client: Client) -> None:
    practice = make_practice(sections={"summary": ""})
    practice.save_revision()
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = superuser_client.post(f"{url}?id={practice.pk}", follow=True)
    assert response.status_code == 200
    assert "2.2" in response.content.decode()
    assert not PracticePage.objects.get(pk=practice.pk).live


def test_the_slug_cannot_change_after_publication(superuser_client: Client) -> None:
    practice = make_practice(published=True, slug="fija")
    response = edit(superuser_client, practice, complete_data(slug="otra"))
    assert "slug" in response.context["form"].errors
    assert (
        "readonly"
        in superuser_client.get(
            reverse("wagtailadmin_pages:edit", args=[practice.pk])
        ).content.decode()
    )


def test_a_long_entity_gets_a_clear_message(editor_client: Client) -> None:
    response = editor_client.post(add_url(), form_data(associated_entities="x" * 300))
    assert response.status_code == 200
    assert "255" in str(response.context["form"].errors["associated_entities"])


def test_video_hosts_are_an_allow_list(editor_client: Client) -> None:
    def products(url: str) -> dict[str, Any]:
        return form_data(sections={"products": [("video", {"title": "Video", "url": url})]})

    response = editor_client.post(add_url(), products("https://videos.example.com/1"))
    assert response.status_code == 200
    assert "YouTube" in response.content.decode()
    assert editor_client.post(add_url(), products("https://youtu.be/abc")).status_code == 302


def test_other_countries_cannot_be_edited(editor_client: Client) -> None:
    foreign = make_practice(country("br"))
    assert edit(editor_client, foreign, form_data()).status_code == 302
    assert draft_of(foreign).title == foreign.title
    assert editor_client.get(add_url("br")).status_code == 302


def test_editors_cannot_publish(editor_client: Client) -> None:
    practice = create(editor_client, complete_data())
    edit(editor_client, practice, complete_data() | {"action-publish": "1"})
    assert not PracticePage.objects.get(pk=practice.pk).live


def test_locales_of_the_demo() -> None:
    assert {locale.language_code for locale in Locale.objects.all()} == {"es", "pt-br"}


def test_a_published_practice_keeps_its_public_text_while_edited(editor_client: Client) -> None:
    practice = publish(create(editor_client, complete_data()))
    edit(editor_client, practice, complete_data(title="Título nuevo"))
    stored = PracticePage.objects.get(pk=practice.pk)
    assert stored.title == "Una experiencia"
    assert stored.has_unpublished_changes


@pytest.mark.parametrize(
    ("title", "slug"), [("Atención a la niñez", "atencion-a-la-ninez"), ("¿…?", "ficha")]
)
def test_a_missing_address_is_made_of_the_title(
    editor_client: Client, title: str, slug: str
) -> None:
    assert create(editor_client, form_data(title=title, slug="")).slug == slug
