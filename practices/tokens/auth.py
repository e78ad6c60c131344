"""Reading tokens of requests: one rule for the project's own API and for Wagtail's."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from wagtail.api.v3.auth import BearerTokenAuth

from . import terms


class PersonalTokenAuth(BearerTokenAuth):
    """As Wagtail's, for tokens that have not expired and whose owners may still hold them."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        if terms.is_good(token):
            return super().authenticate(request, token)
        request.user = AnonymousUser()
        return None
