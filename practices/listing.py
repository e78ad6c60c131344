"""A page of a list of practices: filtered, counted, sorted, as cards."""

from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from .directory import Directory
from .filters import SORTS, Facet, Option, PracticeFilter
from .presentation import Card, cards

if TYPE_CHECKING:
    from .querysets import PracticeQuerySet

PER_PAGE = 12


class Listing:
    """One page of practices as a request asks for it, in the active language.

    `practices` are public originals; `fixed` names a facet that the page itself decides.
    """

    def __init__(
        self, request: HttpRequest, practices: "PracticeQuerySet", fixed: str = ""
    ) -> None:
        self.language = translation.get_language() or ""
        directory = Directory.of(request)
        countries = directory.countries(self.language)
        self.filter = PracticeFilter.parse(request.GET, countries, directory.themes, fixed)
        self._request = request
        self._found = self.filter.search(practices)
        self._page_number = request.GET.get("page", "1")

    @cached_property
    def page(self) -> "Page[Any]":
        """The asked page; a number out of range gives the nearest one."""
        practices = self.filter.order(self.filter.apply(self._found), self.language)
        paginator = Paginator(practices.for_cards(), PER_PAGE)
        return paginator.get_page(self._page_number)

    @cached_property
    def cards(self) -> list[Card]:
        return cards(self.page.object_list, self._request)

    @property
    def total(self) -> int:
        return self.page.paginator.count

    @cached_property
    def facets(self) -> list[Facet]:
        return self.filter.facets(self._found)

    @property
    def unknown(self) -> list[str]:
        """Values asked for that do not exist."""
        return [value for values in self.filter.unknown.values() for value in values]

    @property
    def chips(self) -> list[tuple[Option, str]]:
        """Active filters, and the query string without each."""
        return [
            (option, self.filter.query_string([(facet.name, option.value)]))
            for facet in self.facets
            for option in facet.selected
        ]

    @property
    def sorts(self) -> list[tuple[str, str, bool]]:
        """Orders on offer: value, label, whether it is the current one."""
        return [(value, str(label), value == self.filter.sort) for value, label in SORTS.items()]

    @property
    def page_range(self) -> list[int | str]:
        """Page numbers to show, with an ellipsis where some are left out."""
        return list(self.page.paginator.get_elided_page_range(self.page.number, on_ends=1))
