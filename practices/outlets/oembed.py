"""A practice as a card in pages of other sites: oEmbed 1.0, and the card that it leads to.

Source: https://oembed.com/. What is embedded is an `iframe` alone: WordPress drops all else of
sites that it does not know, and would wait for a script where a `blockquote` stands beside.
"""

import re
from dataclasses import dataclass
from http import HTTPStatus
from io import StringIO
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit
from xml.sax.xmlreader import AttributesImpl

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from practices.directory import Directory
from practices.presentation import Card, cards
from practices.querysets import PracticeQuerySet
from practices.renditions import rendition

from .cells import printable
from .lists import site_name

WIDTH, HEIGHT = 600, 260
"""The card where there is room, in pixels."""
CACHE_AGE = 86_400
"""Seconds for which other sites may keep an answer; the card itself is always fresh."""
PICTURES = (640, 320)
"""Widths of the renditions for other sites."""

BY_CODE = re.compile(r"/ficha/([\w-]+)/?", re.ASCII)
OF_PAGE = re.compile(r"(/.*/)([\w-]+)/?", re.ASCII)


class RefusedError(Exception):
    """A request that gets no card, and the status that says why."""

    def __init__(self, status: HTTPStatus, text: str) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True)
class Size:
    """The room that another site has, in pixels; None where there is no limit."""

    width: int | None
    height: int | None

    def fits(self, width: int, height: int = 0) -> bool:
        return width <= (self.width or width) and height <= (self.height or height)

    @classmethod
    def of(cls, request: HttpRequest) -> "Size":
        """The size that a request gives. Raises RefusedError."""
        return cls(_pixels(request, "maxwidth"), _pixels(request, "maxheight"))


def _pixels(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name)
    if not text:
        return None
    if not re.fullmatch(r"0*[1-9]\d{0,5}", text, re.ASCII):
        raise RefusedError(HTTPStatus.BAD_REQUEST, f"{name} is no number of pixels.")
    return int(text)


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """The card of the practice whose address is given, as JSON or XML.

    Without an address 400, for one that leads to no public practice of this site 404, for another
    form 501.
    """
    try:
        response = _answer(request)
    except RefusedError as error:
        response = HttpResponse(str(error), status=error.status, content_type="text/plain")
    # Nothing here is private: scripts of any page may read it.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request: HttpRequest) -> HttpResponse:
    url = request.GET.get("url")
    if not url:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "The argument url is missing.")
    form = request.GET.get("format") or "json"
    if form not in ("json", "xml"):
        raise RefusedError(HTTPStatus.NOT_IMPLEMENTED, "The formats are json and xml.")
    size = Size.of(request)
    found = _find(url, request)
    if found is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, "There is no public practice at this address.")
    values = _values(found, size, request)
    if form == "json":
        return JsonResponse(values, json_dumps_params={"ensure_ascii": False})
    return HttpResponse(_xml(values), content_type="text/xml; charset=utf-8")


@dataclass(frozen=True)
class Place:
    """Where an address leads: practices that fit (one at most), the language if it names one."""

    practices: PracticeQuerySet
    language: str = ""


def _find(url: str, request: HttpRequest) -> Card | None:
    """The card of the practice at an address, in the language of the address.

    The address by code has no language: there it is that of the original.
    """
    place = _place(url, request)
    practice = place and place.practices.for_cards().first()
    if not place or not practice:
        return None
    with translation.override(place.language or practice.locale.language_code):
        return cards([practice], request)[0]


def _place(url: str, request: HttpRequest) -> Place | None:
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or _host(parts) != request.get_host().lower():
        return None
    directory = Directory.of(request)
    if found := BY_CODE.fullmatch(parts.path):
        return Place(directory.published.filter(record__code=found[1].upper()))
    found = OF_PAGE.fullmatch(parts.path)
    language = translation.get_language_from_path(parts.path)
    if not found or not language:
        return None
    for iso_code, page in directory.countries(language).items():
        if urlsplit(directory.url(page)).path == found[1]:
            there = directory.published.in_country([iso_code]).filter(slug=found[2])
            return Place(there, language)
    return None


def _host(parts: SplitResult) -> str:
    """Host and port of an address, the usual port left out as browsers do."""
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return parts.netloc.lower().removesuffix(usual)


def _values(card: Card, size: Size, request: HttpRequest) -> dict[str, Any]:
    country = card.country.title if card.country else ""
    width, height = min(WIDTH, size.width or WIDTH), min(HEIGHT, size.height or HEIGHT)
    with translation.override(card.language):
        source = reverse("practices_embed", args=[card.code])
    values = {
        "version": "1.0",
        "type": "rich",
        "title": card.title,
        "author_name": card.practice.responsible_entity or country,
        "provider_name": site_name(),
        "provider_url": request.build_absolute_uri(f"/{card.language}/"),
        "cache_age": CACHE_AGE,
        "html": format_html(
            '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"'
            ' sandbox="allow-popups allow-popups-to-escape-sandbox"'
            ' style="border:0;max-width:100%"></iframe>',
            request.build_absolute_uri(source),
            width,
            height,
            card.title,
        ),
        "width": width,
        "height": height,
    }
    if picture := _thumbnail(card, size):
        values |= {
            "thumbnail_url": request.build_absolute_uri(picture.url),
            "thumbnail_width": picture.width,
            "thumbnail_height": picture.height,
        }
    return {
        name: printable(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


def _thumbnail(card: Card, size: Size) -> Any:
    """The widest rendition of the picture that fits; a practice that is public makes it public."""
    image = card.practice.picture
    for width in PICTURES:
        if image and size.fits(width):
            found = rendition(image, f"format-jpeg|width-{width}")
            if found and size.fits(found.width, found.height):
                return found
    return None


def _xml(values: dict[str, Any]) -> bytes:
    output = StringIO()
    xml = SimplerXMLGenerator(output, "utf-8")
    xml.startDocument()
    xml.startElement("oembed", AttributesImpl({}))
    for name, value in values.items():
        xml.addQuickElement(name, str(value))
    xml.endElement("oembed")
    return output.getvalue().encode("utf-8", "replace")


def discovery_url(path: str, request: HttpRequest) -> str:
    """Where other sites learn of the card of the practice at a path."""
    query = urlencode({"url": request.build_absolute_uri(path), "format": "json"})
    return request.build_absolute_uri(f"{reverse('practices_oembed')}?{query}")


@require_safe
@xframe_options_exempt
def embed(request: HttpRequest, code: str) -> HttpResponse:
    """The card of a practice, in the language of the address: a page that others may frame."""
    practices = Directory.of(request).published.filter(record__code=code.upper())
    found = cards(practices.for_cards(), request)
    if not found:
        raise Http404
    [card] = found
    values = {
        "card": card,
        "picture": rendition(card.practice.picture, f"format-jpeg|width-{PICTURES[0]}"),
        "site_name": site_name(),
        "url": request.build_absolute_uri(card.url),
        "home": request.build_absolute_uri(f"/{card.language}/"),
    }
    response = render(request, "practices/embed.html", values)
    response["Content-Security-Policy"] = "frame-ancestors *; base-uri 'none'; form-action 'none'"
    response["X-Robots-Tag"] = "noindex"
    return response
