"""What all APIs of the site have in common: tokens, limits, errors, caches, compression."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils import translation
from django.utils.translation import gettext as _

from practices.directory import Directory
from practices.outlets.exports import XLSX

from .caching import cached, last_change
from .guards import guard
from .v1.problems import Problem, answer_to, language_of, problem_response, unforeseen

PREFIX, OWN = "/api/", "/api/v1/"


class ApiMiddleware:
    """Guards everything below `/api/`, and gives it errors, headers and compression.

    - A token that is none is refused (401) instead of being taken for nobody.
    - Requests are counted by the owner of the token, else by address (429).
    - An error is a problem (RFC 9457), also where no API answers; a fault of ours shows no trace.
    - What is public has an `ETag`; with a token nothing is kept.
    - HEAD is answered wherever GET is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._gzip = GZipMiddleware(lambda _request: HttpResponse())

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(PREFIX):
            return self.get_response(request)
        method = request.method
        if method == "HEAD":
            request.method = "GET"
        response = self._answer(request)
        request.method = method
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        language = translation.get_language()
        try:
            asked = language_of(request)
        except SuspiciousOperation:  # more parameters than Django reads
            headers = {"Cache-Control": "no-store"}
            text = _("The request is not valid.")
            return problem_response(HTTPStatus.BAD_REQUEST, text, headers=headers)
        if request.path_info.startswith(OWN):
            language = request.LANGUAGE_CODE = asked
        with translation.override(language):
            return self._answer_spoken(request)

    def _answer_spoken(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, errors in the language that is active."""
        changed = None
        if request.path_info.startswith(OWN):
            # Addresses are those of the pages' own sites: whose address the API was called at is
            # nothing to them, and costs a query.
            Directory().serve(request)
        try:
            guard(request)
            changed = last_change(request, OWN)
            response = self.get_response(request)
        except Problem as problem:
            response = answer_to(problem)
        except Exception as error:
            response = unforeseen(request, error)
        if request.path_info.startswith(OWN):
            response["Content-Language"] = request.LANGUAGE_CODE
        response = _as_problem(cached(request, _as_problem(response), changed))
        if response.get("Content-Type") == XLSX:  # compressed as it is
            return response
        return self._gzip.process_response(request, response)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """An error that is meant for people, as one for programs."""
    status = response.status_code
    is_error = status >= HTTPStatus.BAD_REQUEST
    if not is_error or not response.get("Content-Type", "").startswith("text/"):
        return response
    if settings.DEBUG and status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return response  # Django's page for developers
    details = {
        HTTPStatus.NOT_FOUND: _("There is nothing here."),
        HTTPStatus.METHOD_NOT_ALLOWED: _("This method is not known here."),
    }
    kept = ("Allow", "Cache-Control", "Vary", "Content-Language")
    headers = {name: response[name] for name in kept if name in response}
    if "GET" in headers.get("Allow", ""):
        headers["Allow"] += ", HEAD"
    return problem_response(status, details.get(HTTPStatus(status), ""), headers=headers)
