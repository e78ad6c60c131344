"""Admin of the models that are not pages."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Theme
from .tagging import under_review

SHOWN = 5
"""How many practices an error names."""


class ThemeViewSet(SnippetViewSet):
    """Themes, edited by the Secretaría."""

    model = Theme
    icon = "tag"
    list_display: list[Any] = ["name", "code", "order"]
    ordering = ["order"]
    inspect_view_enabled = True


def refuse_deleting_what_is_needed(
    request: HttpRequest, instances: Iterable[Any]
) -> HttpResponse | None:
    """Say where themes and tags about to be deleted are needed, and go back.

    None lets the deletion run.
    """
    refused = ""
    for tag in instances:
        if isinstance(tag, Tag) and under_review(tag):
            refused = "wagtailsnippets_taggit_tag:list"
            messages.error(
                request,
                gettext("“%(tag)s” cannot be deleted while a ficha under review has it.")
                % {"tag": tag},
            )
    for theme in instances:
        practices = theme.in_use() if isinstance(theme, Theme) else []
        if not practices:
            continue
        refused = "wagtailsnippets_practices_theme:list"
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
    return redirect(refused) if refused else None
