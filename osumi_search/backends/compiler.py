"""From Wagtail's queries to ours."""

from collections.abc import Iterable
from typing import Any

from modelsearch import query as wagtail_query
from modelsearch.backends.base import BaseSearchQueryCompiler, SearchFieldError

from osumi_search import query as own_query
from osumi_search.documents import BEGINNINGS, class_of
from osumi_search.query import Excluding, Node

Everything = wagtail_query.MatchAll


class Compiler(BaseSearchQueryCompiler):
    """From Wagtail's queries to ours. Any queryset may be searched: it is joined, not rewritten."""

    DEFAULT_OPERATOR = "and"
    prefix = False

    def check(self) -> None:
        """Refuse fields that are not indexed. Raises SearchFieldError."""
        known = {field.field_name for field in self.indexed_fields()}
        for name in self.fields or ():
            if name not in known:
                model = self.queryset.model.__name__
                raise SearchFieldError(
                    f'Cannot search with field "{name}". Please add it to {model}.search_fields.',
                    field_name=name,
                )

    def indexed_fields(self) -> list[Any]:
        return self.queryset.model.get_searchable_search_fields()

    def classes(self) -> frozenset[str] | None:
        """The classes of weight that the asked fields lie in; None for all."""
        if self.fields is None:
            return None
        asked = [field for field in self.indexed_fields() if field.field_name in self.fields]
        return frozenset(class_of(field) for field in asked)

    def node(self, query: Any = None) -> Node | Everything | None:
        """The query as a node of ours; MatchAll for everything, None for nothing."""
        match self.query if query is None else query:
            case wagtail_query.PlainText() as text:
                return own_query.parse(text.query_string, text.operator, self.prefix)
            case wagtail_query.Fuzzy() as text:
                return own_query.parse(text.query_string, text.operator, self.prefix)
            case wagtail_query.Phrase() as text:
                return own_query.phrase(text.query_string)
            case wagtail_query.Boost() as boosted:
                return self.node(boosted.subquery)
            case wagtail_query.And() as both:
                return self._both(both.subqueries)
            case wagtail_query.Or() as either:
                nodes = [self.node(part) for part in either.subqueries]
                if any(isinstance(node, Everything) for node in nodes):
                    return wagtail_query.MATCH_ALL
                found = [node for node in nodes if node and not isinstance(node, Everything)]
                return own_query.join(found, "or")
            case Everything() as everything:
                return everything
        return None  # `Not` alone is not a search

    def _both(self, parts: Iterable[Any]) -> Node | Everything | None:
        unwanted = [part.subquery for part in parts if isinstance(part, wagtail_query.Not)]
        nodes = [self.node(part) for part in parts if not isinstance(part, wagtail_query.Not)]
        if any(node is None for node in nodes):
            return None
        wanted = [node for node in nodes if node and not isinstance(node, Everything)]
        sought = own_query.join(wanted)
        if sought is None:
            return wagtail_query.MATCH_ALL if nodes and not unwanted else None
        left_out = [node for node in map(self.node, unwanted) if node]
        if any(isinstance(node, Everything) for node in left_out):
            return None
        without = own_query.join([n for n in left_out if not isinstance(n, Everything)], "or")
        return Excluding(sought, without) if without else sought


class AutocompleteCompiler(Compiler):
    """The same for words that are still being typed."""

    prefix = True

    def indexed_fields(self) -> list[Any]:
        return self.queryset.model.get_autocomplete_search_fields()

    def classes(self) -> frozenset[str] | None:
        return BEGINNINGS
