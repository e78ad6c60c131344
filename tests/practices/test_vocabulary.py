"""The vocabulary is the Conference's own, word for word, in both languages."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import translation

from practices import vocabulary
from practices.models import CountryPage, Theme
from practices.vocabulary import Kind

FICHA = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "ficha.yaml").read_text(encoding="utf-8")
)
LANGUAGES = ("es", "pt-br")


def items() -> list[dict[str, Any]]:
    """All items of the file, those of the contact group included, with their numbers."""
    found = []
    for section in FICHA["sections"]:
        for item in section["items"]:
            if item["kind"] == "group":
                found += [inner | {"number": item["number"]} for inner in item["items"]]
            else:
                found.append(item)
    return found


def test_every_item_is_there_in_order() -> None:
    ours = [(item.number, item.key) for item in vocabulary.ITEMS]
    assert ours == [(item["number"], item["key"]) for item in items()]


@pytest.mark.parametrize("item", items(), ids=lambda item: item["key"])
def test_item_says_what_the_ficha_says(item: dict[str, Any]) -> None:
    ours = next(known for known in vocabulary.ITEMS if known.key == item["key"])
    assert ours.kind is Kind(item["kind"])
    assert ours.required == item.get("required", False)
    assert ours.private == item.get("private", False)
    assert ours.max_words == item.get("max_words")
    assert ours.exclusive == item.get("exclusive", "")
    for language in LANGUAGES:
        with translation.override(language):
            assert str(ours.label) == item["label"][language]
            if "help" in item:
                assert str(ours.help) == item["help"][language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_choices_say_what_the_ficha_says(language: str) -> None:
    with translation.override(language):
        for item in items():
            if "choices" not in item or item["key"] == "themes":
                continue
            ours = next(known for known in vocabulary.ITEMS if known.key == item["key"])
            assert [(choice.key, str(choice.label)) for choice in ours.choices] == [
                (choice["key"], choice["label"][language]) for choice in item["choices"]
            ]


def test_choices_that_ask_for_a_text_are_called_other() -> None:
    asking = [
        (item["key"], choice["key"])
        for item in items()
        for choice in item.get("choices", ())
        if choice.get("asks_text")
    ]
    assert asking == [(item.key, vocabulary.OTHER) for item in vocabulary.OTHER_ITEMS]


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_themes_come_with_the_first_migration(language: str) -> None:
    themes = next(item for item in items() if item["key"] == "themes")["choices"]
    ours = [
        (theme.code, theme.text(language).name, theme.text(language).short_name)
        for theme in Theme.objects.all()
    ]
    assert ours == [
        (theme["key"], theme["label"][language], theme.get("short", theme["label"])[language])
        for theme in themes
    ]


@pytest.mark.django_db
def test_the_twelve_countries() -> None:
    for country in FICHA["countries"]:
        for language in LANGUAGES:
            page = CountryPage.objects.get(iso_code=country["iso"], locale__language_code=language)
            assert page.title == country["name"][language]
            assert page.source_language == country["source_locale"]
