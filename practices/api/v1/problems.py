"""Errors of the API, all in one form: `application/problem+json` (RFC 9457), without traces."""

import json
import logging
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, NotRequired, TypedDict

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError
from pydantic import Field
from pydantic import ValidationError as PydanticValidationError

from practices.languages import content_languages

from .wording import words

PROBLEM_JSON = "application/problem+json"

logger = logging.getLogger("django.request")


class Fault(TypedDict):
    """One thing that is wrong: in a parameter, or at a place of the body (a JSON Pointer)."""

    detail: str
    parameter: NotRequired[str]
    pointer: NotRequired[str]


class FaultSchema(Schema):
    """One thing that is wrong with a request."""

    detail: str = Field(description="What is wrong, in words for people.")
    parameter: str | None = Field(
        None, description="The parameter of the address that it is about, if it is about one."
    )
    pointer: str | None = Field(
        None, description="The place in the body that it is about (JSON Pointer, RFC 6901)."
    )


class ProblemSchema(Schema):
    """Why a request was not answered (RFC 9457)."""

    type: str = Field(description="Always `about:blank`: the status says what kind it is.")
    title: str = Field(description="The name of the status.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field("", description="What happened, in words for people.")
    errors: list[FaultSchema] = Field([], description="What is wrong with the request, if it is.")


class Problem(Exception):  # noqa: N818 (what the standard calls it)
    """Ends an operation with a problem as its answer."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        errors: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail or str(status))
        self.status = status
        self.detail = detail
        self.errors = list(errors)
        self.headers = dict(headers or {})


def invalid(*errors: Fault) -> Problem:
    """422 for what a request says; `errors` tell where."""
    return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, _("The request is not valid."), errors)


def invalid_parameter(name: str, detail: str) -> Problem:
    """422 for one parameter of the address."""
    return invalid({"parameter": name, "detail": detail})


def not_found() -> Problem:
    """404 for what is not there, or not for whoever asks."""
    return Problem(HTTPStatus.NOT_FOUND, _("There is nothing here."))


def problem_response(
    status: int,
    detail: str = "",
    errors: Iterable[Fault] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """A problem as a response."""
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": int(status),
    }
    if detail:
        problem["detail"] = detail
    if errors := list(errors):
        problem["errors"] = errors
    return HttpResponse(
        json.dumps(problem), status=status, content_type=PROBLEM_JSON, headers=dict(headers or {})
    )


def answer_to(problem: Problem) -> HttpResponse:
    """The response to a Problem."""
    return problem_response(problem.status, problem.detail, problem.errors, problem.headers)


def register(api: NinjaAPI) -> None:
    """Answer every exception of an API with a problem."""
    handlers: dict[type[Exception], Any] = {
        Problem: lambda _request, problem: answer_to(problem),
        NinjaValidationError: _malformed,
        PydanticValidationError: _invalid_data,
        DjangoValidationError: _invalid_model,
        PermissionDenied: _refused,
        Http404: lambda _request, _error: answer_to(not_found()),
        HttpError: _http_error,
        RequestDataTooBig: _too_big,
        Exception: unforeseen,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _malformed(_request: HttpRequest, error: NinjaValidationError) -> HttpResponse:
    return answer_to(invalid(*(_fault(found["loc"], words(found)) for found in error.errors)))


def language_of(request: HttpRequest) -> str:
    """The language of an answer to a request that was not read to its end."""
    asked = request.GET.get("locale", "")
    if asked in dict(content_languages()):
        return asked
    is_read = request.method in {"GET", "HEAD"}
    return settings.LANGUAGE_CODE if is_read else translation.get_language_from_request(request)


def _fault(place: Iterable[Any], message: str) -> Fault:
    """A fault as Ninja tells it: source, name of the argument of ours, names within it."""
    source, *names = place
    if source == "body":
        return {"pointer": pointer(names[1:]), "detail": message}
    texts = [name for name in names if isinstance(name, str)]
    return {"parameter": texts[-1] if texts else str(source), "detail": message}


def pointer(names: Iterable[Any]) -> str:
    """A JSON Pointer to a place given by keys and numbers."""
    return "".join(f"/{str(name).replace('~', '~0').replace('/', '~1')}" for name in names)


def _invalid_data(_request: HttpRequest, error: PydanticValidationError) -> HttpResponse:
    faults: list[Fault] = [
        {"pointer": pointer(found["loc"]), "detail": words(found)} for found in error.errors()
    ]
    return answer_to(invalid(*faults))


def _invalid_model(_request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
    fields = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    faults: list[Fault] = [
        {"pointer": pointer([name] if name and name != NON_FIELD_ERRORS else []), "detail": text}
        for name, texts in fields.items()
        for text in texts
    ]
    return answer_to(invalid(*faults))


def _refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    if not request.user.is_authenticated:
        return answer_to(unauthenticated())
    return problem_response(HTTPStatus.FORBIDDEN, str(error) or _("You may not do this."))


def unauthenticated(detail: str = "", error: str = "") -> Problem:
    """401: a token is needed, or the one that came is none; `error` as RFC 6750 names it."""
    challenge = f'Bearer realm="api", error="{error}"' if error else 'Bearer realm="api"'
    return Problem(
        HTTPStatus.UNAUTHORIZED,
        detail or _("This needs a token: Authorization: Bearer …"),
        headers={"WWW-Authenticate": challenge},
    )


def _http_error(_request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        return answer_to(unauthenticated())
    return problem_response(error.status_code, str(error))


def _too_big(_request: HttpRequest, _error: RequestDataTooBig) -> HttpResponse:
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return problem_response(status, _("The body is too large."))


def unforeseen(request: HttpRequest, error: Exception) -> HttpResponse:
    """A fault of ours: told to the log, and by it to the administrators, not to the client."""
    logger.error(
        "%s: %s",
        HTTPStatus.INTERNAL_SERVER_ERROR.phrase,
        request.path,
        exc_info=error,
        extra={"status_code": HTTPStatus.INTERNAL_SERVER_ERROR, "request": request},
    )
    return problem_response(
        HTTPStatus.INTERNAL_SERVER_ERROR, _("Something went wrong on our side.")
    )
