"""What is asked of a collection of practices, and what is answered."""

from dataclasses import dataclass, field
from typing import Any

Row = tuple[Any, ...]

PER_PAGE = 20


@dataclass(frozen=True)
class Question:
    """What is asked: words, values of facets, order, and from which practice on, the first being 0."""

    words: str = ""
    chosen: dict[str, str] = field(default_factory=dict)
    sort: str = "newest"
    start: int = 0
    language: str = "es"


@dataclass(frozen=True)
class Answer:
    """What was found: primary keys of the page, total, counts by facet and value, and the cards.

    A card is title, summary, country, code and a passage with what was sought.
    """

    practices: list[int]
    total: int
    counts: dict[tuple[str, str], int]
    cards: list[Row] = field(default_factory=list, compare=False)
