"""A page of a list of practices: found, counted, sorted, as cards."""

from collections.abc import Iterator

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from .directory import Directory
from .filters import SORTS, Facet, Option, PracticeFilter
from .finding.reading import Reading, readings
from .finding.statement import RELEVANCE, Found, Order, Statement
from .models.catalogue import Pair
from .presentation import Card, cards

PER_PAGE = 12
AT_ONCE = 200
UNKNOWN_NAMED = 5
LAST_PAGE = 10**6


class Selection:
    """A part of the public practices that a query string asks for, in the active language.

    `start` is how many of them stand before the part, `size` how many it may hold. `fixed` is the
    pair of facet and value that the page itself decides: `("country", "pe")`.
    """

    def __init__(
        self, request: HttpRequest, start: int = 0, size: int = PER_PAGE, fixed: Pair | None = None
    ) -> None:
        self.language = translation.get_language() or ""
        self._request = request
        self._directory = Directory.of(request)
        self.filter = PracticeFilter.parse(request.GET, self._directory, self.language, fixed)
        self._start, self._size = start, size

    @cached_property
    def _answer(self) -> tuple[Reading, Statement, Found]:
        """How the words were read, what found them, and the practices of the part.

        Words that find nothing as they were typed are read in other ways, until one finds some.
        """
        chosen = self.filter.chosen()
        for reading in readings(self.filter.query):
            statement = Statement(reading.query, chosen)
            if not reading.seeks:
                return reading, statement, Found()
            found = statement.find(self._order, self._start, self._start + self._size)
            if found.hits or reading.is_last:
                break
        return reading, statement, found

    @property
    def _order(self) -> Order:
        countries = tuple(self._directory.countries(self.language))
        return Order(self.filter.sort, self.language, countries)

    @property
    def reading(self) -> Reading:
        """How the words were understood."""
        return self._answer[0]

    @property
    def total(self) -> int:
        """How many practices there are before, in and after the part."""
        return self._answer[2].total

    @property
    def hits(self) -> int:
        """How many practices of the whole collection fit the words alone."""
        return self._answer[2].hits

    @cached_property
    def cards(self) -> list[Card]:
        return self._cards(self._answer[2].practices)

    def every_practice(self) -> list[int]:
        """Primary keys of the practices of the whole list, in its order."""
        reading, statement, _found = self._answer
        return statement.practices(self._order) if reading.seeks else []

    def every_card(self, chunk: int = AT_ONCE) -> Iterator[Card]:
        """A card for each practice of the whole list, in its order, some at a time."""
        practices = self.every_practice()
        for start in range(0, len(practices), chunk):
            yield from self._cards(practices[start : start + chunk], marked=False)

    def _cards(self, practices: list[int], marked: bool = True) -> list[Card]:
        stored = self._directory.published.for_cards().in_bulk(practices)
        found = [stored[key] for key in practices if key in stored]
        query = self.reading.query if marked else None
        return cards(found, self._request, query)

    @cached_property
    def facets(self) -> list[Facet]:
        return self.filter.facets(self._answer[2].counts)


class Listing(Selection):
    """One page of public practices as a request asks for it (`page`), with what leads to others."""

    def __init__(self, request: HttpRequest, fixed: Pair | None = None) -> None:
        self._asked_page = request.GET.get("page", "1")
        super().__init__(request, (_number(self._asked_page) - 1) * PER_PAGE, fixed=fixed)

    @cached_property
    def _answer(self) -> tuple[Reading, Statement, Found]:
        reading, statement, found = super()._answer
        if not found.practices and found.total:  # a page past the last one
            last = (found.total - 1) // PER_PAGE * PER_PAGE
            found.practices = statement.practices(self._order, last, last + PER_PAGE)
        return reading, statement, found

    @property
    def found_nothing(self) -> bool:
        """Whether words were sought, without filters, that no practice has."""
        narrowed = self.filter.unknown or any(self.filter.values.values())
        return bool(self.filter.query) and self.reading.seeks and not narrowed and not self.hits

    @cached_property
    def page(self) -> "Page[int]":
        """The asked page, of primary keys; a number out of range gives the nearest one."""
        paginator = Paginator(range(self.total), PER_PAGE)
        return paginator.get_page(self._asked_page)

    @property
    def unknown(self) -> list[str]:
        """Values asked for that do not exist: the first of them."""
        found = [value for values in self.filter.unknown.values() for value in values]
        return found[:UNKNOWN_NAMED]

    @property
    def chips(self) -> list[tuple[Option, str]]:
        """Active filters, and the query string without each."""
        return [
            (option, self.filter.query_string([(facet.name, option.value)]))
            for facet in self.facets
            for option in facet.selected
        ]

    @property
    def without_filters(self) -> str:
        """The query string of the words and the order alone."""
        return self.filter.query_string(
            (name, value) for name, values in self.filter.values.items() for value in values
        )

    @property
    def corrected(self) -> str:
        """The query string with the words that were sought in the place of those typed."""
        return self.filter.query_string(query=self.reading.text)

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """Orders on offer: value, label, whether it is the current one."""
        return [
            (value, str(label), value == self.filter.sort)
            for value, label in SORTS.items()
            if self.filter.query or value != RELEVANCE
        ]

    @property
    def page_range(self) -> list[int | str]:
        """Page numbers to show, with an ellipsis where some are left out."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_ends=1))


def _number(asked: str) -> int:
    """The number of a page as it was asked for; the first one where it is none."""
    try:
        return min(max(int(asked), 1), LAST_PAGE)
    except ValueError:  # no number, or one of more digits than Python reads
        return 1
