"""Countries and themes: how many practices are published, and how many wait."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from practices.models import PracticePage, Theme
from practices.moderation.states import WAITING
from practices.querysets import PracticeQuerySet

from . import scope
from .filters import ORIGINAL, YES


@dataclass(frozen=True)
class Cell:
    """Published and waiting practices, with the addresses of their lists."""

    published: int
    waiting: int
    published_url: str
    waiting_url: str

    @property
    def empty(self) -> bool:
        return not (self.published or self.waiting)


@dataclass(frozen=True)
class Row:
    """A country with a cell for each theme, and one for all themes."""

    code: str
    name: str
    cells: list[Cell]
    total: Cell


@dataclass(frozen=True)
class Overview:
    """The table; a practice with two themes is counted under both, and once in the totals."""

    themes: list[Any]
    rows: list[Row]
    totals: list[Cell]
    total: Cell

    @classmethod
    def of_all(cls) -> "Overview":
        """All countries that have a page, by all themes."""
        published = PracticePage.objects.published()
        waiting = PracticePage.objects.originals().filter(moderation__state__in=WAITING)
        published_counts, waiting_counts = _counts(published), _counts(waiting)
        themes = Theme.all_with_texts()

        def cell(country: str = "", theme: str = "") -> Cell:
            filters = {"version": ORIGINAL, "country": country, "theme": theme}
            return Cell(
                published_counts.get((country, theme), 0),
                waiting_counts.get((country, theme), 0),
                _list_url(filters, public=YES),
                _list_url(filters, waiting="any"),
            )

        return cls(
            themes,
            [
                Row(code, name, [cell(code, theme.code) for theme in themes], cell(code))
                for code, name in scope.country_names().items()
            ],
            [cell(theme=theme.code) for theme in themes],
            cell(),
        )


def _counts(practices: PracticeQuerySet) -> dict[tuple[str, str], int]:
    """Numbers by country and theme; an empty country or theme stands for all of them."""
    practices = practices.order_by()
    pairs = practices.values_list("country", "themes__code").annotate(count=Count("pk"))
    counts = {(country, theme): count for country, theme, count in pairs if theme}
    for _country, theme in list(counts):
        counts["", theme] = sum(
            count for (country, other), count in counts.items() if country and other == theme
        )
    for country, count in practices.values_list("country").annotate(count=Count("pk")):
        counts[country, ""] = count
        counts["", ""] = counts.get(("", ""), 0) + count
    return counts


def list_url(**filters: Any) -> str:
    """Address of “Fichas” with filters."""
    return _list_url({}, **filters)


def _list_url(filters: dict[str, str], **more: Any) -> str:
    pairs = {name: value for name, value in (filters | more).items() if value}
    query = urlencode(pairs, doseq=True)
    return reverse("fichas:index") + (f"?{query}" if query else "")
