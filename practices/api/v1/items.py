"""A practice in a list."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from practices import vocabulary
from practices.factsheets.addresses import files_of
from practices.models import PracticePage
from practices.moderation.states import State
from practices.presentation import Card, chosen_texts
from practices.vocabulary import OTHER, Item

CHOICES = (
    vocabulary.TERRITORIAL_LEVEL,
    vocabulary.CATEGORIES,
    vocabulary.DOCUMENTATION,
    vocabulary.TRANSFER_NEEDS,
    vocabulary.SUCCESS_CRITERIA,
)


def api_url(request: HttpRequest, page: PracticePage, code: str) -> str:
    """Where the API has the whole ficha; by its code where it has one."""
    ref = code or str(page.pk)
    return request.build_absolute_uri(reverse("practices_v1:get_practice", args=[ref]))


def files(request: HttpRequest, url: str, language: str) -> tuple[str, str]:
    """PDF and DOCX of the practice whose page is at `url`."""
    pdf, _summary, docx = files_of(url, language)
    return request.build_absolute_uri(pdf.url), request.build_absolute_uri(docx.url)


def versions(practice: PracticePage) -> list[dict[str, Any]]:
    """The public language versions of an original from `for_cards()`."""
    return [
        {"locale": page.locale.language_code, "id": page.pk}
        for page in (practice, *practice.public_translations)
    ]


def chosen(card: Card, item: Item) -> list[dict[str, str]]:
    """The chosen values of a closed item."""
    texts = chosen_texts(card.version, item, card.language)
    rows = card.version.chosen(item)
    return [{"key": row.key, "label": text.text} for row, text in zip(rows, texts, strict=True)]


def themes(card: Card) -> list[dict[str, str]]:
    """The themes; “other” in the practice's own words."""
    other = card.version.other_text(vocabulary.THEMES)
    return [
        {"key": theme.code, "label": other if other and theme.code == OTHER else theme.name}
        for theme in card.themes
    ]


def item(card: Card, request: HttpRequest) -> dict[str, Any]:
    """A public practice, as `ListItem` has it."""
    practice, version = card.practice, card.version
    record = getattr(practice, "record", None)
    pdf, docx = files(request, card.url, card.language)
    return {
        "id": practice.pk,
        "code": card.code,
        "title": card.title,
        "summary": card.summary,
        "locale": card.text_language,
        "locales": versions(practice),
        "country": practice.country,
        "country_name": card.country.title if card.country else "",
        "themes": themes(card),
        **{choice.key: chosen(card, choice) for choice in CHOICES},
        "responsible_entity": practice.responsible_entity,
        "in_force": record is None or record.in_force,
        "status": State.PUBLISHED.value,
        "url": request.build_absolute_uri(card.url),
        "api_url": api_url(request, practice, card.code),
        "pdf_url": pdf,
        "docx_url": docx,
        "published_at": practice.first_published_at,
        "updated_at": version.last_published_at,
    }


def draft(page: PracticePage, request: HttpRequest) -> dict[str, Any]:
    """A language version that somebody may edit: what a list of work needs of it."""
    status = getattr(page, "moderation", None)
    record = getattr(page.facts, "record", None)
    return {
        "id": page.pk,
        "code": page.code,
        "title": page.draft_title or page.title,
        "locale": page.locale.language_code,
        "country": page.country,
        "in_force": record is None or record.in_force,
        "status": status.state if status else State.DRAFT.value,
        "api_url": request.build_absolute_uri(reverse("practices_v1:get_draft", args=[page.pk])),
        "published_at": page.first_published_at,
        "updated_at": page.latest_revision_created_at or page.last_published_at,
    }


def sparse(items: Iterable[dict[str, Any]], fields: set[str] | None) -> list[dict[str, Any]]:
    """The items with the named fields alone, and their id."""
    if fields is None:
        return list(items)
    return [
        {name: value for name, value in item.items() if name in fields or name == "id"}
        for item in items
    ]
