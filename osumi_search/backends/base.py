"""The backend that both databases share."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.utils import get_descendants_content_types_pks

from osumi_search.documents import Document
from osumi_search.query import Node

from .analysed import AnalysedBackend
from .compiler import AutocompleteCompiler, Compiler
from .index import Index, Rebuilder
from .results import Results


@dataclass(frozen=True)
class Match:
    """A condition on `osumi_search_words` in the database's own words, and how well a row fits it.

    A higher `score` is better.
    """

    condition: str
    parameters: list[Any]
    score: str
    score_parameters: list[Any]


class DatabaseBackend(AnalysedBackend, BaseSearchBackend):
    """Search in the site's own database. What differs between databases is in the subclasses."""

    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    rebuilder_class = Rebuilder

    key: str
    """The column of `osumi_search_words` that is the primary key of an entry."""

    joined_key: str
    """The same, as entries are joined to the words that were found."""

    @abstractmethod
    def match(self, node: Node, classes: frozenset[str] | None = None) -> Match:
        """The condition for a node, in some classes of weight or in all."""

    @abstractmethod
    def write(self, documents: list[tuple[int, Document]]) -> None:
        """Store documents by the primary keys of their entries."""

    @abstractmethod
    def erase(self, entries: list[int]) -> None:
        """Remove the words of entries."""

    @abstractmethod
    def optimise(self) -> None:
        """Put the index in order after it was rebuilt, and count its words."""

    def erase_orphans(self) -> None:
        """Remove words whose entry is gone."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM osumi_search_words WHERE {self.key} NOT IN (SELECT id FROM osumi_search_entry)"
            )

    def statement(self, query: Node, model: Any, scored: bool = True) -> tuple[str, list[Any]]:
        """SQL, with its parameters, whose rows are pairs of primary key and score.

        Of the objects of this model, and of those that derive from it, that fit; the score is 0 where none is asked for.
        """
        match = self.match(query)
        score = match.score if scored else "0"
        parameters = [*(match.score_parameters if scored else ()), *match.parameters]
        # CROSS JOIN has SQLite read the words first, instead of seeking them anew for each entry.
        sql = (
            f"SELECT CAST(osumi_search_entry.object_id AS bigint), {score}"
            f" FROM osumi_search_words CROSS JOIN osumi_search_entry WHERE osumi_search_entry.id = osumi_search_words.{self.key}"
            f" AND osumi_search_entry.content_type_id IN ({_types(model)})"
            f" AND {match.condition}"
        )
        return sql, parameters

    def readable(self, model: Any, primary_keys: Iterable[int]) -> dict[int, str]:
        """The text of objects of a model as it was indexed, by primary key."""
        keys = [str(pk) for pk in primary_keys]
        if not keys:
            return {}
        marks = ", ".join(["%s"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT osumi_search_entry.object_id, osumi_search_words.readable FROM osumi_search_entry"
                f" JOIN osumi_search_words ON osumi_search_words.{self.key} = osumi_search_entry.id"
                f" WHERE osumi_search_entry.content_type_id IN ({_types(model)})"
                f" AND osumi_search_entry.object_id IN ({marks})",
                keys,
            )
            return {int(object_id): text for object_id, text in cursor.fetchall()}


def _types(model: Any) -> str:
    """The numbers of the content types of a model and of those that derive from it."""
    return ", ".join(map(str, get_descendants_content_types_pks(model)))
