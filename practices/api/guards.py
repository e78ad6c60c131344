"""What no API is asked: by bad tokens, too often, or in ways that break Wagtail's own APIs."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from practices.limits import client_address, counts_too_many

from .v1.auth import token_of
from .v1.parameters import FARTHEST
from .v1.problems import Problem, invalid_parameter

SECONDS = 60
RATE = {"address": 300, "owner": 600}
"""Requests in a minute: of an address without a token, and of the owner of one."""

MOST_DIGITS = 9


def guard(request: HttpRequest) -> None:
    """Raise Problem for a request that shall not reach its API."""
    _limit(request)
    if request.path_info.startswith(("/api/v2/", "/api/v3/")):
        _refuse_what_breaks(request)


def _limit(request: HttpRequest) -> None:
    try:
        token = token_of(request)
    except Problem:
        _count(f"address-{client_address(request)}", "address")
        raise
    if token:
        _count(f"owner-{token.user_id}", "owner")
    else:
        _count(f"address-{client_address(request)}", "address")


def _count(who: str, kind: str) -> None:
    limit = (RATE | getattr(settings, "PRACTICES_API_RATE", {}))[kind]
    if limit is not None and counts_too_many(f"api-{who}", limit, SECONDS):
        raise Problem(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Too many requests: at most %(limit)s in a minute. Wait a minute and try again.")
            % {"limit": limit},
            headers={"Retry-After": str(SECONDS)},
        )


def _refuse_what_breaks(request: HttpRequest) -> None:
    if request.path_info.startswith("/api/v3/pages/") and "search" in request.GET:
        raise invalid_parameter(
            "search", _("Search here: %(address)s") % {"address": "/api/v1/practices/?q="}
        )
    for name in ("offset", "limit"):
        asked = request.GET.get(name, "")
        if asked.isdecimal() and (len(asked) > MOST_DIGITS or int(asked) > FARTHEST):
            raise invalid_parameter(name, _("At most %(limit)s.") % {"limit": FARTHEST})
