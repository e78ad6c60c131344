"""The data of a compilation: which sheets, in which order, with which indexes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.dates import day
from practices.directory import Directory
from practices.organisation import collection_name
from practices.outlets.lists import site_name
from practices.querysets import fold

from .document import (
    Compilation,
    Design,
    Document,
    Group,
    Index,
    IndexEntry,
    Line,
    all_labels,
)
from .gathering import gather
from .pictures import Pictures
from .richtext import Block
from .sheet import Picture, Sheet, Text

COUNTRY, THEME, NONE = "country", "theme", "none"


@dataclass(frozen=True)
class Wishes:
    """What a compilation is to be, beside its practices.

    `language` is that of cover, contents and indexes. `filter` says in words how the list was
    chosen, empty where it was picked by hand; `url` is where it can be had again.
    """

    title: str
    language: str
    design: Design = "full"
    grouping: str = NONE
    filter: str = ""
    url: str = ""
    preface: list[Block] = field(default_factory=list)
    picture: Picture | None = None
    citation: str = ""


@dataclass(frozen=True)
class Order:
    """A compilation that somebody asked for.

    `practices` are primary keys of originals, in their order; `languages` are the one or two that
    each is to be in. `base_url` begins all addresses (`https://host/`).
    """

    practices: list[int]
    languages: list[str]
    wishes: Wishes
    base_url: str


AT_ONCE = 50
"""Practices that are read together, so that progress can be told; who asks for so few gets them at
once."""


def assemble(
    order: Order, progress: Callable[[int], None] | None = None
) -> tuple[Document, Pictures]:
    """The data of a compilation and its pictures; `progress` is told how many practices were read.

    A practice without a text in one of the languages comes once, in its own.
    """
    directory, pictures, sheets = Directory(), Pictures(), []
    for start in range(0, len(order.practices), AT_ONCE):
        keys = order.practices[start : start + AT_ONCE]
        found = [
            gather(keys, language, directory, order.base_url, pictures)
            for language in order.languages
        ]
        sheets += _each_text_once(found)
        if progress:
            progress(start + len(keys))
    return compilation(sheets, order.wishes), pictures


def _each_text_once(found: list[list[Sheet]]) -> list[Sheet]:
    """The sheets of the same practices in some languages, each text once.

    What has no text of its own in a language is taken from the language that it is written in.
    """
    kept = []
    by_code = [{sheet["code"]: sheet for sheet in sheets} for sheets in found]
    for code in by_code[0]:
        # What became public, or ceased to be, between two readings is in neither.
        versions = [sheets[code] for sheets in by_code if code in sheets]
        if len(versions) < len(by_code):
            continue
        own = [sheet for sheet in versions if sheet["language"] == sheet["text_language"]]
        kept.append(own or versions[:1])
    return list(chain.from_iterable(kept))


def compilation(sheets: Sequence[Sheet], wishes: Wishes, at: Any = None) -> Document:
    """A compilation of sheets, made `at` a moment (now).

    Where a practice comes in two languages, its sheets stand next to each other.
    """
    with translation.override(wishes.language):
        grouped = _in_groups(sheets, wishes.grouping)
        ordered = [sheet for _title, _tone, _country, group in grouped for sheet in group]
        places = {id(sheet): place for place, sheet in enumerate(ordered)}
        codes = {sheet["code"] for sheet in sheets}
        at = timezone.localtime(at)
        today = day(at)
        count = ngettext("%(count)s practice", "%(count)s practices", len(codes))
        parts = Compilation(
            subtitle=collection_name(),
            date=today,
            count=count % {"count": len(codes)},
            picture=wishes.picture,
            preface=wishes.preface,
            groups=[
                Group(
                    title=title,
                    colour=tone,
                    country=country,
                    sheets=[places[id(sheet)] for sheet in group],
                )
                for title, tone, country, group in grouped
            ],
            indexes=_indexes(ordered),
            colophon=_colophon(wishes, today, sorted(codes)),
            citation=wishes.citation,
        )
        languages = dict.fromkeys([wishes.language, *(sheet["language"] for sheet in ordered)])
        return Document(
            kind="compilation",
            design=wishes.design,
            language=wishes.language,
            title=wishes.title,
            site=site_name(),
            date=[at.year, at.month, at.day],
            labels=all_labels(languages),
            sheets=ordered,
            compilation=parts,
        )


Grouped = list[tuple[Text, str, str, list[Sheet]]]


def _in_groups(sheets: Sequence[Sheet], grouping: str) -> Grouped:
    """Sheets by country or first theme; groups by name, sheets in the order they came."""
    if grouping not in (COUNTRY, THEME):
        return [(Text(text="", lang=""), "", "", list(sheets))]
    groups: dict[str, tuple[Text, str, str, list[Sheet]]] = {}
    for sheet in sheets:
        theme = sheet["themes"][0] if sheet["themes"] else None
        group: tuple[Text, str, str, list[Sheet]]
        if grouping == COUNTRY:
            key = sheet["country"]["code"]
            group = (sheet["country"]["name"], "", key, [])
        elif theme:
            key = theme["code"]
            group = (theme["name"], theme["colour"], "", [])
        else:  # a theme that was deleted since
            key, group = "", (Text(text=_("Other"), lang=""), "", "", [])
        groups.setdefault(key, group)[-1].append(sheet)
    return sorted(groups.values(), key=lambda group: fold(group[0]["text"]))


def _indexes(sheets: Sequence[Sheet]) -> list[Index]:
    names: dict[str, Callable[[Sheet], Iterable[Text]]] = {
        "index_country": lambda sheet: [sheet["country"]["name"]],
        "index_theme": lambda sheet: [theme["name"] for theme in sheet["themes"]],
        "index_tag": lambda sheet: sheet["tags"],
        "institutions": lambda sheet: sheet["institutions"],
    }
    return [
        Index(key=key, entries=entries)
        for key, of in names.items()
        if (entries := _entries(sheets, of))
    ]


def _entries(sheets: Sequence[Sheet], of: Callable[[Sheet], Iterable[Text]]) -> list[IndexEntry]:
    found: dict[str, IndexEntry] = {}
    for place, sheet in enumerate(sheets):
        for name in of(sheet):
            entry = found.setdefault(fold(name["text"]), IndexEntry(name=name, sheets=[]))
            if place not in entry["sheets"]:
                entry["sheets"].append(place)
    return [found[key] for key in sorted(found)]


def _colophon(wishes: Wishes, today: str, codes: list[str]) -> list[Line]:
    lines = [(_("Made on"), today)]
    if wishes.filter:
        lines.append((_("Chosen by"), wishes.filter))
    lines.append((_("Practices"), ", ".join(codes)))
    if wishes.url:
        lines.append((_("Address of this compilation"), wishes.url))
    return [Line(label=label, text=text) for label, text in lines]
