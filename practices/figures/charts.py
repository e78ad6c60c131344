"""Bars: one way of drawing numbers of practices, in a list that is read as one."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from practices.facets import COUNTRY, FACETS, THEME, FacetType
from practices.statistics import Counts, facet_counts, total
from practices.vocabulary import Label

if TYPE_CHECKING:
    from practices.models import Theme

CATEGORY, LEVEL = (
    next(facet for facet in FACETS if facet.name == name) for name in ("category", "level")
)
CHARTED = (THEME, CATEGORY, LEVEL)

ENOUGH = 3
"""Practices that a country needs before its shares are compared with those of the region."""
CLEARLY = 10
"""Points of percent above the region's share from which a theme counts as more frequent."""


@dataclass(frozen=True)
class Bar:
    """A value with its number of practices; `share` is in percent of all that are charted.

    `usual` is the share of the value in the whole region, where the two are compared.
    """

    value: str
    label: Label
    language: str
    count: int
    share: int
    icon: str = ""
    tone: str = ""
    usual: int | None = None

    @property
    def is_more(self) -> bool:
        """Whether the value is clearly more frequent here, and not by a single practice."""
        return self.usual is not None and self.count > 1 and self.share >= self.usual + CLEARLY


@dataclass(frozen=True)
class Chart:
    """Bars of a facet. A practice with several values counts in each, so shares may exceed 100."""

    facet: FacetType
    bars: list[Bar]

    @property
    def is_compared(self) -> bool:
        """Whether the bars stand beside the shares of the region."""
        return any(bar.usual is not None for bar in self.bars)

    @property
    def shown(self) -> list[Bar]:
        """The bars that have something to show."""
        return [bar for bar in self.bars if bar.count]


def percent(count: int, whole: int) -> int:
    """A share in whole percent; 0 of nothing."""
    return round(100 * count / whole) if whole else 0


def region_charts(counts: Counts, themes: "list[Theme]") -> list[Chart]:
    """By theme, category and level, from counts of these facets and of countries."""
    return [_chart(facet, counts, themes) for facet in CHARTED]


def country_charts(country: str, themes: "list[Theme]") -> tuple[int, list[Chart]]:
    """How many practices a country has, and its charts, in two queries.

    Themes stand beside the region, of which the country is a part, where it has enough practices.
    """
    own = facet_counts(COUNTRY, *CHARTED, country=country)
    region = facet_counts(COUNTRY, THEME)
    count = total(own)
    compared = region if count >= ENOUGH else None
    charts = [_chart(facet, own, themes, compared if facet == THEME else None) for facet in CHARTED]
    return count, charts


def _chart(
    facet: FacetType, counts: Counts, themes: "list[Theme]", region: Counts | None = None
) -> Chart:
    whole = total(counts)
    bars = []
    for value, label, language, icon, tone in _values(facet, themes):
        count = counts[facet.name, value]
        usual = percent(region[facet.name, value], total(region)) if region else None
        share = percent(count, whole)
        bars.append(Bar(value, label, language, count, share, icon, tone, usual))
    return Chart(facet, bars)


def _values(
    facet: FacetType, themes: "list[Theme]"
) -> "Iterator[tuple[str, Label, str, str, str]]":
    """The values of a facet: key, label and its language, icon and tone where it has them."""
    if facet.item:
        for key, label in facet.item.choice_labels:
            yield key, label, "", "", ""
    else:
        for theme in themes:
            yield theme.code, theme.short_name, theme.language, theme.icon, theme.colour
