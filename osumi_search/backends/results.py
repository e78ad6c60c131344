"""Results of a search as Wagtail's code takes them."""

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, IntegerField
from modelsearch.backends.base import BaseSearchResults, FilterFieldError
from modelsearch.utils import get_descendants_content_types_pks

from osumi_search.query import Node

from .compiler import Everything

if TYPE_CHECKING:
    from .base import Match


class Results(BaseSearchResults):
    """Results of a search, joined to the queryset that was searched."""

    supports_facet = True

    def get_queryset(self, scored: bool = True) -> Any:
        """The searched queryset narrowed to the hits, in the order asked for."""
        compiler = self.query_compiler
        queryset = compiler.queryset
        node = compiler.node()
        if node is None:
            return queryset.none()
        by_relevance = compiler.order_by_relevance and scored
        if not isinstance(node, Everything):
            queryset = self._narrowed(queryset, node, by_relevance)
        if not queryset.query.order_by and not queryset.query.extra_order_by:
            queryset = queryset.order_by("-pk")  # so that pages do not overlap
        return queryset

    def _narrowed(self, queryset: Any, node: Node, by_relevance: bool) -> Any:
        """The hits among a queryset."""
        match = self.backend.match(node, self.query_compiler.classes())
        joined = self._joined(queryset, match, self._score_field or by_relevance)
        if by_relevance:
            return joined.order_by(f"-{self._score_field or 'search_score'}", "-pk")
        return joined

    def _joined(self, queryset: Any, match: "Match", scored: Any) -> Any:
        primary_key = queryset.model._meta.pk
        while primary_key.remote_field:  # of a page: that of `Page`
            primary_key = primary_key.target_field
        column = f"{connection.ops.quote_name(queryset.model._meta.db_table)}.{connection.ops.quote_name(queryset.model._meta.pk.column)}"
        key = (
            f"{column} = CAST(osumi_search_entry.object_id AS bigint)"
            if isinstance(primary_key, IntegerField)
            else f"CAST({column} AS varchar) = osumi_search_entry.object_id"
        )
        types = sorted(get_descendants_content_types_pks(queryset.model))
        narrowed = queryset.extra(
            tables=["osumi_search_words", "osumi_search_entry"],
            where=[
                f"osumi_search_entry.id = {self.backend.joined_key}",
                f"osumi_search_entry.content_type_id IN ({', '.join(map(str, types))})",
                key,
                match.condition,
            ],
            params=match.parameters,
        )
        if not scored:
            return narrowed
        name = self._score_field or "search_score"
        return narrowed.extra(select={name: match.score}, select_params=match.score_parameters)

    def _do_search(self) -> list[Any]:
        queryset = self.get_queryset()
        return list(queryset[self.start : self.stop])

    def _do_count(self) -> int:
        total = self.get_queryset(scored=False).order_by().count()
        return max(min(total, total if self.stop is None else self.stop) - self.start, 0)

    def facet(self, field_name: str) -> "OrderedDict[Any, int]":
        """The values of a field among the results, each with its number, most frequent first."""
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(f'Cannot facet by "{field_name}".', field_name=field_name)
        values = self.get_queryset(scored=False).order_by().values_list(field_name)
        return OrderedDict(values.annotate(count=Count("pk")).order_by("-count", field_name))
