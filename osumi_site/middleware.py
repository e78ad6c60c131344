"""The language of a request is that of its path, else Spanish."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


class PathLocaleMiddleware:
    """Activate the language that the path names (`/pt-br/…`), else the default one.

    Django's LocaleMiddleware also reads cookies and `Accept-Language` and redirects every 404,
    those of API, admin and files included, to a prefixed address. Here one address has one
    language, whoever asks; only `/` and `/ficha/…` look at the browser, in their own views.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", translation.get_language() or language)
        return response
