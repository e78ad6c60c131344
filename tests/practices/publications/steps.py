"""What the Secretaría does with publications, through the admin's own addresses."""

import json
from typing import Any

from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from home.models import User
from practices.models import PublicationIndexPage, PublicationPage

PREFACE = "<p>Un prefacio con <b>negrita</b>.</p>"


def index(language: str = "es") -> PublicationIndexPage:
    return PublicationIndexPage.objects.get(locale__language_code=language)


def form_data(page: PublicationPage | None = None, **values: Any) -> dict[str, Any]:
    """What the form of a publication sends; `practices` are those that were picked.

    They take the place of those that the draft of `page` has.
    """
    before = [
        {"id": row.pk or "", "practice": row.practice_id, "DELETE": "1"}
        for row in (draft_of(page).choices.all() if page else ())
    ]
    practices = [{"practice": practice.pk} for practice in values.pop("practices", [])]
    languages = values.pop("languages", ["es"])
    data = nested_form_data(
        {
            "title": "Diez experiencias",
            "slug": "diez-experiencias",
            "preface": rich_text(PREFACE, features=["bold"]),
            "list_address": "",
            "design": "full",
            "grouping": "country",
            "choices": inline_formset([*before, *practices], initial=len(before)),
            "comments": inline_formset([]),
        }
        | values
    )
    return data | {"languages": languages}


def create(client: Client, language: str = "es", **values: Any) -> PublicationPage:
    """A draft of a publication."""
    parent = index(language)
    url = reverse("wagtailadmin_pages:add", args=["practices", "publicationpage", parent.pk])
    response = client.post(url, form_data(**values))
    assert response.status_code == 302, response.context["form"].errors
    return PublicationPage.objects.order_by("-pk")[0]


def edit(client: Client, page: PublicationPage, **values: Any) -> Any:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(url, form_data(page, **values))


def submit(client: Client, page: PublicationPage, **values: Any) -> Any:
    """Press “Send for review”."""
    return edit(client, page, **values, **{"action-submit": "1"})


def stored(page: PublicationPage) -> PublicationPage:
    return PublicationPage.objects.get(pk=page.pk)


def draft_of(page: PublicationPage) -> PublicationPage:
    return stored(page).get_latest_revision_as_object()


def seen(page: PublicationPage) -> dict[str, Any]:
    """What the form of a publication says that a reviewer sees now."""
    now = stored(page)
    assert now.latest_revision_created_at
    return {
        "revision": now.latest_revision_id,
        "revision_created_at": now.latest_revision_created_at.isoformat(),
    }


def decide(
    client: Client,
    page: PublicationPage,
    action: str = "approve_and_publish",
    comment: str = "",
    text: dict[str, Any] | None = None,
) -> Any:
    """Take a decision in the form of a publication, about the text that was seen."""
    extra = {"comment": comment, **(text or seen(page))}
    data = form_data(page) | {
        "action-workflow-action": "1",
        "workflow-action-name": action,
        "workflow-action-extra-data": json.dumps(extra),
    }
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)


def publish(**values: Any) -> PublicationPage:
    """A publication that one person of the Secretaría wrote and another approved."""
    author, reviewer = Client(), Client()
    author.force_login(User.objects.get(username="secretaria"))
    reviewer.force_login(User.objects.get(username="secretaria-2"))
    language = values.pop("language", "es")
    page = create(author, language, **values)
    submit(author, page, **values)
    decide(reviewer, page)
    return stored(page)
