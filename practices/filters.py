"""The query string of every list of practices, read once and here.

`?q=&country=ar&country=co&theme=human_rights&level=&category=&sort=&page=`: values of one facet
widen (or), facets narrow (and). Unknown parameters are ignored; an unknown value matches nothing
and is named to the reader.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Count
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import vocabulary
from .models.taxonomy import Theme

if TYPE_CHECKING:
    from .querysets import PracticeQuerySet

Label = str | Promise
Options = Callable[[dict[str, str]], list[tuple[str, Label]]]


@dataclass(frozen=True)
class FacetType:
    """A facet: its parameter, heading, where the values lie, and which values there are."""

    name: str
    label: Label
    lookup: str
    options: Options


def _country_options(countries: dict[str, str]) -> list[tuple[str, Label]]:
    return list(countries.items())


def _theme_options(_countries: dict[str, str]) -> list[tuple[str, Label]]:
    return [(theme.code, theme.short_name) for theme in Theme.objects.with_texts()]


def _level_options(_countries: dict[str, str]) -> list[tuple[str, Label]]:
    return list(vocabulary.TERRITORIAL_LEVEL.choice_labels)


def _category_options(_countries: dict[str, str]) -> list[tuple[str, Label]]:
    return list(vocabulary.CATEGORIES.choice_labels)


FACETS = (
    FacetType("country", vocabulary.COUNTRY.label, "country", _country_options),
    FacetType("theme", vocabulary.THEMES.label, "themes__code", _theme_options),
    FacetType(
        "level", vocabulary.TERRITORIAL_LEVEL.label, "territorial_level__key", _level_options
    ),
    FacetType("category", vocabulary.CATEGORIES.label, "categories__key", _category_options),
)

SORTS: dict[str, Label] = {"newest": _("Newest first"), "title": _("By title")}


@dataclass(frozen=True)
class Option:
    """A value of a facet; `count` is how many practices one would get by ticking it alone."""

    value: str
    label: Label
    count: int
    selected: bool


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
    options: dict[str, list[tuple[str, Label]]] = field(repr=False)

    @classmethod
    def parse(
        cls, parameters: QueryDict, countries: dict[str, str], fixed: str = ""
    ) -> "PracticeFilter":
        """Read a query string; `countries` gives names by code, `fixed` leaves a facet out."""
        facets = [facet for facet in FACETS if facet.name != fixed]
        options = {facet.name: facet.options(countries) for facet in facets}
        values, unknown = {}, {}
        for facet in facets:
            known = {value for value, _label in options[facet.name]}
            asked = list(dict.fromkeys(filter(None, parameters.getlist(facet.name))))
            values[facet.name] = [value for value in asked if value in known]
            unknown[facet.name] = [value for value in asked if value not in known]
        sort = parameters.get("sort", "")
        return cls(
            query=parameters.get("q", "").strip(),
            sort=sort if sort in SORTS else "newest",
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
            if self.values[facet.name]:
                practices = practices.having(facet.lookup, self.values[facet.name])
            elif facet.name in self.unknown:
                practices = practices.none()
        return practices

    def order(self, practices: "PracticeQuerySet") -> "PracticeQuerySet":
        """Practices in the order asked for."""
        return practices.by_title() if self.sort == "title" else practices.newest()

    def facets(self, practices: "PracticeQuerySet") -> list[Facet]:
        """Facets with counts, one query each; `practices` are those before any facet."""
        return [
            Facet(facet.name, facet.label, self._counted(facet, practices))
            for facet in FACETS
            if facet.name in self.options
        ]

    def _counted(self, facet: FacetType, practices: "PracticeQuerySet") -> list[Option]:
        counts = dict(
            self.apply(practices, leave_out=facet.name)
            .order_by()
            .values_list(facet.lookup)
            .annotate(count=Count("pk", distinct=True))
        )
        return [
            Option(value, label, counts.get(value, 0), value in self.values[facet.name])
            for value, label in self.options[facet.name]
        ]

    def query_string(self, without: Iterable[tuple[str, str]] = ()) -> str:
        """The canonical query string of this filter, less some pairs of name and value."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(name, value) for name, values in self.values.items() for value in values]
        if self.sort != "newest":
            pairs.append(("sort", self.sort))
        dropped = set(without)
        return urlencode([pair for pair in pairs if pair not in dropped])
