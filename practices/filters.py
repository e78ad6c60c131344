"""The query string of every list of practices, read once and here.

`?q=&country=ar&country=co&theme=human_rights&level=&category=&sort=&page=`: values of one facet
widen (or), facets narrow (and). Unknown parameters are ignored; an unknown value matches nothing
and is named to the reader.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from . import vocabulary
from .vocabulary import Item, Label

if TYPE_CHECKING:
    from .models import CountryPage, Theme
    from .querysets import PracticeQuerySet


Choice = tuple[str, Label, str]
"""Value, label and language of the label; the reader's where it is empty."""


@dataclass(frozen=True)
class FacetType:
    """A facet: its parameter, heading, which values there are, and where they lie.

    `item` is set for closed items of the ficha; their values are the practice's choices.
    """

    name: str
    label: Label
    lookup: str
    item: Item | None = None

    def options(
        self, countries: "dict[str, CountryPage]", themes: "Iterable[Theme]"
    ) -> "list[Choice]":
        """Values with labels and their languages, in the order in which they are shown."""
        if self.item:
            return [(key, label, "") for key, label in self.item.choice_labels]
        if self.name == "country":
            return [
                (code, page.title, page.locale.language_code) for code, page in countries.items()
            ]
        return [(theme.code, theme.short_name, theme.language) for theme in themes]


FACETS = (
    FacetType("country", vocabulary.COUNTRY.label, "country"),
    FacetType("theme", vocabulary.THEMES.label, "themes__code"),
    *(
        FacetType(name, item.label, "choices__key", item)
        for name, item in (
            ("level", vocabulary.TERRITORIAL_LEVEL),
            ("category", vocabulary.CATEGORIES),
        )
    ),
)

SORTS: dict[str, Label] = {"newest": _("newest"), "title": _("title")}
DEFAULT_SORT = "newest"


@dataclass(frozen=True)
class Option:
    """A value of a facet; `count` is how many practices one would get by ticking it alone."""

    value: str
    label: Label
    count: int
    selected: bool
    language: str


@dataclass(frozen=True)
class Facet:
    """A facet as it is shown."""

    name: str
    label: Label
    options: list[Option]

    @property
    def selected(self) -> list[Option]:
        return [option for option in self.options if option.selected]


@dataclass(frozen=True)
class PracticeFilter:
    """What a reader asked for.

    `values` maps facets to the known values asked for, `unknown` to those that do not exist.
    """

    query: str
    sort: str
    values: dict[str, list[str]]
    unknown: dict[str, list[str]]
    options: dict[str, list[Choice]] = field(repr=False)

    @classmethod
    def parse(
        cls,
        parameters: QueryDict,
        countries: "dict[str, CountryPage]",
        themes: "Iterable[Theme]",
        fixed: str = "",
    ) -> "PracticeFilter":
        """Read a query string.

        `countries` gives pages by code, `themes` all themes; `fixed` leaves a facet out.
        """
        facets = [facet for facet in FACETS if facet.name != fixed]
        options = {facet.name: facet.options(countries, themes) for facet in facets}
        values, unknown = {}, {}
        for facet in facets:
            known = {value for value, _label, _language in options[facet.name]}
            asked = list(dict.fromkeys(filter(None, parameters.getlist(facet.name))))
            values[facet.name] = [value for value in asked if value in known]
            unknown[facet.name] = [value for value in asked if value not in known]
        sort = parameters.get("sort", "")
        return cls(
            query=parameters.get("q", "").strip(),
            sort=sort if sort in SORTS else DEFAULT_SORT,
            values=values,
            unknown={name: asked for name, asked in unknown.items() if asked},
            options=options,
        )

    @property
    def is_active(self) -> bool:
        return bool(self.query or self.unknown or any(self.values.values()))

    def search(self, practices: "PracticeQuerySet") -> "PracticeQuerySet":
        """The practices that hold the words asked for; all where none were asked for."""
        return practices.matching(self.query) if self.query else practices

    def apply(self, practices: "PracticeQuerySet", leave_out: str = "") -> "PracticeQuerySet":
        """Narrow practices by every facet but one."""
        for facet in FACETS:
            if facet.name == leave_out or facet.name not in self.values:
                continue
            values = self.values[facet.name]
            if values and facet.item:
                practices = practices.choosing(facet.item, values)
            elif values:
                practices = practices.having(facet.lookup, values)
            elif facet.name in self.unknown:
                practices = practices.none()
        return practices

    def order(self, practices: "PracticeQuerySet", language: str) -> "PracticeQuerySet":
        """Practices in the order asked for, titles as readers of a language see them."""
        return practices.by_title(language) if self.sort == "title" else practices.newest()

    def facets(self, practices: "PracticeQuerySet") -> list[Facet]:
        """Facets with counts; `practices` are those before any facet.

        Facets of choices with nothing ticked are counted together: their counts share a query.
        """
        counted: dict[tuple[str, str], dict[tuple[str, ...], int]] = {}
        shown = []
        for facet in FACETS:
            if facet.name not in self.options:
                continue
            fields = ("choices__item", facet.lookup) if facet.item else (facet.lookup,)
            leave_out = facet.name if self.values[facet.name] else ""
            key = (leave_out, fields[0])
            if key not in counted:
                rows = self.apply(practices, leave_out=leave_out).order_by().values_list(*fields)
                counted[key] = {
                    tuple(values): count
                    for *values, count in rows.annotate(count=Count("pk", distinct=True))
                }
            prefix = (facet.item.key,) if facet.item else ()
            options = [
                Option(
                    value,
                    label,
                    counted[key].get((*prefix, value), 0),
                    value in self.values[facet.name],
                    language,
                )
                for value, label, language in self.options[facet.name]
            ]
            shown.append(Facet(facet.name, facet.label, options))
        return shown

    def query_string(self, without: Iterable[tuple[str, str]] = (), sort: str | None = None) -> str:
        """The canonical query string of this filter, less some pairs of name and value."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(name, value) for name, values in self.values.items() for value in values]
        order = self.sort if sort is None else sort
        if order != DEFAULT_SORT:
            pairs.append(("sort", order))
        dropped = set(without)
        return urlencode([pair for pair in pairs if pair not in dropped])
