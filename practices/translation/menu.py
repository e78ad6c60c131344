"""What the menu at the foot of a practice offers for its translation."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem

from practices.models import PracticePage

from .start import startable


class TranslateMenuItem(ActionMenuItem):
    """Begin the translation of a published original into a language."""

    icon_name = "globe"

    def __init__(self, locale: Any) -> None:
        super().__init__()
        self._locale = locale
        self.name = f"practice-translate-{locale.language_code}"

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        name = self._locale.get_display_name()
        context["label"] = _("Translate into %(language)s") % {"language": name}
        return context

    def get_url(self, context: Any) -> str:
        return reverse("practice_translate", args=[context["page"].pk, self._locale.language_code])


class ToolsMenuItem(ActionMenuItem):
    """To what can be done with all texts of a translation at once: PO files, a machine."""

    name = "practice-translation-tools"
    label = _("Translation tools")
    icon_name = "globe"

    def get_url(self, context: Any) -> str:
        return reverse("practice_translation", args=[context["page"].pk])


def add_items(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Add to the menu of a practice (hook `construct_page_action_menu`).

    For an original, the languages it can be translated into; for a translation, its tools.
    """
    page = context.get("page")
    if not isinstance(page, PracticePage):
        return
    if page.is_original:
        items += [TranslateMenuItem(locale) for locale in startable(page, request.user)]
    elif page.permissions_for_user(request.user).can_edit():
        items.append(ToolsMenuItem())
