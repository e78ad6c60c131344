"""“Translations”: every public practice by language, with state and age."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic import IndexView

from practices.languages import content_locales
from practices.models import PracticePage
from practices.moderation.access import (
    Role,
    countries,
    may_translate,
    oversees,
    translated_countries,
)
from practices.querysets import MAX_QUERY_LENGTH, PracticeQuerySet, fold
from practices.translation.coverage import Cell, Coverage, Table

from . import columns
from .exports import SafeSpreadsheetMixin
from .filters import CoverageFilterSet


@dataclass(frozen=True)
class Total:
    """How many practices are in a state in a language, with the address of their list."""

    state: Coverage
    count: int
    url: str


def coverage_url(**filters: Any) -> str:
    """Address of the list with filters."""
    query = urlencode({name: value for name, value in filters.items() if value}, doseq=True)
    return reverse("practice_coverage") + (f"?{query}" if query else "")


class CoverageView(columns.CountryNamesMixin, SafeSpreadsheetMixin, IndexView):
    """The list, on the screen and as a spreadsheet; rows are the public originals."""

    model = PracticePage
    template_name = "practices/admin/coverage.html"
    results_template_name = "practices/admin/coverage_results.html"
    index_url_name = "practice_coverage"
    index_results_url_name = "practice_coverage_results"
    page_title = gettext_lazy("Translations")
    header_icon = "globe"
    filename = "translations"
    default_ordering = "sort_title"
    paginate_by = 50
    table_classname = "listing full-width"
    filterset_class = CoverageFilterSet
    is_searchable = True
    any_permission_required: list[str] = []
    table: Table

    def user_has_any_permission(self, _permissions: Any) -> bool:
        return may_translate(self.request.user)

    @cached_property
    def locale(self) -> None:
        """None: the list is of all languages, and Wagtail's switch would narrow it to one."""

    @cached_property
    def _languages(self) -> dict[str, str]:
        return {locale.language_code: locale.get_display_name() for locale in content_locales()}

    @cached_property
    def _shown_languages(self) -> list[str]:
        asked = self.filters.asked.get("locale")
        return [asked] if asked else list(self._languages)

    @cached_property
    def columns(self) -> list[Any]:
        user = self.request.user
        editing, mine = countries(user, Role.EDITOR), translated_countries(user)

        def cells_of(code: str) -> Any:
            return lambda original: [self.table.cells[original.pk][code]]

        return [
            columns.OriginalColumn(
                "title",
                label=_("Title"),
                sort_key="sort_title",
                may_edit=lambda original: oversees(user) or original.country in editing,
            ),
            columns.CountryColumn(
                "country", label=_("Country"), accessor=self.country_name, sort_key="country"
            ),
            *(
                columns.CoverageColumn(
                    f"language-{code}",
                    label=capfirst(self._languages[code]),
                    cells=cells_of(code),
                    may_begin=lambda original: mine is None or original.country in mine,
                )
                for code in self._shown_languages
            ),
        ]

    def get_base_queryset(self) -> PracticeQuerySet:
        practices = PracticePage.objects.published()
        codes = translated_countries(self.request.user)
        return practices if codes is None else practices.in_country(codes)

    def search_queryset(self, queryset: PracticeQuerySet) -> PracticeQuerySet:
        """Practices whose public title, code or translated title holds the text."""
        text = self.search_query[:MAX_QUERY_LENGTH].strip()
        if not text:
            return queryset
        return queryset.filter(
            Q(sort_title__contains=fold(text))
            | Q(record__code__icontains=text)
            | Q(pk__in=self._translated_as(text))
        )

    def _translated_as(self, text: str) -> Any:
        translations = PracticePage.objects.filter(draft_title__icontains=text)
        return translations.order_by().values("original_id")

    def get_queryset(self) -> PracticeQuerySet:
        asked = self.filters.asked
        practices = self.search_queryset(self.order_queryset(self.get_base_queryset()))
        if asked.get("country"):
            practices = practices.in_country(asked["country"])
        self.table = Table.of(practices, self._languages)
        if states := asked.get("state"):
            practices = practices.filter(pk__in=self.table.having(states, asked["locale"]))
        return practices.defer_streamfields().select_related("locale", "record")

    def order_queryset(self, queryset: PracticeQuerySet) -> PracticeQuerySet:
        return queryset.order_by(self.ordering, "pk")

    @property
    def totals(self) -> dict[str, list[Total]]:
        """For each language: how many practices are in each state, the filter of states aside."""
        kept = {"country": self.filters.asked.get("country"), "q": self.search_query}
        totals: dict[str, list[Total]] = {}
        for (code, state), count in sorted(self.table.count().items(), key=self._place):
            if state is not Coverage.ORIGINAL:
                url = coverage_url(**kept, locale=code, state=state.value)
                totals.setdefault(self._languages[code], []).append(Total(state, count, url))
        return totals

    def _place(self, counted: tuple[tuple[str, Coverage], int]) -> tuple[int, int]:
        (code, state), _count = counted
        return [*self._languages].index(code), [*Coverage].index(state)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(totals=self.totals, **kwargs)

    @cached_property
    def list_export(self) -> list[str]:
        """Columns of the spreadsheet: state and days for each language."""
        by_language = [f"{kind}_{code}" for code in self._languages for kind in ("state", "days")]
        return ["code", "title", "country", *by_language]

    @cached_property
    def export_headings(self) -> dict[str, str]:
        """Their headings."""
        headings = {"code": _("Code"), "title": _("Title"), "country": _("Country")}
        for code, name in self._languages.items():
            headings[f"state_{code}"] = capfirst(name)
            headings[f"days_{code}"] = _("%(language)s: days in this state") % {
                "language": capfirst(name)
            }
        return headings

    def to_row_dict(self, item: PracticePage) -> dict[str, Any]:
        """One row of the spreadsheet."""
        row: dict[str, Any] = {
            "code": item.code,
            "title": item.title,
            "country": self.country_name(item),
        }
        for code, cell in self.table.cells[item.pk].items():
            row[f"state_{code}"] = _in_words(cell)
            row[f"days_{code}"] = "" if cell.days is None else cell.days
        return row


def _in_words(cell: Cell) -> str:
    """State of a cell, with what it waits for."""
    words = [cell.state.label, cell.status.get_state_display() if cell.status else ""]
    return " · ".join(str(word) for word in words if word)
