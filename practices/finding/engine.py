"""What finding asks of the search backend, whichever the site has."""

from collections.abc import Iterable
from typing import Any, Protocol

from django.apps import apps
from wagtail.search.backends import get_search_backend

from practices.querysets import WORD

Pieces = list[tuple[str, bool]]
"""A text in pieces; those that are true are what was sought."""

MOST_WORDS = 10
MOST_HITS = 1_000
"""How many hits are taken of a backend that cannot tell them in a statement."""


class Engine(Protocol):
    """What a search backend made for practices offers beside Wagtail's own methods."""

    def parse(self, text: str, prefix: bool = False, operator: str = "and") -> Any:
        """What a person typed, as a query of the backend; None where there is nothing to seek."""

    def statement(self, query: Any, model: Any, scored: bool = True) -> tuple[str, list[Any]]:
        """SQL, with its parameters, whose rows are pairs of primary key and score."""

    def readable(self, model: Any, primary_keys: Iterable[int]) -> dict[int, str]:
        """The text of objects as it was indexed, a value a line, by primary key."""

    def excerpt(self, query: Any, text: str) -> Pieces:
        """The sentence that fits best."""

    def mark(self, query: Any, text: str) -> Pieces:
        """A whole text."""

    def corrected(self, text: str) -> str:
        """The same with words that the collection has; empty where there is nothing to correct."""


class PlainEngine:
    """The same of any other backend of Wagtail's: it finds, and marks nothing."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def parse(self, text: str, prefix: bool = False, operator: str = "and") -> Any:
        """Its words alone: what else is typed breaks some of Wagtail's backends."""
        del prefix
        words = WORD.findall(text)[:MOST_WORDS]
        return (" ".join(words), operator) if words else None

    def statement(self, query: Any, model: Any, scored: bool = True) -> tuple[str, list[Any]]:
        """The hits themselves as the rows of a statement."""
        del scored
        words, operator = query
        live = model.objects.live().defer_streamfields()
        found = self._backend.search(words, live, operator=operator)[:MOST_HITS]
        rows = ", ".join(f"({page.pk}, {-place})" for place, page in enumerate(found))
        if not rows:
            return "SELECT 0, 0 WHERE 1 = 0", []
        return f"SELECT * FROM (VALUES {rows}) AS hits", []

    def readable(self, model: Any, primary_keys: Iterable[int]) -> dict[int, str]:
        """Nothing: cards show the summary instead."""
        del model, primary_keys
        return {}

    def excerpt(self, query: Any, text: str) -> Pieces:
        """The text as it is."""
        return self.mark(query, text)

    def mark(self, query: Any, text: str) -> Pieces:
        """The text as it is."""
        del query
        return [(text, False)]

    def corrected(self, text: str) -> str:
        """Nothing: other backends hold no words of the collection."""
        del text
        return ""


def engine() -> Engine:
    """The search backend of the site, as finding needs it."""
    backend = get_search_backend()
    return backend if hasattr(backend, "statement") else PlainEngine(backend)


def practices_model() -> Any:
    """The model of practices, which itself leads here through its page."""
    return apps.get_model("practices", "PracticePage")
