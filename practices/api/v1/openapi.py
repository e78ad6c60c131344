"""The OpenAPI document: what Ninja knows of the operations, and what all of them have in common."""

from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from .problems import PROBLEM_JSON

CLIENT_ERROR = 400


def header(description: str, kind: str = "string") -> dict[str, Any]:
    """A header of a response."""
    return {"description": description, "schema": {"type": kind}}


VALIDATORS = {
    "ETag": header("Digest of the answer, for `If-None-Match`; streamed answers have none."),
    "Last-Modified": header("When the collection last changed, for `If-Modified-Since`."),
    "Cache-Control": header("`private, no-store` with a token."),
}
HEADERS = {
    "200": VALIDATORS,
    "304": VALIDATORS,
    "401": {"WWW-Authenticate": header("`Bearer`, and what is wrong with the token.")},
    "429": {"Retry-After": header("Seconds to wait.", "integer")},
}
PROBLEM = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/ProblemSchema"}}}


class Api(NinjaAPI):
    """As Ninja's; its document says also what the middleware does to every answer."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The document, whole."""
        schema = super().get_openapi_schema(**kwargs)
        for path in schema["paths"].values():
            for method, operation in path.items():
                _complete(operation, reads=method == "get")
        schemes = schema["components"].get("securitySchemes", {})
        schemes.pop("Anyone", None)
        return schema


def _complete(operation: dict[str, Any], *, reads: bool) -> None:
    """An operation with the answers that it has in common with all others, by their status."""
    responses = {str(status): answer for status, answer in operation["responses"].items()}
    responses["429"] = {"description": "Too Many Requests"}
    if reads:
        responses["304"] = {"description": "Not Modified"}
    for status, answer in responses.items():
        if int(status) >= CLIENT_ERROR:
            answer["content"] = PROBLEM
        if status in HEADERS and (reads or int(status) >= CLIENT_ERROR):
            answer["headers"] = HEADERS[status]
    operation["responses"] = dict(sorted(responses.items()))
    operation["security"] = [
        {} if "Anyone" in scheme else scheme for scheme in operation.get("security", [])
    ]
