"""The one statement that finds, counts and orders public practices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from .engine import engine, practices_model

ENTRY = "practices_catalogueentry"
TEXT = "practices_cataloguetext"
FACT = "practices_cataloguefact"
VALUE = "practices_cataloguevalue"

MANY = 3
"""One practice of so many is many."""

RELEVANCE, NEWEST, TITLE, COUNTRY = "relevance", "newest", "title", "country"


@dataclass(frozen=True)
class Order:
    """How practices follow each other.

    By title and country as readers of a language see them: `language` is theirs, `countries` are
    the codes of all countries in the order of their names.
    """

    by: str
    language: str = ""
    countries: tuple[str, ...] = ()


@dataclass
class Found:
    """What was found: `practices` are primary keys of originals, those of the asked page.

    `hits` is how many practices fit the words alone, `total` how many fit everything. `counts`
    says of each value of a facet, by pairs of both, how many practices fit all but that facet.
    """

    practices: list[int] = field(default_factory=list)
    hits: int = 0
    total: int = 0
    counts: dict[tuple[str, str], int] = field(default_factory=dict)


class Statement:
    """Practices that fit a query of the search backend (None for all) and values of facets.

    `chosen` maps names of facets to primary keys of `CatalogueValue`: one of them must be had. A
    facet without any of them is one that nothing fits.
    """

    def __init__(self, query: Any, chosen: Mapping[str, Iterable[int]]) -> None:
        self._query = query
        self._conditions = {name: _condition(keys) for name, keys in chosen.items()}

    def find(self, order: Order, start: int, stop: int) -> Found:
        """A page of practices with all counts."""
        opening, parameters = self._opening(scored=order.by == RELEVANCE)
        page, page_parameters = _page(order, start, stop)
        parts = [
            "SELECT 'hits' AS kind, 0 AS what, COUNT(*) AS number FROM hits",
            "SELECT 'total', 0, COUNT(*) FROM narrowed",
            f"SELECT 'page', practice, place FROM ({page}) AS page",
            self._count(),
            *(self._count(leave_out=name) for name in self._conditions),
        ]
        sql = (
            f"{opening} SELECT kind, what, number, facet, value"
            f" FROM ({' UNION ALL '.join(parts)}) AS counted"
            f" LEFT JOIN {VALUE} ON counted.kind = 'value' AND {VALUE}.id = counted.what"
        )
        found = Found()
        places = []
        with connection.cursor() as cursor:
            cursor.execute(sql, [*parameters, *page_parameters])
            for kind, what, number, facet, value in cursor.fetchall():
                if kind == "value":
                    found.counts[facet, value] = number
                elif kind == "page":
                    places.append((number, what))
                else:
                    setattr(found, kind, number)
        found.practices = [practice for _place, practice in sorted(places)]
        return found

    def practices(self, order: Order, start: int = 0, stop: int | None = None) -> list[int]:
        """Primary keys of the originals alone, in their order."""
        opening, parameters = self._opening(scored=order.by == RELEVANCE)
        page, page_parameters = _page(order, start, stop)
        with connection.cursor() as cursor:
            cursor.execute(
                f"{opening} SELECT practice FROM ({page}) AS page ORDER BY place",
                [*parameters, *page_parameters],
            )
            return [practice for (practice,) in cursor.fetchall()]

    def _opening(self, scored: bool) -> tuple[str, list[Any]]:
        """The practices that fit the words (`hits`) and those that fit everything (`narrowed`)."""
        narrowed = f"SELECT practice, score FROM hits {_where(self._conditions.values())}"
        once = "MATERIALIZED" if self._conditions else "NOT MATERIALIZED"
        if self._query is None:
            hits = f"SELECT practice_id, 0 FROM {ENTRY}"
            return (
                f"WITH hits (practice, score) AS NOT MATERIALIZED ({hits}),"
                f" narrowed AS {once} ({narrowed})"
            ), []
        found, parameters = engine().statement(self._query, practices_model(), scored)
        hits = (
            f"SELECT {TEXT}.entry_id, MAX(found.score) FROM found"
            f" JOIN {TEXT} ON {TEXT}.page_id = found.page GROUP BY {TEXT}.entry_id"
        )
        return (
            f"WITH found (page, score) AS MATERIALIZED ({found}),"
            f" hits (practice, score) AS MATERIALIZED ({hits}),"
            f" narrowed AS {once} ({narrowed})"
        ), parameters

    def _count(self, leave_out: str = "") -> str:
        """How many practices have each value: of a chosen facet its own choice aside."""
        conditions = [sql for name, sql in self._conditions.items() if name != leave_out]
        if self._query is None and not self._conditions:
            return _counted(f"FROM {FACT}")  # no need to look up whose facts they are
        joined, among = "", "TRUE"
        if facets := [leave_out] if leave_out else list(self._conditions):
            joined = f" CROSS JOIN {VALUE}"
            among = (
                f"{VALUE}.id = {FACT}.value_id"
                f" AND {VALUE}.facet {'IN' if leave_out else 'NOT IN'} ({_quoted(facets)})"
            )
        by_value = f"FROM {VALUE} CROSS JOIN {FACT} WHERE {FACT}.value_id = {VALUE}.id AND {among}"
        if self._query is None and not conditions:
            return _counted(by_value)
        source = f"SELECT practice FROM hits {_where(conditions)}"
        if not leave_out:
            source = "SELECT practice FROM narrowed"
        by_practice = (
            f"FROM ({source}) AS others CROSS JOIN {FACT}{joined}"
            f" WHERE {FACT}.entry_id = others.practice AND {among}"
        )
        if connection.vendor != "sqlite":
            return _counted(by_practice)
        # SQLite sorts what it counts by practice: of many, it is faster to go through the values.
        # With a plus it asks of each fact whose it is, and does not seek each practice.
        found = f"SELECT COUNT(*) FROM {'hits' if leave_out else 'narrowed'}"
        are_few = f"({found}) * {MANY} < (SELECT COUNT(*) FROM {ENTRY})"
        return (
            f"{_counted(f'{by_practice} AND {are_few}')} UNION ALL"
            f" {_counted(f'{by_value} AND +{FACT}.entry_id IN ({source}) AND NOT {are_few}')}"
        )


def _counted(source: str) -> str:
    return f"SELECT 'value', {FACT}.value_id, COUNT(*) {source} GROUP BY {FACT}.value_id"


def _condition(keys: Iterable[int]) -> str:
    """That a practice has one of the values."""
    values = ", ".join(str(int(key)) for key in keys) or "NULL"
    return f"practice IN (SELECT entry_id FROM {FACT} WHERE value_id IN ({values}))"


def _where(conditions: Iterable[str]) -> str:
    together = " AND ".join(conditions)
    return f"WHERE {together}" if together else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)


def _page(order: Order, start: int, stop: int | None) -> tuple[str, list[Any]]:
    """Practices with their places, as a statement with its parameters."""
    # By code points, as SQLite compares; folded titles need no more.
    collation = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
    join, parameters = "", []
    if order.by in (NEWEST, COUNTRY):
        join = f" JOIN {ENTRY} ON {ENTRY}.practice_id = narrowed.practice"
    if order.by in (TITLE, COUNTRY):
        join += (
            f" JOIN {TEXT} AS born ON born.page_id = narrowed.practice"
            # Not by the index of the language, which holds half of all texts.
            f" LEFT JOIN {TEXT} AS own ON own.entry_id = narrowed.practice"
            " AND own.language || '' = %s"
        )
        parameters = [order.language]
    title = f"COALESCE(own.sort_title, born.sort_title){collation}"
    columns = {
        RELEVANCE: ["score", "practice"],
        NEWEST: [f"{ENTRY}.published_at", f"{ENTRY}.practice_id"],
        TITLE: [title, "practice"],
        COUNTRY: [_place(order.countries), title, "practice"],
    }[order.by]
    direction = " DESC" if order.by in (RELEVANCE, NEWEST) else ""
    named = ", ".join(f"{column} AS key{number}" for number, column in enumerate(columns))
    keys = ", ".join(f"key{number}{direction}" for number in range(len(columns)))
    # The places come last, for the practices of the page alone.
    return (
        f"SELECT practice, ROW_NUMBER() OVER (ORDER BY {keys}) AS place"
        f" FROM (SELECT practice, {named} FROM narrowed{join} ORDER BY {keys}"
        f" LIMIT {(stop or 10**9) - start} OFFSET {start}) AS chosen"
    ), parameters


def _place(countries: tuple[str, ...]) -> str:
    """The place of a country among all, unknown ones last."""
    places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(countries))
    return f"CASE {ENTRY}.country {places} ELSE {len(countries)} END" if countries else "0"
