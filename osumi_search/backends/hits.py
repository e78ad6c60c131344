"""Results that an outside engine found, joined to the queryset that was searched."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from osumi_search.query import Node

from .results import Results

if TYPE_CHECKING:
    from .base import DatabaseBackend
    from .opensearch import OpenSearchBackend


class Hits(Results):
    """Any queryset may be searched: the engine says which objects fit, the database the rest.

    Where the engine is away, the database's own search gives the same.
    """

    backend: "OpenSearchBackend"
    _scores: dict[Any, float]

    def _narrowed(self, queryset: Any, node: Node, by_relevance: bool) -> Any:
        compiler = self.query_compiler
        scored = bool(by_relevance or self._score_field)
        hits = self.backend.hits(node, queryset.model, compiler.classes(), scored)
        to_python = queryset.model._meta.pk.to_python
        self._scores = {to_python(key): score for key, score in hits.items()}
        return queryset.filter(pk__in=list(self._scores))

    def _do_search(self) -> list[Any]:
        return self.backend.ask(self._found, lambda other: self._from(other)._do_search())

    def _do_count(self) -> int:
        return self.backend.ask(super()._do_count, lambda other: self._from(other)._do_count())

    def facet(self, field_name: str) -> "OrderedDict[Any, int]":
        """The values of a field among the results, each with its number, most frequent first."""
        return self.backend.ask(
            lambda: super(Hits, self).facet(field_name),
            lambda other: self._from(other).facet(field_name),
        )

    def _found(self) -> list[Any]:
        self._scores = {}
        queryset = self.get_queryset()
        if self._scores and self.query_compiler.order_by_relevance:
            found = self._by_relevance(queryset)
        else:
            found = list(queryset[self.start : self.stop])
        if self._score_field:
            for item in found:
                setattr(item, self._score_field, self._scores.get(item.pk))
        return found

    def _by_relevance(self, queryset: Any) -> list[Any]:
        keys = list(queryset.order_by().values_list("pk", flat=True).distinct())
        keys.sort(key=lambda key: (self._scores[key], key), reverse=True)
        page = keys[self.start : self.stop]
        items = {item.pk: item for item in queryset.filter(pk__in=page)}
        return [items[key] for key in page if key in items]

    def _from(self, other: "DatabaseBackend") -> Any:
        """The same results, found by another backend."""
        results = other.results_class(other, self.query_compiler)
        results.start, results.stop = self.start, self.stop
        results._score_field = self._score_field
        return results
