"""Who asks: the owner of a token, or anyone."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.api.v3.auth import AllowAnonymous, BearerTokenAuth
from wagtail.models import APIToken

from practices.tokens.auth import PersonalTokenAuth

from .problems import unauthenticated


def token_of(request: HttpRequest) -> APIToken | None:
    """The token that a request carries, looked up once; None where it carries none.

    Raises Problem (401) for one that is unknown, revoked or expired, or whose owner may hold
    none: whoever sends a token must not get the answer for anyone by mistake.
    """
    if not hasattr(request, "_practices_token"):
        request._practices_token = _read(request)  # type: ignore[attr-defined]
    return request._practices_token  # type: ignore[attr-defined]


def _read(request: HttpRequest) -> APIToken | None:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != BearerTokenAuth.openapi_scheme:
        return None
    token = PersonalTokenAuth().authenticate(request, secret)
    if token is None:
        raise unauthenticated(_("This token is not valid, or not any more."), "invalid_token")
    return token


class TokenAuth(BearerTokenAuth):
    """A person by their token. Sessions of the admin never count."""

    def __call__(self, request: HttpRequest) -> Any:
        token = token_of(request)
        if token is not None:
            request.user = token.user
        return token


class Anyone(AllowAnonymous):
    """Everybody else, after TokenAuth where no token is needed."""


READERS = [TokenAuth(), Anyone()]
"""Who may read what is public."""
