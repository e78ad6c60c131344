"""The form of a ficha in YAML: which keys there are, and what each may hold."""

from collections.abc import Callable, Iterator
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from practices import vocabulary
from practices.vocabulary import (
    CHOICE_ITEMS,
    ENTITY_ITEMS,
    MAX_ENTITY_LENGTH,
    OTHER_ITEMS,
    SECTIONS,
    Kind,
)

from .trees import COUNTRIES

Problem = tuple[str, str]
"""The key that is wrong, and what is wrong with it."""

TEXTS = (
    "locale",
    "country",
    "title",
    "responsible_entity",
    "parent_entity",
    "contact_institution",
    "institutional_email",
    *vocabulary.PRIVATE_KEYS,
    *(f"{item.key}_other" for item in OTHER_ITEMS),
    *(item.key for item in SECTIONS if item.kind is Kind.RICH_TEXT),
)
LISTS = (
    "themes",
    "tags",
    "sources",
    *(item.key for item in CHOICE_ITEMS),
    *(item.key for item in ENTITY_ITEMS),
)
ROWS = {
    item.key: {"figure", "description"} if item.kind is Kind.FIGURES else {"title", "url"}
    for item in SECTIONS
    if item.kind is not Kind.RICH_TEXT
}
KEYS = {*TEXTS, *LISTS, *ROWS, "translation"}
TRANSLATED = {
    "locale",
    "title",
    "tags",
    *(f"{item.key}_other" for item in OTHER_ITEMS),
    *(item.key for item in SECTIONS if not item.shared),
}
REQUIRED = ("locale", "country", "title")


def duplicates(node: yaml.MappingNode, prefix: str = "") -> Iterator[Problem]:
    """Keys that a mapping holds twice; YAML would take the last without a word."""
    seen = set()
    for key, value in node.value:
        if key.value in seen:
            yield prefix + key.value, "this item stands twice."
        seen.add(key.value)
        if isinstance(value, yaml.MappingNode):
            yield from duplicates(value, f"{key.value}.")


def problems(data: dict[str, Any]) -> Iterator[Problem]:
    """Everything about the form of a ficha that keeps it from being loaded."""
    yield from _shape(data, KEYS, "")
    yield from ((key, "this item is required.") for key in REQUIRED if not data.get(key))
    yield from _place(data)
    yield from _values(data)
    if "translation" in data:
        yield from _translation(data["translation"], data.get("locale"))


def _values(data: dict[str, Any]) -> Iterator[Problem]:
    for key in (*(item.key for item in CHOICE_ITEMS), "themes", "tags"):
        values = list(map(str, data.get(key) or ()))
        if len(set(values)) < len(values):
            yield key, "a value stands twice."
    for item in ENTITY_ITEMS:
        if any(len(str(name)) > MAX_ENTITY_LENGTH for name in data.get(item.key) or ()):
            yield item.key, f"an entity has more than {MAX_ENTITY_LENGTH} characters."
    for url in data.get("sources") or ():
        yield from _checked("sources", url, URLValidator(schemes=["http", "https"]))
    if data.get("contact_email"):
        yield from _checked("contact_email", data["contact_email"], validate_email)


def _translation(values: Any, source: Any) -> Iterator[Problem]:
    if not isinstance(values, dict):
        yield "translation", "the items of the other language are expected."
        return
    yield from _shape(values, TRANSLATED, "translation.")
    if values.get("locale") not in {"es", "pt-br"} - {source}:
        yield "translation.locale", "the other language is expected, es or pt-br."


def _shape(data: dict[str, Any], known: set[str], prefix: str) -> Iterator[Problem]:
    for key, value in data.items():
        if key not in known:
            yield prefix + str(key), "unknown item."
        elif key in LISTS:
            if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
                yield prefix + key, "a list of texts is expected."
        elif key in ROWS:
            if not isinstance(value, list) or not all(_is_row(row, ROWS[key]) for row in value):
                names = " and ".join(sorted(ROWS[key]))
                yield prefix + key, f"a list is expected, each entry with {names} as texts."
        elif key in TEXTS and not isinstance(value, str):
            yield prefix + key, "a text is expected."


def _is_row(row: Any, names: set[str]) -> bool:
    return (
        isinstance(row, dict)
        and set(row) == names
        and all(isinstance(value, str) for value in row.values())
    )


def _place(data: dict[str, Any]) -> Iterator[Problem]:
    country = data.get("country")
    if country and country not in COUNTRIES:
        yield "country", f"there is no country “{country}”."
    elif country and data.get("locale") != COUNTRIES[country][-1]:
        yield "locale", f"fichas of this country are written in {COUNTRIES[country][-1]}."


def _checked(key: str, value: Any, validator: Callable[[str], None]) -> Iterator[Problem]:
    try:
        validator(value)
    except ValidationError as error:
        yield key, f"“{value}”: {' '.join(error.messages)}"
