"""The root address and the pages for what went wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache

from .models import HomePage


def root(request: HttpRequest) -> HttpResponse:
    """Lead from `/` to the home page in the browser's language (302), where there is one."""
    language = translation.get_language_from_request(request)
    if not HomePage.objects.live().filter(locale__language_code=language).exists():
        language = settings.LANGUAGE_CODE
    response = redirect(f"/{language}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@never_cache
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in the language of the address. Not kept: what is a draft today is public tomorrow."""
    del exception
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 in the language of the address; asks nothing of the database."""
    return render(request, "500.html", status=500)
