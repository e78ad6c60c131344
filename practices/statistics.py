"""Counts of public practices, over the catalogue's narrow tables."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Count, QuerySet

from .facets import COUNTRY, THEME, FacetType

if TYPE_CHECKING:
    from .models import CatalogueFact, CountryPage, Theme

Counts = Counter[tuple[str, str]]
"""Numbers of practices by two names; 0 for a pair that is not there."""


@dataclass(frozen=True)
class Counted:
    """Something with its number of practices; of a tag also the language it is written in."""

    what: Any
    count: int
    language: str = ""


def _facts() -> "QuerySet[CatalogueFact]":
    return apps.get_model("practices", "CatalogueFact").objects.order_by()


def facet_counts(*facets: FacetType, country: str = "") -> Counts:
    """Practices by facet and value, in one query; of one country where its code is given."""
    facts = _facts().filter(value__facet__in=[facet.name for facet in facets])
    if country:
        facts = facts.filter(entry__country=country)
    return _counted(facts, "value__facet", "value__value")


def cross_counts(theme: str = "") -> Counts:
    """Practices by country and theme, in one query; of one theme where its code is given."""
    facts = _facts().filter(value__facet=THEME.name)
    if theme:
        facts = facts.filter(value__value=theme)
    return _counted(facts, "entry__country", "value__value")


def _counted(facts: "QuerySet[CatalogueFact]", first: str, second: str) -> Counts:
    counted = facts.values_list(first, second).annotate(Count("pk"))
    return Counter({(one, other): count for one, other, count in counted})


def total(counts: Counts) -> int:
    """All practices of counts by country: each has one."""
    return sum(count for (facet, _value), count in counts.items() if facet == COUNTRY.name)


def theme_counts(counts: Counts, themes: "Iterable[Theme]") -> list[Counted]:
    """Themes in their order, with the number of practices of each."""
    return [Counted(theme, counts[THEME.name, theme.code]) for theme in themes]


def country_counts(counts: Counts, countries: "dict[str, CountryPage]") -> list[Counted]:
    """Country pages (by ISO code, in their order) with the number of practices of each."""
    return [Counted(page, counts[COUNTRY.name, code]) for code, page in countries.items()]


def theme_in_countries(theme: "Theme", countries: "dict[str, CountryPage]") -> list[Counted]:
    """Country pages (by ISO code, in their order) with the number of practices on a theme."""
    counts = cross_counts(theme.code)
    return [Counted(page, counts[code, theme.code]) for code, page in countries.items()]
