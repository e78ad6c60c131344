"""What caches and clients may keep of the APIs' answers, and when they need no new one."""

from datetime import datetime
from hashlib import sha256

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.http import http_date

from practices.directory import Directory

FOR_PEOPLE = ("openapi.json", "docs/")
"""Ends of addresses whose answers no practice changes."""


def last_change(request: HttpRequest, own: str) -> datetime | None:
    """`Last-Modified` of an answer of the API below `own`; None where none is known.

    To be asked before the answer is made: what changes in between is then newer than it. It counts
    whole seconds: none where something changed in this one, which may change again in it.
    """
    path = request.path_info
    if not is_shared(request) or not path.startswith(own) or path.endswith(FOR_PEOPLE):
        return None
    changed = Directory.of(request).changed_at
    this_second = timezone.now().replace(microsecond=0)
    return changed if changed and changed < this_second else None


def is_shared(request: HttpRequest) -> bool:
    """Whether everybody gets the same answer: nobody says who they are."""
    has_session = hasattr(request, "session") and request.session.accessed
    return request.method == "GET" and "Authorization" not in request.headers and not has_session


def cached(
    request: HttpRequest, response: HttpResponseBase, changed: datetime | None
) -> HttpResponseBase:
    """The response with what caches may do, or 304 where the client has it already.

    Caches may keep what is public and ask each time whether it is still so: a practice that is
    taken back is gone at once. `ETag` is a digest of the body; what is streamed has none.
    """
    if "no-store" in response.get("Cache-Control", ""):  # the view knows better, as of drafts
        return response
    patch_vary_headers(response, ["Authorization"])
    if not is_shared(request):
        patch_cache_control(response, private=True, no_store=True)
        return response
    if response.status_code != 200:  # noqa: PLR2004
        patch_cache_control(response, no_store=True)
        return response
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    etag, modified = None, None
    if not response.streaming:
        etag = f'"{sha256(response.content).hexdigest()[:32]}"'  # type: ignore[attr-defined]
        response["ETag"] = etag
    if changed:
        modified = int(changed.timestamp())
        response["Last-Modified"] = http_date(modified)
    answer = get_conditional_response(request, etag, modified, response)  # type: ignore[arg-type]
    if answer is not response and answer is not None:
        # Files are closed when the answer is: closing the response here would end the request.
        answer._resource_closers.extend(response._resource_closers)  # type: ignore[attr-defined]
        return answer
    return response
