"""What each sees on entering the admin: their part of the work, and nothing else."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel

from practices.languages import content_locales
from practices.models import PracticePage, Webhook
from practices.moderation import waiting
from practices.moderation.access import Role, countries, oversees
from practices.moderation.states import WAITING
from practices.organisation import secretariat_label
from practices.translation.coverage import Coverage, Table

from . import scope
from .overview import Overview, list_url
from .translations import Total, coverage_url
from .worklist import groups, queue

UNTOUCHED = timedelta(days=365)
SHOWN = 10
"""How many practices a part lists whose whole list is a click away."""


def arrange_panels(request: HttpRequest, panels: list[Any]) -> None:
    """Replace Wagtail's panels: deciding happens in the ficha alone, on the text that was read."""
    panels[:] = [panel for panel in panels if isinstance(panel, LockedPagesPanel)]
    user = request.user
    panels.append(WelcomePanel(user))
    if oversees(user):
        panels += [QueuePanel(), OverviewPanel(), UntouchedPanel()]
        if publications := list(waiting.publications()):
            panels.append(PublicationsPanel(publications))
        if webhooks := list(Webhook.objects.filter(active=False).exclude(switched_off_at=None)):
            panels.append(WebhooksPanel(webhooks))
    if countries(user, Role.FOCAL_POINT):
        panels.append(EndorsementPanel(user))
    editing = countries(user, Role.EDITOR)
    if editing:
        panels.append(EditorPanel(editing))
    translating = countries(user, Role.EDITOR, Role.TRANSLATOR)
    if translating:
        panels.append(TranslationPanel(translating, countries(user, Role.TRANSLATOR)))


class DashboardPanel(Component):
    """A part of the dashboard; `heading` is what it says above."""

    order = 100

    def parts(self) -> dict[str, Any]:
        """What the template shows."""
        raise NotImplementedError

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"request": parent_context["request"], **self.parts()}


class WelcomePanel(DashboardPanel):
    """Who one is here, the search of fichas, the way to a new practice and to the guide."""

    template_name = "practices/admin/dashboard/welcome.html"
    order = 10

    def __init__(self, user: Any) -> None:
        self._user = user

    @cached_property
    def _roles(self) -> list[tuple[str, dict[str, str]]]:
        names = (
            (Role.EDITOR, _("Editor")),
            (Role.FOCAL_POINT, _("Focal point")),
            (Role.TRANSLATOR, _("Translator")),
        )
        known = scope.country_names()
        roles = [
            (name, {code: known.get(code, code.upper()) for code in sorted(codes)})
            for role, name in names
            if (codes := countries(self._user, role))
        ]
        if oversees(self._user):
            roles.insert(
                0, (_("Administrator") if self._user.is_superuser else secretariat_label(), {})
            )
        return roles

    def parts(self) -> dict[str, Any]:
        return {
            "user": self._user,
            "roles": self._roles,
            "may_begin": bool(scope.birthplaces(self._user)),
            "may_list": scope.may_list(self._user),
            "guide_url": guide_url(),
        }


def guide_url() -> str:
    """Address of the guides, where the site has them."""
    try:
        return reverse("practices_guide")
    except NoReverseMatch:
        return ""


class QueuePanel(DashboardPanel):
    """For the Secretaría: what waits, the longest first, and for whom."""

    template_name = "practices/admin/dashboard/queue.html"
    order = 110

    def parts(self) -> dict[str, Any]:
        rows = queue(PracticePage.objects.filter(moderation__state__in=WAITING))
        return {
            "heading": _("Waiting for your decision"),
            "rows": [row for row in rows if not row.with_focal_point],
            "others": [row for row in rows if row.with_focal_point],
            "nothing": _("Nothing waits for your decision."),
        }


class PublicationsPanel(DashboardPanel):
    """For the Secretaría: publications that another of them decides on."""

    template_name = "practices/admin/dashboard/publications.html"
    order = 115

    def __init__(self, publications: list[Any]) -> None:
        self._publications = publications

    def parts(self) -> dict[str, Any]:
        return {"publications": self._publications}


