"""What this site changes in the admin's menus."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail_localize.wagtail_hooks import TranslationsReportMenuItem

from . import guide

ENGLISH_PAGES = ("editor-guide", "whats-new-in-wagtail")


@hooks.register("register_admin_urls")
def guide_urls() -> list[Any]:
    return guide.urlpatterns


@hooks.register("construct_help_menu")
def leave_out_english_pages(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Take away the links to Wagtail's own pages, which are in English."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith(ENGLISH_PAGES)]


@hooks.register("construct_reports_menu")
def name_the_translations_report(_request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Name it in the language of each request; wagtail-localize keeps that of the first one."""
    for item in menu_items:
        if isinstance(item, TranslationsReportMenuItem):
            item.label = _("Translations")
