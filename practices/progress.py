"""How far a ficha is filled in, read from the stored text of its latest revision."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from . import vocabulary
from .vocabulary import ITEMS, TRANSLATED_SECTIONS, Item, Kind
from .words import count_html_words

TEXTS = (vocabulary.TITLE, vocabulary.RESPONSIBLE_ENTITY, vocabulary.INSTITUTIONAL_EMAIL)


@dataclass(frozen=True)
class Progress:
    """Required items that hold something, within their limit of words, and how many there are."""

    done: int
    required: int

    @property
    def complete(self) -> bool:
        return self.done == self.required

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.required)


def progress(practice: Any) -> Progress:
    """How many required items the latest text of a practice has; `completeness` has the last word.

    Reads `latest_revision`, and the `original` of a translation, as stored: lists call it for
    every row, and making an object of each revision would ask the database for each.
    """
    content = practice.latest_revision.content if practice.latest_revision else {}
    required = {item.key for item in _required(practice)}
    return Progress(
        len(required & set(_filled(content, practice.page_type.added_items))), len(required)
    )


def _required(practice: Any) -> Iterator[Item]:
    added = practice.page_type.added_items
    if practice.is_original:
        items = (*(i for i in ITEMS if i.key not in practice.page_type.left_out), *added)
        yield from (item for item in items if item.required)
        return
    yield vocabulary.TITLE
    yield from (item for item in added if item.required and not item.shared)
    for item in TRANSLATED_SECTIONS:
        if item.kind is Kind.RICH_TEXT and (
            item.required or count_html_words(practice.original.section_html(item.key))
        ):
            yield item


def _filled(content: dict[str, Any], added: tuple[Item, ...]) -> Iterator[str]:
    # The country follows from the place in the tree.
    yield vocabulary.COUNTRY.key
    for item in (*TEXTS, *added):
        if (content.get(item.key) or "").strip():
            yield item.key
    if content.get(vocabulary.THEMES.key):
        yield vocabulary.THEMES.key
    for row in content.get("choices") or []:
        yield row["item"]
    limits = {item.key: item.max_words for item in vocabulary.SECTIONS}
    for block in json.loads(content.get("sections") or "[]"):
        if isinstance(block["value"], str):
            count = count_html_words(block["value"])
            if 0 < count <= (limits.get(block["type"]) or count):
                yield block["type"]
