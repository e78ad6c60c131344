"""Registration with Wagtail; the work is done elsewhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import path, re_path
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail_modeladmin.options import modeladmin_register

from .admin.begin_translation import BeginTranslationView
from .admin.dashboard import arrange_panels
from .admin.doors import choosable_pages, explored_pages, refuse_move
from .admin.failed_searches import FailedSearchesView, failed_searches_menu_item
from .admin.failed_sheets import FailedSheetsView, failed_sheets_menu_item
from .admin.fichas import FichaViewSet
from .admin.log import ModerationLogAdmin
from .admin.menus import (
    arrange_help,
    arrange_reports,
    fichas_menu_item,
    translations_menu_item,
)
from .admin.publications import PublicationViewSet, publications_menu_item
from .admin.tags import ThemesAndTags
from .admin.translations import CoverageView
from .copying import refuse_copy
from .files.admin_api import restrict_files
from .links import JointPageLinkHandler
from .mail.failed import UndeliveredMailViewSet
from .mail.preferences import mail_panel
from .moderation.editing import tell_reason, withdraw_from_review
from .moderation.force import practice_force
from .moderation.menu import arrange
from .people.accounts import register_log_actions
from .people.viewset import PeopleViewSet
from .private import note_reading
from .tagging import register_log_actions as register_tag_actions
from .tokens.viewset import TokenViewSet, arrange_settings
from .translation.actions import replace_copy_action
from .translation.marks import tell_new_original
from .translation.menu import add_items
from .translation.tools import (
    ExportView,
    ImportView,
    MachineView,
    TranslationToolsView,
)
from .viewsets import refuse_deleting_what_is_needed
from .webhooks.viewset import WebhookViewSet

register_snippet(ThemesAndTags)
modeladmin_register(ModerationLogAdmin)
hooks.register("register_admin_viewset", FichaViewSet)
hooks.register("register_admin_menu_item", fichas_menu_item)
hooks.register("register_admin_menu_item", translations_menu_item)
hooks.register("register_admin_viewset", PublicationViewSet)
hooks.register("register_admin_menu_item", publications_menu_item)
hooks.register("register_reports_menu_item", failed_searches_menu_item)
hooks.register("register_reports_menu_item", failed_sheets_menu_item)
hooks.register("construct_homepage_panels", arrange_panels)
hooks.register("construct_reports_menu", arrange_reports)
hooks.register("construct_help_menu", arrange_help)
hooks.register("before_delete_snippet", refuse_deleting_what_is_needed)
hooks.register("before_copy_page", refuse_copy)
hooks.register("before_move_page", refuse_move)
hooks.register("construct_page_chooser_queryset", choosable_pages)
hooks.register("construct_explorer_page_queryset", explored_pages)
# After Wagtail has registered its own endpoints.
hooks.register("construct_admin_api", restrict_files, order=100)
hooks.register("register_actions", replace_copy_action, order=100)
hooks.register("before_edit_page", withdraw_from_review)
hooks.register("before_edit_page", tell_reason)
hooks.register("after_edit_page", tell_new_original)
# After those that refuse: only who is shown the form reads the contact.
hooks.register("before_edit_page", note_reading, order=1000)
hooks.register("construct_page_action_menu", arrange)
hooks.register("construct_page_action_menu", add_items, order=10)
hooks.register("register_log_actions", register_log_actions)
hooks.register("register_log_actions", register_tag_actions)
hooks.register("register_admin_viewset", PeopleViewSet)
hooks.register("register_admin_viewset", UndeliveredMailViewSet)
hooks.register("register_admin_viewset", TokenViewSet)
hooks.register("construct_settings_menu", arrange_settings)
hooks.register("register_admin_viewset", WebhookViewSet)
hooks.register("register_account_settings_panel", mail_panel)


@hooks.register("register_admin_urls")
def moderation_urls() -> list[Any]:
    return [re_path(r"^practices/(?P<pk>\d{1,18})/force/$", practice_force, name="practice_force")]


@hooks.register("register_admin_urls")
def coverage_urls() -> list[Any]:
    return [
        path("translations/", CoverageView.as_view(), name="practice_coverage"),
        path(
            "translations/results/",
            CoverageView.as_view(results_only=True),
            name="practice_coverage_results",
        ),
        re_path(
            r"^practices/(?P<pk>\d{1,18})/translate/(?P<language>[\w-]{1,20})/$",
            BeginTranslationView.as_view(),
            name="practice_translate",
        ),
    ]


@hooks.register("register_admin_urls")
def report_urls() -> list[Any]:
    return [
        path(f"reports/{place}/{part}", view.as_view(**options), name=name)
        for place, view in (
            ("failed-searches", FailedSearchesView),
            ("failed-sheets", FailedSheetsView),
        )
        for part, options, name in (
            ("", {}, view.index_url_name),
            ("results/", {"results_only": True}, view.index_results_url_name),
        )
    ]


@hooks.register("register_admin_urls")
def translation_tools_urls() -> list[Any]:
    base = r"^practices/(?P<pk>\d{1,18})/translation/"
    return [
        re_path(rf"{base}$", TranslationToolsView.as_view(), name="practice_translation"),
        re_path(rf"{base}export/$", ExportView.as_view(), name="practice_translation_export"),
        re_path(rf"{base}import/$", ImportView.as_view(), name="practice_translation_import"),
        re_path(rf"{base}machine/$", MachineView.as_view(), name="practice_translation_machine"),
    ]


@hooks.register("before_bulk_action")
def before_bulk_delete(
    request: HttpRequest, action_type: str, objects: list[Any], _action: Any
) -> HttpResponse | None:
    if action_type == "delete" and request.method == "POST":
        return refuse_deleting_what_is_needed(request, objects)
    return None


@hooks.register("register_rich_text_features", order=10)
def page_links(features: Any) -> None:
    features.register_link_type(JointPageLinkHandler)


@hooks.register("insert_editor_js")
def editor_scripts() -> str:
    scripts = (
        "practices/admin/word-count.js",
        "practices/admin/under-review.js",
        "practices/admin/translation.js",
    )
    return format_html_join("", '<script src="{}"></script>', ((static(name),) for name in scripts))


@hooks.register("insert_global_admin_css")
def admin_styles() -> str:
    sheets = (
        "practices/admin/ficha.css",
        "practices/admin/lists.css",
        "practices/admin/translation.css",
    )
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((static(name),) for name in sheets)
    )
