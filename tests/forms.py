"""The form of a practice as the admin sends it."""

from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from practices.models import PracticePage, Theme
from tests.factories import country


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
