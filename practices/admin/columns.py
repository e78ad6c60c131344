"""How lists of the admin show a practice."""

from collections.abc import Callable
from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BaseColumn, Column

from practices.languages import content_languages
from practices.moderation.deadlines import light
from practices.moderation.states import WAITING
from practices.translation.coverage import Cell

from . import scope


def status_of(practice: Any) -> Any:
    """The stored state of a practice; None where there is none yet. Reads no database if joined."""
    return getattr(practice, "moderation", None)


def state_context(practice: Any) -> dict[str, Any]:
    """What the state of a practice is shown by."""
    status = status_of(practice)
    waits = status is not None and status.state in WAITING
    return {"status": status, "waits": waits, "light": light(status) if waits else None}


class PracticeTitleColumn(BaseColumn):
    """Title with code, leading to the ficha; what else can be done with it stands below."""

    cell_template_name = "practices/admin/cells/title.html"

    def __init__(self, *args: Any, has_history: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._has_history = has_history

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "has_history": self._has_history(instance)}


class CountryNamesMixin:
    """A list that shows countries by their names, read once."""

    @cached_property
    def country_names(self) -> dict[str, str]:
        """All names by ISO code."""
        return scope.country_names()

    def country_name(self, practice: Any) -> str:
        """Name of a practice's country."""
        return self.country_names.get(practice.country, practice.country.upper())


class CountryColumn(Column):
    """Flag and name of the country."""

    cell_template_name = "practices/admin/cells/country.html"


class StateColumn(BaseColumn):
    """State, days and traffic light."""

    cell_template_name = "practices/admin/cells/state.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | state_context(instance)


class OriginalColumn(BaseColumn):
    """Public title of an original with code; leads to its form who may edit it."""

    cell_template_name = "practices/admin/cells/original.html"

    def __init__(self, *args: Any, may_edit: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._may_edit = may_edit

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {**context, "may_edit": self._may_edit(instance)}


class CoverageColumn(BaseColumn):
    """How far a practice is in other languages: one part for each of `cells`."""

    cell_template_name = "practices/admin/cells/coverage.html"

    def __init__(
        self,
        *args: Any,
        cells: Callable[[Any], list[Cell]],
        may_begin: Callable[[Any], bool],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._cells = cells
        self._may_begin = may_begin

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return {
            **context,
            "cells": self._cells(instance),
            "names": dict(content_languages()),
            "may_begin": self._may_begin(instance),
        }


def themes_of(names: dict[int, str]) -> Callable[[Any], str]:
    """Accessor that reads a practice's themes by their short names; shared facts are the original's."""

    def read(practice: Any) -> str:
        return ", ".join(names.get(theme.pk, theme.code) for theme in practice.facts.themes.all())

    return read
