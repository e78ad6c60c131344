"""The moderation log, to be read and exported by the Secretaría; nobody adds, edits or deletes."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from practices.models import ModerationEvent
from practices.moderation.access import oversees

from .exports import SafeSpreadsheetMixin
from .scope import country_names

FILTERS = ("action__exact", "country", "at__gte", "at__lt")
"""The only conditions that the address may set: any other would let one guess at stored data."""


class LogPermissionHelper(PermissionHelper):
    """Who moderates all countries reads the log; nobody changes it, superusers included."""

    def user_can_list(self, user: Any) -> bool:
        return oversees(user)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return oversees(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class CountryFilter(SimpleListFilter):
    """Countries by their names."""

    title = _("Country")
    parameter_name = "country"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(country_names().items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        return queryset.filter(country=self.value()) if self.value() else None


class LogIndexView(SafeSpreadsheetMixin, IndexView):
    """The list, and its spreadsheets."""

    model_admin: Any
    filename = "moderation-log"
    export_headings = {
        "at": _("When"),
        "action": _("Action"),
        "title": _("Practice"),
        "code": _("Code"),
        "country": _("Country"),
        "language": _("Language"),
        "who": _("Who"),
        "waited": _("Days taken"),
        "comment": _("Remark"),
        "exceptional": _("Outside of the rules"),
    }

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The list; the whole one where the address asks for a day that is none."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except IncorrectLookupParameters:
            return redirect(request.path)

    def get_filters_params(self, params: Any = None) -> dict[str, Any]:
        asked = super().get_filters_params(params)
        return {name: values for name, values in asked.items() if name in FILTERS}

    def to_row_dict(self, item: ModerationEvent) -> dict[str, Any]:
        """One row of the spreadsheet, in the words of the list."""
        return {
            "at": item.at,
            "action": item.get_action_display(),
            "title": item.title,
            "code": item.code,
            "country": self.model_admin.country_name(item),
            "language": item.language,
            "who": self.model_admin.who(item),
            "waited": "" if item.waited is None else item.waited,
            "comment": item.get_comment_display(),
            "exceptional": _("Yes") if item.exceptional else _("No"),
        }


class ModerationLogAdmin(ModelAdmin):
    """The log in Wagtail's admin."""

    model = ModerationEvent
    menu_label = _("Moderation")
    menu_item_name = "moderation-log"
    menu_icon = "history"
    menu_order = 800
    list_display = ("when", "event", "practice", "country_name", "who", "taken", "remark")
    list_display_add_buttons = "event"
    list_filter = ("action", CountryFilter, "at")
    list_export = tuple(LogIndexView.export_headings)
    list_per_page = 50
    empty_value_display = ""
    list_select_related = ("user", "page")
    search_fields = (
        "title",
        "code",
        "comment",
        "user__username",
        "user__first_name",
        "user__last_name",
    )
    inspect_view_enabled = True
    inspect_view_fields = [
        "at",
        "action",
        "title",
        "code",
        "country",
        "language",
        "user",
        "waited",
        "comment",
        "exceptional",
    ]
    history_view_enabled = False
    permission_helper_class = LogPermissionHelper
    index_view_class = LogIndexView
    index_template_name = "practices/admin/log.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ModerationEvent]:
        self._country_names = country_names()
        return super().get_queryset(request).select_related("user", "page")

    @display(description=_("When"), ordering="at")
    def when(self, event: ModerationEvent) -> str:
        """Day and time, in the reader's form and zone."""
        return date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")

    @display(description=_("Action"), ordering="action")
    def event(self, event: ModerationEvent) -> str:
        """What happened."""
        mark = f" ({_('Outside of the rules')})" if event.exceptional else ""
        return f"{event.get_action_display()}{mark}"

    @display(description=_("Practice"), ordering="title")
    def practice(self, event: ModerationEvent) -> str:
        """The title, leading to the ficha while there is one."""
        if event.page_id is None:
            return event.title
        url = reverse("wagtailadmin_pages:edit", args=[event.page_id])
        return format_html('<a href="{}">{}</a>', url, event.title)

    @display(description=_("Country"), ordering="country")
    def country_name(self, event: ModerationEvent) -> str:
        """Name of the country."""
        return self._country_names.get(event.country, event.country.upper())

    @display(description=_("Who"), ordering="user__username")
    def who(self, event: ModerationEvent) -> str:
        """Name of the person; empty where the system acted, or the person is gone."""
        return user_display_name(event.user) if event.user else ""

    @display(description=_("Days taken"), ordering="waited")
    def taken(self, event: ModerationEvent) -> str:
        """Whole days in the state before."""
        days = event.waited or 0
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}

    @display(description=_("Remark"))
    def remark(self, event: ModerationEvent) -> str:
        """Reason or remark."""
        return event.get_comment_display()

    def create_view(self, request: HttpRequest) -> HttpResponse:
        raise PermissionDenied

    def edit_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        raise PermissionDenied

    def delete_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        raise PermissionDenied

    def inspect_view(self, request: HttpRequest, instance_pk: str) -> HttpResponse:
        if not oversees(request.user):
            raise PermissionDenied
        if not instance_pk.isdecimal():
            raise Http404
        return super().inspect_view(request, instance_pk)
