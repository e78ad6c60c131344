"""Lists of practices in other forms, sitemap and robots.txt."""

from collections.abc import Iterator
from tempfile import TemporaryFile

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from practices.languages import content_languages
from practices.listing import Listing
from practices.navigation import Surroundings

from . import exports, sitemap
from .cells import dated
from .feed import feed_of
from .rows import Row, rows


def _asked(request: HttpRequest) -> tuple[Listing, Iterator[Row]]:
    listing = Listing(request)
    return listing, rows(listing, request)


def _download(response: HttpResponseBase, extension: str) -> HttpResponseBase:
    """A response as a file with the day in its name, of which search engines keep nothing."""
    name = dated(slugify(gettext("Practices")))
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.{extension}") or ""
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def list_csv(request: HttpRequest) -> HttpResponseBase:
    """The list of the query string as CSV, in the reader's language."""
    _listing, found = _asked(request)
    lines = exports.csv_lines(exports.headings(), found)
    return _download(StreamingHttpResponse(lines, content_type=exports.CSV), "csv")


@require_safe
def list_xlsx(request: HttpRequest) -> HttpResponseBase:
    """The list of the query string as a workbook, in the reader's language."""
    _listing, found = _asked(request)
    file = TemporaryFile()  # noqa: SIM115 (closed with the response)
    exports.write_xlsx(file, gettext("Practices"), exports.headings(), found)
    file.seek(0)
    return _download(FileResponse(file, content_type=exports.XLSX), "xlsx")


@require_safe
def list_json(request: HttpRequest) -> HttpResponseBase:
    """The list of the query string as JSON, labels in the reader's language."""
    listing, found = _asked(request)
    parts = exports.json_parts(listing.total, found)
    return _download(StreamingHttpResponse(parts, content_type=exports.JSON), "json")


@require_safe
def list_atom(request: HttpRequest) -> HttpResponse:
    """The newest practices of the list of the query string, as a feed."""
    listing = Listing(request)
    around = Surroundings.find(request)
    feed = feed_of(listing, request, around.practices or around.home)
    response = HttpResponse(content_type=feed.content_type)
    feed.write(response, "utf-8")
    return response


@require_safe
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """Every public address, or where they are listed if they are many."""
    return _xml(sitemap.whole(request))


@require_safe
def sitemap_part(request: HttpRequest, part: str, number: int) -> HttpResponse:
    """One part of a large sitemap; 404 where there is none."""
    found = sitemap.part(request, part, number)
    if found is None:
        raise Http404
    return _xml(found)


def _xml(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """All is open but the admin, and what any choice of practices gives: too many, all the same."""
    closed = [reverse("wagtailadmin_home")]
    for code, _name in content_languages():
        with translation.override(code):
            names = ("practices_csv", "practices_xlsx", "practices_json")
            closed += [f"{reverse(name)}?" for name in names]
            closed.append(f"{reverse('practices_compilation')}?")
            closed += [reverse(f"practices_compilation_{form}") for form in ("pdf", "docx")]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('practices_sitemap'))}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
