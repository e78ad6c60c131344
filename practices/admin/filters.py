"""The filters of “Fichas”; the dashboard's links lead to them."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from practices.languages import content_locales
from practices.models import ModerationStatus, PracticePage, Theme
from practices.moderation.access import translated_countries
from practices.moderation.deadlines import Light, light
from practices.moderation.states import WAITING, State
from practices.querysets import PracticeQuerySet
from practices.translation.coverage import Coverage

from . import scope

YES, NO = "yes", "no"
ORIGINAL, TRANSLATION = "original", "translation"
ANY = _("Any")
TO_BE_TRANSLATED = [
    (state.value, state.label) for state in Coverage if state is not Coverage.ORIGINAL
]
"""States of a practice in other languages than its own."""


class FichaFilterSet(WagtailFilterSet):
    """Country, state, waiting, theme, language, version, public, updated."""

    country = django_filters.MultipleChoiceFilter(
        label=_("Country"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"),
        choices=State.choices,
        field_name="moderation__state",
        widget=forms.CheckboxSelectMultiple,
        distinct=False,
    )
    waiting = django_filters.ChoiceFilter(
        label=_("Waiting"),
        choices=[("any", _("All that wait")), *Light.choices],
        empty_label=ANY,
        method="filter_waiting",
        widget=forms.RadioSelect,
    )
    theme = django_filters.MultipleChoiceFilter(
        label=_("Theme"), method="filter_theme", widget=forms.CheckboxSelectMultiple
    )
    version = django_filters.ChoiceFilter(
        label=_("Version"),
        choices=[(ORIGINAL, _("Originals")), (TRANSLATION, _("Translations"))],
        empty_label=ANY,
        method="filter_version",
        widget=forms.RadioSelect,
    )
    public = django_filters.ChoiceFilter(
        label=_("Public"),
        choices=[(YES, _("Yes")), (NO, _("No"))],
        empty_label=ANY,
        method="filter_public",
        widget=forms.RadioSelect,
    )
    updated = django_filters.DateFromToRangeFilter(
        label=_("Date updated"),
        field_name="latest_revision_created_at",
        widget=DateRangePickerWidget,
    )

    class Meta:
        model = PracticePage
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practices = scope.visible(self.request.user).order_by()
        codes = practices.values_list("country", flat=True).distinct()
        self.filters["country"].extra["choices"] = list(scope.country_names(codes).items())
        self.filters["theme"].extra["choices"] = [
            (theme.code, theme.short_name) for theme in Theme.all_with_texts()
        ]
        self.filters["locale"].label = _("Language")
        self.filters["locale"].extra["empty_label"] = ANY

    def filter_waiting(
        self, practices: PracticeQuerySet, _name: str, value: str
    ) -> PracticeQuerySet:
        """Practices that wait for a decision, by traffic light."""
        waiting = ModerationStatus.objects.filter(state__in=WAITING)
        pks = [status.page_id for status in waiting if value in ("any", light(status))]
        return practices.filter(pk__in=pks)

    def filter_theme(
        self, practices: PracticeQuerySet, _name: str, values: list[str]
    ) -> PracticeQuerySet:
        """Practices with any of the themes; a translation has those of its original."""
        if not values:
            return practices
        keys = PracticePage.objects.with_theme(values).order_by().values("translation_key")
        return practices.filter(translation_key__in=keys)

    def filter_version(
        self, practices: PracticeQuerySet, _name: str, value: str
    ) -> PracticeQuerySet:
        """Originals, or translations."""
        return practices.filter(original__isnull=value == ORIGINAL)

    def filter_public(
        self, practices: PracticeQuerySet, _name: str, value: str
    ) -> PracticeQuerySet:
        """Practices that anybody may read, or the others."""
        public = PracticePage.objects.public().order_by().values("pk")
        if value == YES:
            return practices.filter(pk__in=public)
        return practices.exclude(pk__in=public)


class CoverageFilterSet(WagtailFilterSet):
    """What “Translations” is asked for; its view reads the cleaned values."""

    country = django_filters.MultipleChoiceFilter(
        label=_("Country"), widget=forms.CheckboxSelectMultiple
    )
    locale = django_filters.ChoiceFilter(
        label=_("Language"), empty_label=ANY, widget=forms.RadioSelect
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=TO_BE_TRANSLATED, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = PracticePage
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = translated_countries(self.request.user)
        self.filters["country"].extra["choices"] = list(scope.country_names(codes).items())
        self.filters["locale"].extra["choices"] = [
            (locale.language_code, locale.get_display_name()) for locale in content_locales()
        ]

    @property
    def asked(self) -> dict[str, Any]:
        """The conditions, or none at all where one of them makes no sense."""
        return self.form.cleaned_data if self.is_valid() else {}
