"""Whole lists as files: CSV, XLSX, one JSON for each line, GeoJSON; a few practices in memory."""

from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any

from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext
from ninja import Query

from practices.figures.outlines import OutlinesError, outlines
from practices.listing import Selection
from practices.outlets import exports
from practices.outlets.cells import dated
from practices.outlets.rows import Row, rows

from .auth import READERS
from .language import answering
from .parameters import Filters, require_known
from .problems import ProblemSchema
from .routing import Router

router = Router(tags=["dumps"], auth=READERS)

JSON_LINES = "application/jsonl"
GEOJSON = "application/geo+json"

CONTENT_TYPES = {
    "csv": exports.CSV,
    "xlsx": exports.XLSX,
    "jsonl": JSON_LINES,
    "geojson": GEOJSON,
}


def _asked(request: HttpRequest) -> tuple[Selection, Iterator[Row]]:
    selection = Selection(request)
    require_known(selection.filter)
    return selection, rows(selection, request)


def _download(response: HttpResponseBase, extension: str) -> HttpResponseBase:
    name = dated(slugify(gettext("Practices")))
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{extension}") or ""
    return response


def _streamed(parts: Iterator[Any], extension: str) -> HttpResponseBase:
    content_type = CONTENT_TYPES[extension]
    return _download(StreamingHttpResponse(parts, content_type=content_type), extension)


def _described(extension: str, schema: dict[str, Any]) -> dict[str, Any]:
    """The answer of an operation as OpenAPI names it."""
    content_type = CONTENT_TYPES[extension].partition(";")[0]
    return {"responses": {200: {"content": {content_type: {"schema": schema}}}}}


TEXT = {"type": "string"}
BINARY = {"type": "string", "format": "binary"}
PROBLEMS = {401: ProblemSchema, 422: ProblemSchema}


@router.get(
    "/practices.csv",
    operation_id="dump_csv",
    summary="Download a list as CSV",
    response={200: None, **PROBLEMS},
    openapi_extra=_described("csv", TEXT),
)
def dump_csv(request: HttpRequest, parameters: Query[Filters]) -> Any:
    """The columns of the site's own export, in the reader's language. UTF-8."""
    with answering(request, parameters.locale):
        _selection, found = _asked(request)
        return _streamed(exports.csv_lines(exports.headings(), found), "csv")


@router.get(
    "/practices.xlsx",
    operation_id="dump_xlsx",
    summary="Download a list as a workbook",
    response={200: None, **PROBLEMS},
    openapi_extra=_described("xlsx", BINARY),
)
def dump_xlsx(request: HttpRequest, parameters: Query[Filters]) -> Any:
    """The columns of the site's own export, in the reader's language."""
    with answering(request, parameters.locale):
        _selection, found = _asked(request)
        file = TemporaryFile()  # noqa: SIM115 (closed with the response)
        exports.write_xlsx(file, gettext("Practices"), exports.headings(), found)
        file.seek(0)
        return _download(FileResponse(file, content_type=exports.XLSX), "xlsx")


@router.get(
    "/practices.jsonl",
    operation_id="dump_jsonl",
    summary="Download a list as JSON, one practice for each line",
    response={200: None, **PROBLEMS},
    openapi_extra=_described("jsonl", TEXT),
)
def dump_jsonl(request: HttpRequest, parameters: Query[Filters]) -> Any:
    """The fields of the site's own export (JSON)."""
    with answering(request, parameters.locale):
        _selection, found = _asked(request)
        return _streamed((f"{exports.json_of(row)}\n" for row in found), "jsonl")


@router.get(
    "/practices.geojson",
    operation_id="dump_geojson",
    summary="Download a list as GeoJSON",
    response={200: None, **PROBLEMS},
    openapi_extra=_described("geojson", {"type": "object"}),
)
def dump_geojson(request: HttpRequest, parameters: Query[Filters]) -> Any:
    """A FeatureCollection (RFC 7946); the properties are the fields of the export.

    The point of a feature lies within the country of the practice. It says no more than that: the
    ficha knows no other place. All practices of a country have the same one.
    """
    with answering(request, parameters.locale):
        _selection, found = _asked(request)
        return _streamed(_features(found), "geojson")


def _features(found: Iterator[Row]) -> Iterator[str]:
    try:
        shapes = outlines().countries
    except OutlinesError:  # practices.E011 tells the host
        shapes = {}
    places = {code: shape.place for code, shape in shapes.items()}
    yield '{"type": "FeatureCollection", "features": ['
    separator = "\n"
    for row in found:
        place = places.get(row.country.value)
        geometry = (
            f'{{"type": "Point", "coordinates": [{place[0]}, {place[1]}]}}' if place else "null"
        )
        yield (
            f'{separator}{{"type": "Feature", "geometry": {geometry}, '
            f'"properties": {exports.json_of(row)}}}'
        )
        separator = ",\n"
    yield "\n]}\n"
