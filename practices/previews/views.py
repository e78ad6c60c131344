"""`/api/v1/preview/`: a draft as the API shows practices, for who holds a link that is not old."""

from typing import Any

from django.core.signing import BadSignature, SignatureExpired
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .modes import enabled

MOST_SIGNS = 255
"""Of a token."""


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """The draft behind `token`: 404 for what is none, 410 for what has expired.

    Nobody keeps it, no robot lists it, and no other site's scripts read it than the front end's.
    """
    response = _answer(request)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Origin"])
    if enabled():
        from .headless import origins  # the package is optional

        origin = request.headers.get("Origin", "")
        if origin and origin in origins():
            response["Access-Control-Allow-Origin"] = origin
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    token = request.GET.get("token", "")
    if not enabled() or not token or len(token) > MOST_SIGNS or "\0" in token:
        return _problem(404, _("There is no such preview."))
    from .detail import draft_detail  # the package is optional
    from .headless import find

    try:
        page = find(token)
    except SignatureExpired:
        return _problem(410, _("This preview has expired. Make a new one in the admin."))
    except BadSignature:
        page = None
    if page is None:
        return _problem(404, _("There is no such preview."))
    return JsonResponse(draft_detail(request, page), json_dumps_params={"ensure_ascii": False})


def _problem(status: int, detail: str) -> JsonResponse:
    """An error in the form of RFC 9457."""
    problem: dict[str, Any] = {"type": "about:blank", "status": status, "detail": detail}
    return JsonResponse(problem, status=status, content_type="application/problem+json")
