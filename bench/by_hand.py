"""The reference: the same answers written by hand in SQL, for these questions and this database.

Each question is asked in several forms, and the fastest counts.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from osumi_search.analysis import fold
from osumi_search.backends import postgresql, sqlite
from osumi_search.query import parse
from osumi_search.spelling import closest
from practices.models import PracticePage

from .question import PER_PAGE, Answer, Question, Row

ENTRY, TEXT = "practices_catalogueentry", "practices_cataloguetext"
FACT, VALUE = "practices_cataloguefact", "practices_cataloguevalue"


@dataclass(frozen=True)
class ByHand:
    """Answers a question with the cursor of the connection."""

    question: Question

    def together(self) -> Answer:
        """Everything in one statement."""
        page = f"SELECT practice {self._page('narrowed')}"
        rows = _rows(
            f"WITH {self._hits(scored=self._by_score)}, {self._narrowed},"
            f" page AS MATERIALIZED ({page})"
            " SELECT 'page', practice, 0 FROM page"
            " UNION ALL SELECT 'total', 0, COUNT(*) FROM narrowed"
            f" UNION ALL {self._counts(by_value=False)}"
        )
        return self._answer([what for kind, what, _n in rows if kind == "page"], rows)

    def apart(self, by_value: bool = False) -> Answer:
        """The page with its scores; total and counts without."""
        where = self._where(self.question.chosen)
        page = _rows(
            f"WITH {self._hits(scored=self._by_score)} SELECT practice {self._page('hits', where)}"
        )
        rows = _rows(
            f"WITH {self._hits(scored=False)}, {self._narrowed}"
            " SELECT 'total', 0, COUNT(*) FROM narrowed"
            f" UNION ALL {self._counts(by_value)}"
        )
        return self._answer([practice for (practice,) in page], rows)

    def table(self) -> Answer:
        """With a temporary table of what was found."""
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_hits")
            cursor.execute(
                "CREATE TEMPORARY TABLE bench_hits (practice integer PRIMARY KEY, score real)"
            )
            cursor.execute(
                f"WITH {self._hits(scored=self._by_score)}"
                " INSERT INTO bench_hits SELECT practice, score FROM hits"
            )
        where = self._where(self.question.chosen)
        page = _rows(f"SELECT practice {self._page('bench_hits', where)}")
        rows = _rows(
            f"WITH hits AS (SELECT * FROM bench_hits), {self._narrowed}"
            " SELECT 'total', 0, COUNT(*) FROM narrowed"
            f" UNION ALL {self._counts(by_value=False)}"
        )
        return self._answer([practice for (practice,) in page], rows)

    def corrected(self) -> str:
        """Another word where nothing begins with the one asked for; empty where none is near."""
        word = fold(self.question.words)
        column = "osumi_search_words MATCH" if self._is_sqlite else "vector @@"
        begins = f"{column} '{self._expression(prefix=True)}'"
        if _rows(f"SELECT COUNT(*) FROM osumi_search_words WHERE {begins}") != [(0,)]:
            return ""
        length = len(word)
        near = _rows(
            "SELECT word, count FROM osumi_search_word WHERE"
            f" beginning = '{word[:2]}' AND length BETWEEN {length - 2} AND {length + 2} OR"
            f" ending = '{word[-3:]}' AND length BETWEEN {length - 1} AND {length + 1}"
        )
        return closest(word, near) or ""

    # Pieces

    @property
    def _is_sqlite(self) -> bool:
        return connection.vendor == "sqlite"

    @property
    def _by_score(self) -> bool:
        return self.question.sort == "relevance"

    @cached_property
    def _match(self) -> str:
        return self._expression()

    def _expression(self, prefix: bool = False) -> str:
        node = parse(self.question.words, prefix=prefix)
        assert node  # noqa: S101
        expression = sqlite.expression if self._is_sqlite else postgresql.expression
        return expression(node).replace("'", "''")

    def _hits(self, scored: bool) -> str:
        """Practices of which a public version has the words."""
        if not self.question.words:
            return f"hits AS NOT MATERIALIZED (SELECT practice_id AS practice, 0 AS score FROM {ENTRY})"
        content_type = ContentType.objects.get_for_model(PracticePage).pk
        if self._is_sqlite:
            score = "-bm25(osumi_search_words, 10, 5, 1.5, 0.75, 1)" if scored else "0"
            return (
                f"words AS MATERIALIZED (SELECT rowid AS id, {score} AS score FROM osumi_search_words"
                f" WHERE osumi_search_words MATCH '{self._match}'),"
                " hits AS MATERIALIZED (SELECT entry_id AS practice, MAX(score) AS score FROM words"
                " CROSS JOIN osumi_search_entry ON osumi_search_entry.id = words.id"
                f" CROSS JOIN {TEXT} ON page_id = CAST(object_id AS integer)"
                f" WHERE content_type_id = {content_type} GROUP BY entry_id)"
            )
        query = f"'{self._match}'::tsquery"
        score = f"ts_rank('{{0.05, 0.15, 0.5, 1.0}}', vector, {query}, 1)" if scored else "0"
        return (
            f"hits AS MATERIALIZED (SELECT {TEXT}.entry_id AS practice, MAX({score}) AS score"
            " FROM osumi_search_words JOIN osumi_search_entry ON osumi_search_entry.id = osumi_search_words.entry_id"
            f" JOIN {TEXT} ON page_id = CAST(object_id AS integer)"
            f" WHERE content_type_id = {content_type} AND vector @@ {query}"
            f" GROUP BY {TEXT}.entry_id)"
        )

    @property
    def _narrowed(self) -> str:
        how = "MATERIALIZED" if self.question.words or self.question.chosen else "NOT MATERIALIZED"
        where = self._where(self.question.chosen)
        return f"narrowed AS {how} (SELECT practice, score FROM hits {where})"

    def _where(self, chosen: dict[str, str]) -> str:
        conditions = [
            f"practice IN (SELECT entry_id FROM {FACT} WHERE value_id = (SELECT id FROM {VALUE}"
            f" WHERE facet = '{facet}' AND value = '{value}'))"
            for facet, value in chosen.items()
        ]
        return f"WHERE {' AND '.join(conditions)}" if conditions else ""

    def _page(self, source: str, where: str = "") -> str:
        """What follows SELECT practice."""
        collation = "" if self._is_sqlite else ' COLLATE "C"'
        titles = (
            f"JOIN {TEXT} born ON born.page_id = practice LEFT JOIN {TEXT} own"
            f" ON own.entry_id = practice AND own.language || '' = '{self.question.language}'"
        )
        keys, join = {
            "relevance": ("score DESC, practice DESC", ""),
            "newest": (
                "published_at DESC, practice_id DESC",
                f"JOIN {ENTRY} ON practice_id = practice",
            ),
            "title": (f"COALESCE(own.sort_title, born.sort_title){collation}, practice", titles),
        }[self.question.sort]
        limits = f"LIMIT {PER_PAGE} OFFSET {self.question.start}"
        if self.question.sort == "newest" and not (self.question.words or self.question.chosen):
            return f"FROM (SELECT practice_id AS practice, published_at FROM {ENTRY} ORDER BY published_at DESC, practice_id DESC {limits}) AS newest"
        return f"FROM {source} {join} {where} ORDER BY {keys} {limits}"

    def _counts(self, by_value: bool) -> str:
        """How many practices have each value; of a chosen facet its own choice aside."""
        chosen = self.question.chosen
        if not self.question.words and not chosen:
            return f"SELECT 'value', value_id, COUNT(*) FROM {FACT} GROUP BY value_id"
        facets = ", ".join(f"'{facet}'" for facet in chosen)
        of_chosen = f"(SELECT id FROM {VALUE} WHERE facet IN ({facets}))"
        parts = [
            self._count("(SELECT practice FROM narrowed)", by_value)
            + (f" AND value_id NOT IN {of_chosen}" if chosen else "")
            + " GROUP BY value_id"
        ]
        for left_out in chosen:
            others = {facet: value for facet, value in chosen.items() if facet != left_out}
            among = f"(SELECT id FROM {VALUE} WHERE facet = '{left_out}')"
            source = f"(SELECT practice FROM hits {self._where(others)})"
            parts.append(
                self._count(source, by_value) + f" AND value_id IN {among} GROUP BY value_id"
            )
        return " UNION ALL ".join(parts)

    def _count(self, source: str, by_value: bool) -> str:
        kind = "SELECT 'value', value_id, COUNT(*) FROM"
        if not self._is_sqlite:
            return f"{kind} {source} AS others JOIN {FACT} ON entry_id = practice WHERE TRUE"
        if by_value:  # the plus keeps the index on entries out
            return f"{kind} {FACT} INDEXED BY catalogue_by_value WHERE +entry_id IN {source}"
        return f"{kind} {source} AS others CROSS JOIN {FACT} ON entry_id = practice WHERE TRUE"

    # Results

    def _answer(self, practices: list[int], rows: list[Row]) -> Answer:
        """Names of the values, and what the cards show."""
        names = {key: (facet, value) for key, facet, value in _rows(f"SELECT * FROM {VALUE}")}
        return Answer(
            practices,
            next(number for kind, _what, number in rows if kind == "total"),
            {names[what]: number for kind, what, number in rows if kind == "value"},
            self._cards(practices) if practices else [],
        )

    def _cards(self, practices: list[int]) -> list[Row]:
        keys = ", ".join(map(str, practices))
        versions = _rows(
            f"SELECT {TEXT}.entry_id, language, osumi_search_entry.id, title, sections,"
            f" {ENTRY}.country, code FROM {TEXT}"
            f" JOIN {ENTRY} ON {ENTRY}.practice_id = {TEXT}.entry_id"
            f" JOIN wagtailcore_page ON wagtailcore_page.id = {TEXT}.page_id"
            f" JOIN practices_practicepage ON page_ptr_id = {TEXT}.page_id"
            f" JOIN practices_practicerecord ON practices_practicerecord.practice_id = {TEXT}.entry_id"
            f" JOIN osumi_search_entry ON object_id = CAST({TEXT}.page_id AS varchar)"
            " AND osumi_search_entry.content_type_id = wagtailcore_page.content_type_id"
            f" WHERE {TEXT}.entry_id IN ({keys})"
        )
        passages = self._passages([entry for _key, _language, entry, *_rest in versions])
        shown: dict[int, Row] = {}
        for key, language, entry, title, sections, country, code in versions:
            if key not in shown or language == self.question.language:
                shown[key] = (title, _summary(sections), country, code, passages.get(entry, ""))
        return [shown[key] for key in practices]

    def _passages(self, entries: list[int]) -> dict[int, str]:
        """The best passage of each text that has what was sought."""
        if not self.question.words:
            return {}
        keys = ", ".join(map(str, entries))
        if self._is_sqlite:
            passages = (
                "SELECT rowid, snippet(osumi_search_words, -1, '<b>', '</b>', '…', 24) FROM osumi_search_words"
                f" WHERE osumi_search_words MATCH '{self._match}' AND rowid IN ({keys})"
            )
        else:
            words = self.question.words.replace("'", "''")
            passages = (
                "SELECT entry_id, ts_headline('spanish', readable,"
                f" websearch_to_tsquery('spanish', '{words}')) FROM osumi_search_words"
                f" WHERE vector @@ '{self._match}'::tsquery AND entry_id IN ({keys})"
            )
        return dict(_rows(passages))


FORMS: dict[str, Callable[[ByHand], Answer]] = {
    "together": ByHand.together,
    "apart": ByHand.apart,
    "apart, by value": lambda by_hand: by_hand.apart(by_value=True),
    "table": ByHand.table,
}
"""The ways to ask that were tried."""


def ask(question: Question, form: str) -> Answer:
    """The answer in one of the forms, for another word where nothing has the one asked for."""
    by_hand = ByHand(question)
    answer = FORMS[form](by_hand)
    if question.words and not answer.total and (word := by_hand.corrected()):
        return ask(replace(question, words=word), form)
    return answer


def _rows(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def _summary(sections: Any) -> str:
    """The text of the summary in the sections of a page as they are stored."""
    blocks = json.loads(sections) if isinstance(sections, str) else sections
    html = next((block["value"] for block in blocks if block["type"] == "summary"), "")
    return re.sub(r"<[^>]+>", " ", html)
