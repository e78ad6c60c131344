"""The questionnaire itself: items, choices and limits of the ficha, in all languages."""

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja import Schema
from pydantic import Field

from practices.languages import content_languages
from practices.models import PracticePage, Theme
from practices.vocabulary import ITEMS, MAX_ENTITY_LENGTH, THEMES, Item, Kind, Label

from .auth import READERS
from .problems import ProblemSchema
from .routing import Router

router = Router(tags=["terms"], auth=READERS)

Texts = dict[str, str]


class FormChoice(Schema):
    """A value of a closed item."""

    key: str
    labels: Texts = Field(description="By language.")


class FormItem(Schema):
    """An item of the ficha."""

    number: str
    key: str
    kind: str = Field(json_schema_extra={"enum": [kind.value for kind in Kind]})
    labels: Texts = Field(description="By language.")
    help: Texts = Field(description="By language; empty where there is none.")
    required: bool = Field(description="Whether a ficha is complete only with it.")
    shared: bool = Field(
        description="Whether it stands on the original alone; the others are translated."
    )
    private: bool = Field(description="Whether it is never shown to the public, here included.")
    max_words: int | None = Field(None, description="Visible words at most.")
    max_length: int | None = Field(None, description="Characters of one text at most.")
    choices: list[FormChoice] = []
    exclusive: str | None = Field(None, description="The choice that excludes all others.")
    asks_text: bool = Field(description="Whether the choice `other` asks for a text.")


class Form(Schema):
    """The ficha técnica as it is asked."""

    languages: list[str]
    items: list[FormItem]


@router.get(
    "/schema/ficha/",
    operation_id="get_form",
    summary="Read the questionnaire",
    response={200: Form, 401: ProblemSchema, 422: ProblemSchema},
)
def get_form(request: HttpRequest) -> Any:  # noqa: ARG001 (Ninja's signature)
    """Items, choices and limits of the ficha, with their labels in all languages."""
    languages = [code for code, _name in content_languages()]
    themes = Theme.all_with_texts()
    return {
        "languages": languages,
        "items": [_item(item, themes, languages) for item in ITEMS],
    }


def _item(item: Item, themes: list[Theme], languages: list[str]) -> dict[str, Any]:
    choices = [
        {"key": choice.key, "labels": _in_all(choice.label, languages)} for choice in item.choices
    ]
    if item is THEMES:
        choices = [
            {"key": theme.code, "labels": {code: theme.text(code).name for code in languages}}
            for theme in themes
        ]
    return {
        "number": item.number,
        "key": item.key,
        "kind": item.kind.value,
        "labels": _in_all(item.label, languages),
        "help": _in_all(item.help, languages) if item.help else {},
        "required": item.required,
        "shared": item.shared,
        "private": item.private,
        "max_words": item.max_words,
        "max_length": _max_length(item),
        "choices": choices,
        "exclusive": item.exclusive or None,
        "asks_text": item.asks_text or item is THEMES,
    }


def _in_all(label: Label, languages: list[str]) -> Texts:
    texts = {}
    for code in languages:
        with translation.override(code):
            texts[code] = str(label)
    return texts


def _max_length(item: Item) -> int | None:
    """Characters that the database takes of one text."""
    if item.kind is Kind.TEXT_LIST:
        return MAX_ENTITY_LENGTH
    if item.private or item.kind not in {Kind.TEXT, Kind.EMAIL}:
        return None
    return getattr(PracticePage._meta.get_field(item.key), "max_length", None)
