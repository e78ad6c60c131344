"""“Fichas”: the practices of all countries that a person may see, in one list."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets.button import HeaderButton

from practices.kinds import practice_model
from practices.languages import content_locales
from practices.models import CountryPage, PracticePage, Theme
from practices.moderation.access import translated_countries
from practices.moderation.states import WAITING
from practices.querysets import MAX_QUERY_LENGTH, PracticeQuerySet, fold
from practices.translation.coverage import Cell, Coverage, Table

from . import columns, scope
from .exports import SafeSpreadsheetMixin
from .filters import FichaFilterSet

UPDATED = "latest_revision_created_at"


class FichaIndexView(columns.CountryNamesMixin, SafeSpreadsheetMixin, IndexView):
    """The list; on the screen, as search results, and as a spreadsheet without private items."""

    template_name = "practices/admin/fichas.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    page_title = _("Fichas")
    filename = "fichas"
    default_ordering = f"-{UPDATED}"
    base_filterset_class = FichaFilterSet
    list_export = [
        "code",
        "title",
        "country",
        "language",
        "kind",
        "state",
        "since",
        "days_waiting",
        "public",
        "themes",
        "responsible_entity",
        "first_published_at",
        "updated",
        "address",
    ]
    export_headings = {
        "code": _("Code"),
        "title": _("Title"),
        "country": _("Country"),
        "language": _("Language"),
        "kind": _("Version"),
        "state": _("State"),
        "since": _("In this state since"),
        "days_waiting": _("Days waiting"),
        "public": _("Public"),
        "themes": _("Themes"),
        "responsible_entity": _("Responsible entity"),
        "first_published_at": _("First published"),
        "updated": _("Updated"),
        "address": _("Address"),
    }

    def user_has_any_permission(self, permissions: Any) -> bool:
        return scope.may_list(self.request.user)

    @cached_property
    def columns(self) -> list[Any]:
        return [
            columns.PracticeTitleColumn(
                "title",
                label=_("Title"),
                sort_key="sort_title",
                width="26%",
                has_history=lambda practice: not scope.only_reviews(self.request.user, practice),
            ),
            columns.CountryColumn(
                "country", label=_("Country"), accessor=self.country_name, sort_key="country"
            ),
            Column(
                "language",
                label=_("Language"),
                accessor=self.language_name,
                sort_key="locale__language_code",
            ),
            columns.StateColumn("state", label=_("State"), sort_key="moderation__since"),
            columns.CoverageColumn(
                "translations",
                label=_("Translations"),
                cells=self.translations,
                may_begin=lambda practice: practice.country in self._translating,
            ),
            Column("themes", label=_("Themes"), accessor=columns.themes_of(self._theme_names)),
            DateColumn(UPDATED, label=_("Updated"), sort_key=UPDATED),
        ]

    @cached_property
    def _translating(self) -> set[str]:
        codes = translated_countries(self.request.user)
        return set(self.country_names) if codes is None else codes

    @cached_property
    def _coverage(self) -> Table:
        """The cells of the practices that the page of the list shows."""
        keys = {practice.original_id or practice.pk for practice in self._shown}
        originals = PracticePage.objects.filter(pk__in=keys)
        return Table.of(originals, [locale.language_code for locale in content_locales()])

    def translations(self, practice: PracticePage) -> list[Cell]:
        """How far an original that was public is in other languages; of a translation, itself."""
        row = self._coverage.cells[practice.original_id or practice.pk]
        if practice.original_id:
            return [row[practice.locale.language_code]]
        return [
            cell
            for cell in row.values()
            if cell.page or (cell.state is Coverage.NONE and practice.live)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        self._shown = list(context["object_list"])
        return context

    @cached_property
    def _theme_names(self) -> dict[int, str]:
        return {theme.pk: theme.short_name for theme in Theme.all_with_texts()}

    def language_name(self, practice: PracticePage) -> str:
        """Language of a version, and whether it is a translation."""
        name = practice.locale.get_display_name()
        return (
            name
            if practice.original_id is None
            else _("%(language)s (translation)") % {"language": name}
        )

    def get_base_queryset(self) -> PracticeQuerySet:
        practices = scope.visible(self.request.user).defer_streamfields()
        return (
            practices.with_facts()
            .select_related("moderation")
            .prefetch_related("themes", "original__themes")
        )

    def search_queryset(self, queryset: PracticeQuerySet) -> PracticeQuerySet:
        """Practices whose title or code holds the text, or that hold all its words."""
        text = self.search_query[:MAX_QUERY_LENGTH].strip()
        if not text:
            return queryset
        found = PracticePage.objects.defer_streamfields().search(
            text, operator="and", order_by_relevance=False
        )
        return queryset.filter(
            Q(sort_title__contains=fold(text))
            | Q(draft_title__icontains=text)
            | Q(record__code__icontains=text)
            | Q(original__record__code__icontains=text)
            | Q(pk__in=[page.pk for page in found])
        )

    def order_queryset(self, queryset: PracticeQuerySet) -> PracticeQuerySet:
        name = (self.ordering or self.default_ordering).removeprefix("-")
        falling = (self.ordering or self.default_ordering).startswith("-")
        order = F(name).desc(nulls_last=True) if falling else F(name).asc(nulls_first=True)
        return queryset.order_by(order, "-pk")

    def get_ordering(self) -> str:
        ordering = self.request.GET.get("ordering", self.default_ordering)
        return ordering if ordering in self.get_valid_orderings() else self.default_ordering

    @cached_property
    def header_buttons(self) -> list[Any]:
        if not scope.birthplaces(self.request.user):
            return []
        url = reverse(self.add_url_name)
        return [HeaderButton(_("New practice"), url=url, icon_name="plus")]

    def to_row_dict(self, item: PracticePage) -> dict[str, Any]:
        """One row of the spreadsheet: public items and the state, nothing private."""
        status = columns.status_of(item)
        return {
            "code": item.code,
            "title": item.draft_title or item.title,
            "country": self.country_name(item),
            "language": item.locale.get_display_name(),
            "kind": _("Original") if item.original_id is None else _("Translation"),
            "state": status.get_state_display() if status else "",
            "since": status.since if status else "",
            "days_waiting": status.days if status and status.state in WAITING else "",
            "public": _("Yes") if item.live else _("No"),
            "themes": columns.themes_of(self._theme_names)(item),
            "responsible_entity": item.facts.responsible_entity,
            "first_published_at": item.first_published_at or "",
            "updated": item.latest_revision_created_at or "",
            "address": (item.get_full_url(self.request) or "") if item.live else "",
        }


class NewPracticeView(WagtailAdminTemplateMixin, TemplateView):
    """Where a new practice begins: the country, where a person has several."""

    template_name = "practices/admin/new_practice.html"
    page_title = _("New practice")
    header_icon = "plus"
    index_url_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        places = scope.birthplaces(request.user)
        if not places:
            raise PermissionDenied
        if len(places) == 1:
            return redirect(new_practice_url(places[0]))
        choices = [(page, new_practice_url(page)) for page in places]
        return super().get(request, *args, choices=choices, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": _("Fichas")},
            {"url": "", "label": self.page_title},
        ]


def new_practice_url(country: CountryPage) -> str:
    """Address of the empty form of a practice of a country."""
    model = practice_model()
    return reverse(
        "wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, country.pk]
    )


class FichaViewSet(PageListingViewSet):
    """The list and the way to a new practice."""

    model = PracticePage
    icon = "doc-full-inverse"
    name = "fichas"
    url_prefix = "fichas"
    # The view makes its columns itself: they show names that it reads once.
    columns = PageListingViewSet.UNDEFINED
    filterset_class = PageListingViewSet.UNDEFINED
    # The entry of the menu has its own rule: focal points have no permission on pages.
    add_to_admin_menu = False
    index_view_class = FichaIndexView
    choose_parent_view_class = NewPracticeView
