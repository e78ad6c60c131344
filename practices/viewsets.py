"""Admin of the models that are not pages."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Theme

SHOWN = 5
"""How many practices an error names."""


class ThemeViewSet(SnippetViewSet):
    """Themes, edited by the Secretaría."""

    model = Theme
    icon = "tag"
    list_display: list[Any] = ["name", "code", "order"]
    ordering = ["order"]
    inspect_view_enabled = True


def refuse_deleting_themes_in_use(
    request: HttpRequest, instances: Iterable[Any]
) -> HttpResponse | None:
    """Say where themes about to be deleted are used, and go back; None lets the deletion run."""
    refused = False
    for theme in instances:
        practices = theme.in_use() if isinstance(theme, Theme) else []
        if not practices:
            continue
        refused = True
        shown = "; ".join(Truncator(practice.title).chars(60) for practice in practices[:SHOWN])
        if len(practices) > SHOWN:
            shown += gettext(" and others")
        messages.error(
            request,
            ngettext(
                "The theme “%(theme)s” cannot be deleted: %(count)d practice has it (%(titles)s). "
                "Give it another theme first.",
                "The theme “%(theme)s” cannot be deleted: %(count)d practices have it "
                "(%(titles)s). Give them another theme first.",
                len(practices),
            )
            % {"theme": theme, "count": len(practices), "titles": shown},
        )
    return redirect("wagtailsnippets_practices_theme:list") if refused else None
