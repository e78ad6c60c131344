"""“Publications”: the Secretaría's compilations in the admin."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.viewsets.pages import PageListingViewSet

from practices.models import PublicationPage
from practices.moderation.access import oversees

from .menus import RuledMenuItem


class OverseersMixin:
    """A view for the Secretaría and superusers alone."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Raises PermissionDenied for others."""
        if not oversees(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class PublicationIndexView(OverseersMixin, IndexView):
    """The list of publications, drafts among them."""

    page_title = _("Publications")
    locale = None  # those of all languages


class PublicationParentView(OverseersMixin, ChooseParentView):
    """Where a new publication begins: in which language."""

    locale = None  # Wagtail would offer the site's own alone


class PublicationViewSet(PageListingViewSet):
    """The list, and the way to a new publication."""

    model = PublicationPage
    icon = "folder-open-1"
    name = "publications"
    url_prefix = "publications"
    # The entry of the menu has its own rule.
    add_to_admin_menu = False
    index_view_class = PublicationIndexView
    choose_parent_view_class = PublicationParentView


def publications_menu_item() -> RuledMenuItem:
    """The entry “Publications”, for the Secretaría."""
    return RuledMenuItem(
        _("Publications"),
        reverse_lazy("publications:index"),
        name="publications",
        icon_name="folder-open-1",
        order=97,
        rule=oversees,
    )
