"""Countries × themes: numbers of practices."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.utils.translation import gettext

from practices.facets import COUNTRY, THEME
from practices.statistics import Counted, Counts, country_counts, cross_counts, theme_counts, total

from .steps import Scale, Step

if TYPE_CHECKING:
    from practices.models import CountryPage, Theme


@dataclass(frozen=True)
class Cell:
    """How many practices of a country have a theme; `query` narrows the list to them."""

    theme: "Theme"
    count: int
    shade: int
    query: str


@dataclass(frozen=True)
class Row:
    """A country: its cells in the order of the themes, and all its practices, each once."""

    country: "CountryPage"
    count: int
    cells: list[Cell]

    @property
    def query(self) -> str:
        """The query string that narrows the list of practices to the country."""
        return urlencode({COUNTRY.name: self.country.iso_code})


@dataclass(frozen=True)
class Matrix:
    """All countries and themes. Totals count each practice once, though it may have more themes."""

    themes: list[Counted]
    rows: list[Row]
    total: int
    steps: list[Step]

    def table(self) -> Iterator[list[str | int]]:
        """Headings, a line for each country, a line of totals: texts and whole numbers."""
        names = [counted.what.short_name for counted in self.themes]
        yield [gettext("Country"), *names, gettext("All themes")]
        for row in self.rows:
            yield [row.country.title, *(cell.count for cell in row.cells), row.count]
        yield [
            gettext("All countries"),
            *(counted.count for counted in self.themes),
            self.total,
        ]


def country_matrix(
    counts: Counts, countries: "dict[str, CountryPage]", themes: "list[Theme]"
) -> Matrix:
    """The matrix, in one query; `counts` are those by country and by theme."""
    cross = cross_counts()
    # Only what has a row and a column decides on the shades.
    shown = [cross[code, theme.code] for code in countries for theme in themes]
    scale = Scale.up_to(max(shown, default=0))
    rows = [
        Row(
            counted.what,
            counted.count,
            [
                _cell(counted.what.iso_code, theme, cross[counted.what.iso_code, theme.code], scale)
                for theme in themes
            ],
        )
        for counted in country_counts(counts, countries)
    ]
    return Matrix(theme_counts(counts, themes), rows, total(counts), scale.steps)


def _cell(country: str, theme: "Theme", count: int, scale: Scale) -> Cell:
    query = urlencode({COUNTRY.name: country, THEME.name: theme.code})
    return Cell(theme, count, scale.shade(count), query)
