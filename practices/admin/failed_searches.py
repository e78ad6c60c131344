"""What readers looked for in vain, for the Secretaría."""

from typing import Any

import django_filters
from django import forms
from django.apps import apps
from django.db.models import Max, QuerySet, Sum
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView

from practices.languages import content_languages
from practices.models import FailedSearch
from practices.moderation.access import oversees
from practices.querysets import MAX_QUERY_LENGTH, fold

from .exports import SafeSpreadsheetMixin
from .filters import ANY
from .menus import RuledMenuItem

MONTHS = 12


class FailedSearchFilterSet(WagtailFilterSet):
    """Language and period."""

    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=content_languages,
        empty_label=ANY,
        widget=forms.RadioSelect,
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[
            ("1", _("This month")),
            ("3", _("Three months")),
            ("12", _("Twelve months")),
        ],
        empty_label=ANY,
        method="filter_period",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = FailedSearch
        fields: list[str] = []

    def filter_period(self, searches: "QuerySet[Any]", _name: str, value: str) -> "QuerySet[Any]":
        """Searches of the last months, the current one included."""
        today = timezone.localdate()
        years, month = divmod(today.year * MONTHS + today.month - int(value), MONTHS)
        return searches.filter(month__gte=today.replace(year=years, month=month + 1, day=1))


class DayColumn(Column):
    """A day, in the reader's form."""

    cell_template_name = "practices/admin/cells/day.html"


class FailedSearchesView(SafeSpreadsheetMixin, ReportView):
    """The words by how often they found nothing; on the screen, and as a spreadsheet."""

    template_name = "practices/admin/failed_searches.html"
    page_title = _("Searches without result")
    header_icon = "search"
    index_url_name = "practice_failed_searches"
    index_results_url_name = "practice_failed_searches_results"
    filterset_class = FailedSearchFilterSet
    is_searchable = True
    default_ordering = "-times"
    filename = "searches-without-result"
    any_permission_required: list[str] = []
    list_export = ["words", "language", "times", "latest"]
    export_headings = {
        "words": _("Words"),
        "language": _("Language"),
        "times": _("Searches"),
        "latest": _("Last search"),
    }

    def user_has_any_permission(self, _permissions: Any) -> bool:
        return oversees(self.request.user)

    @cached_property
    def _languages(self) -> dict[str, Any]:
        return dict(content_languages())

    def _language_name(self, row: dict[str, Any]) -> Any:
        return self._languages.get(row["language"], row["language"])

    @cached_property
    def columns(self) -> list[Any]:
        return [
            Column("words", label=_("Words"), sort_key="words"),
            Column("language", label=_("Language"), accessor=self._language_name),
            NumberColumn("times", label=_("Searches"), sort_key="times"),
            DayColumn("latest", label=_("Last search"), sort_key="latest"),
        ]

    def get_base_queryset(self) -> "QuerySet[Any]":
        return FailedSearch.objects.values("words", "language").annotate(
            times=Sum("count"), latest=Max("last")
        )

    def order_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        return queryset.order_by(self.ordering, "words", "language")

    def search_queryset(self, queryset: "QuerySet[Any]") -> "QuerySet[Any]":
        """Searches that hold the text, case and accents aside."""
        text = fold(self.search_query[:MAX_QUERY_LENGTH].strip())
        return queryset.filter(words__contains=text) if text else queryset

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        installed = apps.is_installed("wagtail.contrib.search_promotions")
        url = reverse("wagtailsearchpromotions:add") if installed else ""
        return super().get_context_data(promote_url=url, **kwargs)

    def to_row_dict(self, item: dict[str, Any]) -> dict[str, Any]:
        """One row of the spreadsheet."""
        return {**item, "language": str(self._language_name(item))}


def failed_searches_menu_item() -> RuledMenuItem:
    """The entry among the reports, for who moderates all countries."""
    return RuledMenuItem(
        FailedSearchesView.page_title,
        reverse_lazy("practice_failed_searches"),
        name="failed-searches",
        icon_name="search",
        order=1200,
        rule=oversees,
    )
