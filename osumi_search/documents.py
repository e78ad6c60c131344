"""What an object gives to the index: its words in four classes of weight."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from .analysis import MAX_WORD_LENGTH, is_stop, stem, words

CLASSES = ("a", "b", "c")
"""Classes of weight that a field may declare; the fourth, `d`, holds the stems of all of them."""

BEGINNINGS = frozenset({"beginnings"})
"""Of words that are still being typed: a class by itself."""

BREAK = "¶"
"""Stands between two values, so that no phrase reaches from one into the next."""


def class_of(search_field: SearchField) -> str:
    """The class of weight of a field.

    A field may say it: `SearchField("names", weight="b")`. Else a title is of the first class,
    what is boosted of the second, all others of the third. With `excerpt=False` a field is found
    and not shown.
    """
    declared = str(search_field.kwargs.get("weight", ""))
    if declared in CLASSES:
        return declared
    if search_field.field_name == "title":
        return "a"
    return "b" if (search_field.boost or 1) > 1 else "c"


@dataclass
class Document:
    """The words of one object, and its texts.

    `text` is what can be read of it beside its title, one value a line; `texts` is all of it.
    """

    a: list[str] = field(default_factory=list)
    b: list[str] = field(default_factory=list)
    c: list[str] = field(default_factory=list)
    d: list[str] = field(default_factory=list)
    beginnings: list[str] = field(default_factory=list)
    text: str = ""
    texts: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, item: Any) -> "Document":
        """Read the search fields of an object."""
        document = cls()
        lines = []
        for search_field, value in _values(item, item.get_search_fields()):
            found = [word[:MAX_WORD_LENGTH] for word in words(value)]
            if isinstance(search_field, AutocompleteField):
                document.beginnings += found
                continue
            document.texts.append(value)
            target = getattr(document, class_of(search_field))
            target += [BREAK, *found] if target else found
            document.d += [stem(word) for word in found if not is_stop(word)]
            if search_field.field_name != "title" and search_field.kwargs.get("excerpt", True):
                lines.append(value)
        document.text = "\n".join(lines)
        return document


def _values(item: Any, fields: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    for search_field in fields:
        if isinstance(search_field, SearchField | AutocompleteField):
            for value in _texts(search_field.get_value(item)):
                yield search_field, value
        elif isinstance(search_field, RelatedFields):
            for related in _related(search_field.get_value(item)):
                yield from _values(related, search_field.fields)


def _related(value: Any) -> list[Any]:
    if isinstance(value, Manager):
        return list(value.all())
    return [] if value is None else [value]


def _texts(value: Any) -> Iterator[str]:
    """The texts of a value: itself, its members, nothing of None."""
    match value:
        case None | "":
            return
        case dict():
            for member in value.values():
                yield from _texts(member)
        case list() | tuple() | set():
            for member in value:
                yield from _texts(member)
        case _:
            yield str(value)
