"""Whether drafts can be seen on a front end of the host's: an offer beside the usual preview."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

APP = "wagtail_headless_preview"
HEADLESS = "headless"


def enabled() -> bool:
    """Whether the host has the package, and says where its front end is."""
    addresses = getattr(settings, "WAGTAIL_HEADLESS_PREVIEW", {}).get("CLIENT_URLS")
    return apps.is_installed(APP) and bool(addresses)


def modes_of(page: Any) -> list[tuple[str, Any]]:
    """The modes that a page has beside its own; a page that is not stored yet has none."""
    return [(HEADLESS, _("On the front end"))] if page.pk and enabled() else []


def serve(page: Any, request: HttpRequest) -> HttpResponse:
    """A preview on the front end. Raises PermissionDenied for who may not edit the page."""
    from .headless import serve_preview  # the package is optional

    return serve_preview(page, request)
