"""Reading fichas from YAML: everything is checked before anything is written.

A file holds the items of the ficha under their keys, `locale`, `tags`, `sources`, and under
`translation` the same for the other language, shared facts left out.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.utils.html import escape

from practices import vocabulary
from practices.completeness import completeness
from practices.models import PracticeChoice, PracticeEntity, PracticePage, Theme
from practices.vocabulary import (
    CHOICE_ITEMS,
    ENTITY_ITEMS,
    OTHER_ITEMS,
    SECTIONS,
    SHARED_SECTIONS,
    Item,
    Kind,
)

from . import schema

FILLED = (
    "title",
    "responsible_entity",
    "parent_entity",
    "contact_institution",
    "institutional_email",
)


class FichaError(ValidationError):
    """A file that cannot be loaded; the message names file, line and item."""


@dataclass(frozen=True)
class Ficha:
    """A ficha as read from a file, with the line of each of its keys."""

    path: Path
    data: dict[str, Any]
    lines: dict[str, int]

    @property
    def name(self) -> str:
        return self.path.stem

    def error(self, key: str, message: str) -> FichaError:
        line = self.lines.get(key, 1)
        name = key.removeprefix("translation.")
        item = next((item for item in vocabulary.ITEMS if item.key == name), None)
        place = f"{item.number} {key}" if item else key
        return FichaError(f"{self.path.name}, line {line}, {place}: {message}")


def read(path: Path) -> Ficha:
    """Read one file. Raises FichaError for what is not a ficha in its form."""
    try:
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text)
        data = yaml.safe_load(text)
    except UnicodeDecodeError as error:
        raise FichaError(f"{path.name}: the file is not encoded as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FichaError(f"{path.name}, line {line}: {error.problem}") from error
    if not isinstance(root, yaml.MappingNode):
        raise FichaError(f"{path.name}, line 1: a ficha is a mapping of items.")
    ficha = Ficha(path, data, _lines(root))
    for key, message in (*schema.duplicates(root), *schema.problems(data)):
        raise ficha.error(key, message)
    return ficha


def _lines(root: yaml.MappingNode) -> dict[str, int]:
    lines = {}
    for key, value in root.value:
        lines[key.value] = key.start_mark.line + 1
        if key.value == "translation" and isinstance(value, yaml.MappingNode):
            for inner, _value in value.value:
                lines[f"translation.{inner.value}"] = inner.start_mark.line + 1
    return lines


def check(ficha: Ficha, themes: dict[str, Theme]) -> None:
    """Hold a ficha against all rules without writing. Raises FichaError."""
    for code in ficha.data.get("themes", []):
        if code not in themes:
            raise ficha.error("themes", f"there is no theme “{code}”.")
    page = PracticePage(title=ficha.data["title"], slug="check")
    fill(page, ficha.data, themes, {})
    _check_page(ficha, page)
    if "translation" in ficha.data:
        page.live = True  # the check of a translation expects its original published
        translation = PracticePage(title="", slug="check", original=page)
        values = ficha.data["translation"]
        fill(translation, values, themes, {})
        _check_page(ficha, translation, "translation.")


def _check_page(ficha: Ficha, page: PracticePage, prefix: str = "") -> None:
    try:
        page.clean_fields(exclude=["path", "depth", "locale", "content_type", "draft_title"])
        page.sections.stream_block.clean(page.sections)
    except ValidationError as error:
        field = next(iter(getattr(error, "error_dict", {"sections": None})))
        raise ficha.error(prefix + field, "; ".join(_messages(error))) from error
    faults = completeness(page)
    if faults:
        fault = faults[0]
        raise ficha.error(prefix + fault.item.key, fault.message)


def _messages(error: ValidationError) -> list[str]:
    """All messages of an error, those of blocks within blocks included."""
    blocks = getattr(error, "block_errors", None)
    if blocks:
        inner = blocks.values() if isinstance(blocks, dict) else filter(None, blocks)
        return [message for child in inner for message in _messages(child)]
    return [str(message) for message in error.messages]


def fill(
    page: PracticePage,
    data: dict[str, Any],
    themes: dict[str, Theme],
    documents: dict[str, list[tuple[str, Any]]],
) -> None:
    """Give a page the values of a ficha; `documents` adds titled documents to sections."""
    for key in FILLED:
        if key in data:
            setattr(page, key, data[key])
    for item in OTHER_ITEMS:
        setattr(page, f"{item.key}_other", data.get(f"{item.key}_other", ""))
    page.sections = [
        (item.key, section_value(item, data.get(item.key), documents.get(item.key, [])))
        for item in SECTIONS
        if page.is_original or item.key not in SHARED_SECTIONS
    ]
    if not page.is_original:
        return
    page.themes = [themes[code] for code in data.get("themes", [])]
    page.choices.set(
        [
            PracticeChoice(item=item.key, key=key)
            for item in CHOICE_ITEMS
            for key in data.get(item.key, [])
        ]
    )
    page.entities.set(
        [
            PracticeEntity(item=item.key, name=name, sort_order=n)
            for item in ENTITY_ITEMS
            for n, name in enumerate(data.get(item.key, []))
        ]
    )
    page.references.set(
        [
            page.references.model(url=url, sort_order=n)
            for n, url in enumerate(data.get("sources", []))
        ]
    )


def section_value(item: Item, value: Any, documents: list[tuple[str, Any]]) -> Any:
    """The value of a section as its block takes it."""
    if item.kind is Kind.RICH_TEXT:
        return paragraphs(value or "")
    if item.kind is Kind.FIGURES:
        return [("figure", figure) for figure in value or []]
    resources: list[Any] = [("link", link) for link in value or []]
    return resources + [
        ("document", {"title": title, "document": document}) for title, document in documents
    ]


def paragraphs(text: str) -> str:
    """Plain text as rich text: blank lines part paragraphs."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())
