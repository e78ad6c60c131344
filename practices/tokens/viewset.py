"""The place of tokens in the admin; Wagtail's own, where some act for others, is closed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from . import terms, views

WAGTAILS = "wagtailusers_api_tokens"
"""Namespace of Wagtail's pages, on which people who may change accounts make tokens for others."""

WAGTAILS_MENU = "api_tokens"
"""Name of their entry in the menu of settings."""


class TokensMenuItem(MenuItem):
    """Shown to those who may hold tokens."""

    def is_shown(self, request: HttpRequest) -> bool:
        return terms.may_hold(request.user)


class TokenViewSet(ViewSet):
    """A person's own tokens."""

    name = views.NAMESPACE
    url_prefix = "tokens"
    icon = "key"
    menu_label = _("API tokens")
    menu_name = "practices-tokens"
    menu_order = 602
    menu_item_class = TokensMenuItem
    add_to_settings_menu = True

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", views.TokenIndexView.as_view(), name="index"),
            path("add/", views.MakeTokenView.as_view(), name="add"),
            re_path(r"^(?P<pk>\d{1,18})/revoke/$", views.RevokeTokenView.as_view(), name="revoke"),
        ]


def close(request: HttpRequest, _arguments: dict[str, Any]) -> HttpResponse:
    """Wagtail's list leads to one's own; its other pages are gone, for superusers too.

    Raises Http404.
    """
    match = request.resolver_match
    if match and match.url_name == "index":
        return redirect(f"{views.NAMESPACE}:index")
    raise Http404


def arrange_settings(_request: HttpRequest, items: list[Any]) -> None:
    """Hook `construct_settings_menu`: Wagtail's entry goes."""
    items[:] = [item for item in items if item.name != WAGTAILS_MENU]
