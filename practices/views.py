"""Views outside of the page tree."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.cache import patch_vary_headers

from .directory import Directory
from .presentation import cards


def practice_by_code(request: HttpRequest, code: str, file: str = "") -> HttpResponse:
    """Lead from a citable code to the practice in the browser's language, or to a file of it (302)."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        practices = Directory.of(request).published.filter(record__code=code.upper())
        found = cards(practices.for_cards(), request)
        if not found:
            raise Http404
        response = redirect(f"{found[0].url}{file}")
    patch_vary_headers(response, ["Accept-Language"])
    return response
