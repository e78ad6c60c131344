"""The data of a whole file, as its template takes it."""

from collections.abc import Iterable
from typing import Literal, TypedDict

from django.utils import translation

from practices.languages import content_languages
from practices.outlets.lists import site_name

from .labels import labels
from .richtext import Block
from .sheet import Picture, Sheet, Text

Design = Literal["full", "summary"]
Kind = Literal["ficha", "compilation"]

FULL: Design = "full"
SUMMARY: Design = "summary"

MOST_PRACTICES = 600
"""Practices that a compilation may hold."""


class Line(TypedDict):
    """A line of the colophon."""

    label: str
    text: str


class Group(TypedDict):
    """Sheets that stand together, by their places in `Document.sheets`.

    `colour` is a name of `models.Tone`; `country` is ISO alpha-2. Either may be empty.
    """

    title: Text
    colour: str
    country: str
    sheets: list[int]


class IndexEntry(TypedDict):
    """A line of an index: a name and the places of its sheets."""

    name: Text
    sheets: list[int]


class Index(TypedDict):
    """An index of the compilation; `key` is a key of `labels.LABELS`."""

    key: str
    entries: list[IndexEntry]


class Compilation(TypedDict):
    """What a compilation has beside its sheets; groups without a title stand in no section."""

    subtitle: str
    date: str
    count: str
    picture: Picture | None
    preface: list[Block]
    groups: list[Group]
    indexes: list[Index]
    colophon: list[Line]
    citation: str


class Document(TypedDict):
    """A file: `labels` holds the words around the texts by language of the sheet.

    `date` is a year, a month and a day: part of the data, so that the same data gives the same file.
    """

    kind: Kind
    design: Design
    language: str
    title: str
    site: str
    date: list[int]
    labels: dict[str, dict[str, str]]
    sheets: list[Sheet]
    compilation: Compilation | None


def ficha(sheet: Sheet, design: Design) -> Document:
    """The file of one practice."""
    return Document(
        kind="ficha",
        design=design,
        language=sheet["language"],
        title=sheet["title"]["text"],
        site=site_name(),
        date=sheet["modified"],
        labels=all_labels([sheet["language"]]),
        sheets=[sheet],
        compilation=None,
    )


def all_labels(languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """The words around the texts, by language."""
    names = dict(content_languages())
    found = {}
    for language in languages:
        with translation.override(language):
            found[language] = labels(language, str(names.get(language, language)))
    return found
