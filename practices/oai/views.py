"""The address that harvesters ask."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from practices.limits import is_too_often

from .answers import answer

MOST_ASKED, SECONDS = 120, 60
"""How many answers an address gets in so many seconds."""


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """The answer of the protocol; 503 with `Retry-After`, as it asks, for who asks too often."""
    if is_too_often(request, "oai", MOST_ASKED, SECONDS):
        response = HttpResponse(
            "Too many requests. Wait a minute, then go on with the same resumptionToken.",
            content_type="text/plain; charset=utf-8",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
        )
        response["Retry-After"] = str(SECONDS)
        return response
    return HttpResponse(answer(request), content_type="text/xml; charset=utf-8")
