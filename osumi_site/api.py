"""Which of Wagtail's APIs are open: pages, in v2 and v3, and no lists of files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v3.errors import problem_response

from practices.api.v2 import PagesViewSet

api_v2 = WagtailAPIRouter("wagtailapi")
api_v2.register_endpoint("pages", PagesViewSet)


def not_mounted(_request: HttpRequest, *_args: Any) -> HttpResponse:
    """404 for the parts of API v3 that are closed here, in the API's own form."""
    return problem_response(status=404)
