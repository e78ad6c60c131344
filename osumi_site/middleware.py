"""The language of a request: that of its path, in the admin that of the user, else Spanish."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
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


class AdminLocaleMiddleware:
    """In the admin activate the user's language; before signing in, that of the browser.

    Wagtail does so within its views only: its refusals, the messages of other middleware and the
    pages to sign in and to choose a password would be in the default language.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            translation.activate(translation.get_language_from_request(request))
            if profile := getattr(request.user, "wagtail_userprofile", None):
                translation.activate(profile.get_preferred_language())
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)