class WebhooksPanel(DashboardPanel):
    """For the Secretaría: addresses that the system switched off."""

    template_name = "practices/admin/dashboard/webhooks.html"
    order = 117

    def __init__(self, webhooks: list[Webhook]) -> None:
        self._webhooks = webhooks

    def parts(self) -> dict[str, Any]:
        return {"webhooks": self._webhooks}


class OverviewPanel(DashboardPanel):
    """For the Secretaría: countries by themes."""

    template_name = "practices/admin/dashboard/overview.html"
    order = 120

    def parts(self) -> dict[str, Any]:
        return {"overview": Overview.of_all()}


class UntouchedPanel(DashboardPanel):
    """For the Secretaría: practices in force that nobody has edited for a year."""

    template_name = "practices/admin/dashboard/untouched.html"
    order = 130

    def parts(self) -> dict[str, Any]:
        limit = timezone.now() - UNTOUCHED
        practices = (
            PracticePage.objects.originals()
            .filter(latest_revision_created_at__lt=limit, record__archived_at=None)
            .defer_streamfields()
            .select_related("moderation", "locale", "record")
            .order_by("latest_revision_created_at", "pk")
        )
        return {
            "practices": practices[:SHOWN],
            "count": practices.count(),
            "url": list_url(
                version="original", updated_to=limit.date(), ordering="latest_revision_created_at"
            ),
            "countries": scope.country_names(),
        }


class EndorsementPanel(DashboardPanel):
    """For focal points: what waits for their endorsement, the longest first."""

    template_name = "practices/admin/dashboard/queue.html"
    order = 140

    def __init__(self, user: Any) -> None:
        self._user = user

    def parts(self) -> dict[str, Any]:
        return {
            "heading": _("Waiting for your endorsement"),
            "rows": queue(PracticePage.objects.filter(pk__in=scope.in_hand(self._user))),
            "nothing": _("Nothing waits for your endorsement."),
            "id": "endorsement",
        }


class EditorPanel(DashboardPanel):
    """For editors: the practices of their countries by state, with what to do next."""

    template_name = "practices/admin/dashboard/worklist.html"
    order = 150

    def __init__(self, codes: set[str]) -> None:
        self._codes = codes

    def parts(self) -> dict[str, Any]:
        practices = PracticePage.objects.originals().in_country(self._codes)
        return {
            "heading": _("Practices of my countries")
            if len(self._codes) > 1
            else _("Practices of my country"),
            "groups": groups(practices, {"version": "original", "country": sorted(self._codes)}),
            "countries": scope.country_names() if len(self._codes) > 1 else {},
            "nothing": _("There are no practices yet. Begin with “New practice”."),
            "id": "practices",
        }


class TranslationPanel(DashboardPanel):
    """For translators, and for editors who have any: the translations of their countries."""

    template_name = "practices/admin/dashboard/translations.html"
    order = 160

    def __init__(self, codes: set[str], translating: set[str]) -> None:
        self._codes = codes
        self._translating = translating

    def parts(self) -> dict[str, Any]:
        practices = PracticePage.objects.filter(original__isnull=False).in_country(self._codes)
        return {
            "heading": _("Translations"),
            "groups": groups(practices, {"version": "translation", "country": sorted(self._codes)}),
            "countries": scope.country_names() if len(self._codes) > 1 else {},
            "nothing": _("There are no translations yet.") if self._translating else "",
            "id": "translations",
            "work": self._work(),
        }

    def _work(self) -> list[Total]:
        """What is to be translated, whoever does it, with the addresses of the lists."""
        originals = PracticePage.objects.published().in_country(self._codes)
        table = Table.of(originals, [locale.language_code for locale in content_locales()])
        codes = sorted(self._codes)
        return [
            Total(state, count, coverage_url(country=codes, state=state.value))
            for state in (Coverage.OUTDATED, Coverage.NONE)
            if (count := len(table.having([state])))
        ]
