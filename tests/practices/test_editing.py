"""The editing form of a practice, through the admin as its users meet it."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.admin.models import FormState
from wagtail.models import Locale, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.models import User
from practices.models import PracticeContact, PracticePage, Theme
from tests.factories import country, make_practice, publish, translate

pytestmark = pytest.mark.django_db


def form_data(**values: Any) -> dict[str, Any]:
    """What the form of a practice sends; by default a title alone."""
    sections = values.pop("sections", {})
    blocks = [
        (key, value if isinstance(value, list) else rich_text(value, features=["bold"]))
        for key, value in sections.items()
    ]
    references = [{"url": url} for url in values.pop("references", [])]
    # Lists are several values of one name; nested_form_data would number them.
    lists = {name: value for name, value in values.items() if isinstance(value, list)}
    return lists | nested_form_data(
        {
            "title": "Una experiencia",
            "slug": "una-experiencia",
            "sections": streamfield(
                [
                    (key, streamfield(value) if isinstance(value, list) else value)
                    for key, value in blocks
                ]
            ),
            "references": inline_formset(references),
            "comments": inline_formset([]),
        }
        | {name: value for name, value in values.items() if name not in lists}
    )


def complete_data(**values: Any) -> dict[str, Any]:
    """A ficha without faults."""
    paragraph = "<p>Una frase.</p>"
    defaults: dict[str, Any] = {
        "themes": [str(Theme.objects.get(code="human_rights").pk)],
        "territorial_level": ["national", "local"],
        "categories": ["policy_and_norms"],
        "documentation": ["published_document"],
        "transfer_needs": ["training"],
        "success_criteria": ["relevance"],
        "responsible_entity": "Dirección de Migraciones",
        "institutional_email": "general@example.org",
        "associated_entities": "Ministerio de Salud\n\n Ministerio de Educación \n",
        "participating_entities": "Universidad",
        "references": ["https://example.org/fuente"],
        "sections": {
            "results": paragraph,
            "background": paragraph,
            "summary": paragraph,
            "why_good_practice": paragraph,
        },
    }
    return form_data(**(defaults | values))


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def editor_client() -> Client:
    return signed_in("editor-pe")


def add_url(iso_code: str = "pe", language: str = "") -> str:
    parent = country(iso_code, language)
    return reverse("wagtailadmin_pages:add", args=["practices", "practicepage", parent.pk])


def create(client: Client, data: dict[str, Any]) -> PracticePage:
    response = client.post(add_url(), data)
    assert response.status_code == 302, response.context["form"].errors
    return PracticePage.objects.in_country(["pe"]).order_by("-pk")[0]


def edit(client: Client, practice: PracticePage, data: dict[str, Any]) -> Any:
    return client.post(reverse("wagtailadmin_pages:edit", args=[practice.pk]), data)


def draft_of(practice: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()


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


def test_the_secretariat_publishes_through_the_form(editor_client: Client) -> None:
    practice = create(editor_client, complete_data())
    client = signed_in("secretaria")
    response = edit(client, practice, complete_data(title="") | {"action-publish": "1"})
    assert response.status_code == 200
    response = edit(client, practice, complete_data() | {"action-publish": "1"})
    assert response.status_code == 302
    published = PracticePage.objects.get(pk=practice.pk)
    assert published.live
    assert published.code.startswith("OSUMI-PER-")


def test_publishing_at_creation_checks_too() -> None:
    client = signed_in("secretaria")
    response = client.post(add_url(), form_data() | {"action-publish": "1"})
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


def test_locales_of_the_demo() -> None:
    assert {locale.language_code for locale in Locale.objects.all()} == {"es", "pt-br"}


def test_a_published_practice_keeps_its_public_text_while_edited(editor_client: Client) -> None:
    practice = publish(create(editor_client, complete_data()))
    edit(editor_client, practice, complete_data(title="Título nuevo"))
    stored = PracticePage.objects.get(pk=practice.pk)
    assert stored.title == "Una experiencia"
    assert stored.has_unpublished_changes
