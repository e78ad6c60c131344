"""Admin of the models that are not pages."""

from typing import Any

from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Theme


class ThemeViewSet(SnippetViewSet):
    """Themes, edited by the Secretaría."""

    model = Theme
    icon = "tag"
    list_display: list[Any] = ["name", "code", "order"]
    ordering = ["order"]
    inspect_view_enabled = True
