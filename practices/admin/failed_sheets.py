"""Fact sheets that cannot be made, for the Secretaría."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView

from practices.languages import content_languages
from practices.models import FailedSheet
from practices.moderation.access import oversees

from .exports import SafeSpreadsheetMixin
from .menus import RuledMenuItem


def _language(sheet: FailedSheet) -> Any:
    return dict(content_languages()).get(sheet.language, sheet.language)


def _file(sheet: FailedSheet) -> str:
    name = {"pdf": "PDF", "docx": "Word"}.get(sheet.extension, sheet.extension)
    return str(_("%(file)s, one page") % {"file": name}) if sheet.design == "summary" else name


class FailedSheetsView(SafeSpreadsheetMixin, ReportView):
    """Which practice has no fact sheet, of which kind, and why; a line goes once it can be made."""

    template_name = "practices/admin/failed_sheets.html"
    page_title = _("Fact sheets that failed")
    header_icon = "warning"
    index_url_name = "practice_failed_sheets"
    index_results_url_name = "practice_failed_sheets_results"
    default_ordering = "-last"
    filename = "fact-sheets-that-failed"
    any_permission_required: list[str] = []
    list_export = ["code", "title", "language", "design", "extension", "times", "last", "reason"]
    export_headings = {
        "code": _("Code"),
        "title": _("Title"),
        "language": _("Language"),
        "design": _("Design"),
        "extension": _("File"),
        "times": _("Times"),
        "last": _("Last time"),
        "reason": _("Reason"),
    }
    columns = [
        Column("code", label=_("Code")),
        Column("title", label=_("Title")),
        Column("language", label=_("Language"), accessor=_language),
        Column("extension", label=_("File"), accessor=_file),
        Column("reason", label=_("Reason")),
        NumberColumn("times", label=_("Times")),
        DateColumn("last", label=_("Last time"), sort_key="last"),
    ]

    def user_has_any_permission(self, _permissions: Any) -> bool:
        return oversees(self.request.user)

    def get_base_queryset(self) -> "QuerySet[Any]":
        return FailedSheet.objects.all()


def failed_sheets_menu_item() -> RuledMenuItem:
    """The entry among the reports, for who moderates all countries."""
    return RuledMenuItem(
        FailedSheetsView.page_title,
        reverse_lazy("practice_failed_sheets"),
        name="failed-sheets",
        icon_name="warning",
        order=1210,
        rule=oversees,
    )
