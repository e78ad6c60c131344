"""Which of Wagtail's menu entries people meet: those that their work needs."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from practices.moderation.access import may_translate, oversees

from . import scope
from .dashboard import guide_url

REPORTS_OF_THE_SECRETARIAT = {"locked-pages", "site-history", "failed-searches"}
"""The others show workflows and pages in Wagtail's words; “Fichas” and the log say it in ours."""

ALWAYS_EMPTY = "search-terms"
"""Wagtail's report of what people looked for: only searches without result are counted."""

HELP_OF_WAGTAIL = ("whats-new-in-wagtail", "editor-guide")


class RuledMenuItem(MenuItem):
    """An entry of the menu for those whom a rule names."""

    def __init__(self, *args: Any, rule: Callable[[Any], bool], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rule = rule

    def is_shown(self, request: HttpRequest) -> bool:
        return self._rule(request.user)


def fichas_menu_item() -> RuledMenuItem:
    """The entry “Fichas”, for who has any practices to see."""
    return RuledMenuItem(
        _("Fichas"),
        reverse_lazy("fichas:index"),
        name="fichas",
        icon_name="doc-full-inverse",
        order=90,
        rule=scope.may_list,
    )


def translations_menu_item() -> RuledMenuItem:
    """The entry “Translations”, for who has any to make or to watch."""
    return RuledMenuItem(
        _("Translations"),
        reverse_lazy("practice_coverage"),
        name="translations",
        icon_name="globe",
        order=95,
        rule=may_translate,
    )


def arrange_reports(request: HttpRequest, items: list[Any]) -> None:
    """Leave Wagtail's reports to superusers, but for two that the Secretaría can use."""
    items[:] = [item for item in items if item.name != ALWAYS_EMPTY]
    if request.user.is_superuser:
        return
    kept = REPORTS_OF_THE_SECRETARIAT if oversees(request.user) else set()
    items[:] = [item for item in items if item.name in kept]


def arrange_help(request: HttpRequest, items: list[Any]) -> None:
    """Put our guide in the place of Wagtail's, which explains what people here do not see."""
    if not request.user.is_superuser:
        items[:] = [item for item in items if not item.name.startswith(HELP_OF_WAGTAIL)]
    url = guide_url()
    if url:
        items.append(MenuItem(_("Guide"), url, name="practices-guide", icon_name="help", order=10))
