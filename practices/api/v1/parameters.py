"""The parameters of lists: those of the site's own lists, and what a program needs beside."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field

from practices.facets import COUNTRY, OF_CHOICES
from practices.filters import SORTS, PracticeFilter
from practices.languages import content_languages
from practices.querysets import MAX_QUERY_LENGTH

from .problems import Fault, invalid

MOST = 100
"""Practices in one part of a list."""

FARTHEST = 10_000
"""How many practices one may skip; the dumps have them all."""

SHOWN = 60
"""Characters of a wrong value that an answer repeats."""


def language_parameter(description: str) -> Any:
    """A `locale`; the site's language where it is left out."""
    names: list[Any] = [code for code, _name in content_languages()]
    return Field(settings.LANGUAGE_CODE, description=description, json_schema_extra={"enum": names})


def _values(description: str, *known: str, pattern: str = "") -> Any:
    items: dict[str, Any] = {"type": "string"}
    if known:
        items["enum"] = list(known)
    if pattern:
        items["pattern"] = pattern
    return Field([], description=description, json_schema_extra={"items": items})


def _choices(name: str, description: str) -> Any:
    item = next(facet.item for facet in OF_CHOICES if facet.name == name)
    return _values(description, *(choice.key for choice in item.choices) if item else ())


class Filters(Schema):
    """What narrows and orders a list. Values of one parameter widen it, parameters narrow it."""

    q: str = Field(
        "",
        description=f"Words to seek, as on the site; {MAX_QUERY_LENGTH} characters are looked at.",
    )
    country: list[str] = _values(
        "ISO 3166-1 alpha-2, in lower case; `/countries/` lists them.", pattern="^[a-z]{2}$"
    )
    theme: list[str] = _values("Key of a theme; `/themes/` lists them.")
    level: list[str] = _choices("level", "Territorial level (1.4).")
    category: list[str] = _choices("category", "Category (1.9).")
    documentation: list[str] = _choices("documentation", "Documentation (1.10).")
    need: list[str] = _choices("need", "Needs for the transfer (1.11).")
    criterion: list[str] = _choices("criterion", "Criteria of good practice (2.6).")
    tag: list[str] = _values("Slug of a tag; `/tags/` lists them.")
    language: list[str] = _values(
        "Languages that a practice can be read in.", *(code for code, _name in content_languages())
    )
    sort: str = Field(
        "",
        description="Order; `newest`, with `q` `relevance`, where it is left out.",
        json_schema_extra={"enum": ["", *SORTS]},
    )
    locale: str = language_parameter("Language of the reader: of labels, and of texts if they are.")


FILTERS = tuple(name for name in Filters.model_fields if name != "locale")


class ListParameters(Filters):
    """A part of a list, and what it says of each practice."""

    limit: int = Field(20, ge=1, le=MOST, description="Practices in the answer.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="Practices to skip.")
    fields: str = Field(
        "", description="Names of fields, with commas between: only those are answered."
    )
    facets: bool = Field(False, description="Whether to count the values of all facets as well.")
    status: str = Field(
        "published",
        description="`draft` (with a token): the language versions that its owner may edit, "
        "whatever their state, in the place of what is public. Of the filters, only `country` "
        "goes with it.",
        json_schema_extra={"enum": ["published", "draft"]},
    )


def require_known(asked: PracticeFilter) -> None:
    """Raise Problem (422) that names the values and the order that there are not."""
    faults: list[Fault] = [
        {"parameter": name, "detail": _no_value(asked, name, value)}
        for name, values in asked.unknown.items()
        for value in values[:10]
    ]
    if asked.unknown_sort:
        faults.append({"parameter": "sort", "detail": _unknown(asked.unknown_sort, SORTS)})
    if faults:
        raise invalid(*faults)


def _no_value(asked: PracticeFilter, name: str, value: str) -> str:
    known = [str(choice) for choice, _label, _language in asked.choices.get(name, [])]
    return _unknown(value, known)


def _unknown(value: str, known: Any) -> str:
    detail = _("There is no “%(value)s”.") % {"value": value[:SHOWN]}
    if known:
        detail += " " + _("Known ones: %(names)s.") % {"names": ", ".join(known)}
    return detail


def chosen_fields(asked: str, known: list[str]) -> set[str] | None:
    """The fields that `fields` names; None for all. Raises Problem (422) for unknown ones."""
    if not asked:
        return None
    names = [name.strip() for name in asked.split(",") if name.strip()]
    if unknown := [name for name in names if name not in known]:
        faults: list[Fault] = [
            {"parameter": "fields", "detail": _unknown(name, known)} for name in unknown[:10]
        ]
        raise invalid(*faults)
    return set(names)


def require_alone(request: HttpRequest) -> None:
    """Raise Problem (422) for filters that do not go with `status=draft`."""
    others = [name for name in (*FILTERS, "facets") if name in request.GET and name != COUNTRY.name]
    if others:
        detail = _("This does not go with status=draft.")
        faults: list[Fault] = [{"parameter": name, "detail": detail} for name in others]
        raise invalid(*faults)
