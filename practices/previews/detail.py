"""A draft as the API shows practices."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from practices.api.v1.detail_schemas import PracticeDetail
from practices.api.v1.details import picture, references, translation_state
from practices.api.v1.ficha import Ficha
from practices.api.v1.language import answering
from practices.directory import Directory
from practices.models import PracticePage, Theme
from practices.moderation.states import State


def draft_detail(request: HttpRequest, page: PracticePage) -> dict[str, Any]:
    """A draft in its own language, as `PracticeDetail` in JSON has it.

    What only the public page has is empty: address, files, related practices.
    """
    language = page.locale.language_code
    practice = page.facts
    record = getattr(practice, "record", None)
    status = getattr(page, "moderation", None)
    public = PracticePage.objects.public().filter(translation_key=page.translation_key)
    address = reverse("practices_v1:get_practice", args=[page.pk])
    with answering(request, language):
        country = Directory.of(request).countries(language).get(page.country)
        themes = Theme.all_with_texts(pk__in=[theme.pk for theme in practice.themes.all()])
        detail = PracticeDetail.model_validate(
            {
                "id": page.pk,
                "original_id": practice.pk,
                "code": page.code,
                "title": page.title,
                "locale": language,
                "locales": [
                    {"locale": version.locale.language_code, "id": version.pk}
                    for version in public.select_related("locale")
                ],
                "country": page.country,
                "in_force": record is None or record.in_force,
                "archived_at": record.archived_at if record else None,
                "status": status.state if status else State.DRAFT.value,
                "published_at": practice.first_published_at,
                "updated_at": page.last_published_at,
                "translation": translation_state(request, page),
                "ficha": Ficha.of(request, page, country, themes, language).items(),
                "picture": picture(request, practice),
                "references": references(practice),
                "tags": [{"key": tag.slug, "label": tag.name} for tag in page.tags.all()],
                "related": [],
                "versions_url": request.build_absolute_uri(f"{address}versions/"),
            }
        )
    return detail.model_dump(mode="json")
