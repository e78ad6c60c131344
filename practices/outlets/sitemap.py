"""The sitemap: one file, or an index of several.

Source: https://www.sitemaps.org/protocol.html, and Google's `xhtml:link` for languages.
"""

from collections.abc import Iterable
from io import StringIO
from itertools import chain
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator

from .places import Place, Places

LIMIT = 5_000
"""Addresses in one file."""
PAGES, PRACTICES = "pages", "practices"
XMLNS = AttributesImpl({"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
XHTML = AttributesImpl({**XMLNS, "xmlns:xhtml": "http://www.w3.org/1999/xhtml"})
NOTHING = AttributesImpl({})


def whole(request: HttpRequest) -> str:
    """The sitemap, or an index of its parts where it holds more than `LIMIT` addresses."""
    places = Places(request)
    pages = list(places.pages())
    addresses = sum(len(place.paths) for place in pages) + places.texts
    if addresses <= LIMIT:
        return _urls(chain(pages, places.practices()), request)
    size = _size(places)
    parts = [
        *((PAGES, number) for number in _numbers(len(pages), size)),
        *((PRACTICES, number) for number in _numbers(places.total, size)),
    ]
    return _index(parts, request)


def part(request: HttpRequest, name: str, number: int) -> str | None:
    """A part of a sitemap, counted from 1; None where there is none."""
    places = Places(request)
    size = _size(places)
    start, stop = (number - 1) * size, number * size
    if name == PRACTICES:
        exists = number in _numbers(places.total, size)
        return _urls(places.practices(start, stop), request) if exists else None
    pages = list(places.pages())
    return _urls(pages[start:stop], request) if number in _numbers(len(pages), size) else None


def _size(places: Places) -> int:
    """How many pages, each in all its languages, make one part."""
    return LIMIT // max(len(places.languages), 1)


def _numbers(count: int, size: int) -> range:
    return range(1, -(-count // size) + 1)


def _urls(places: Iterable[Place], request: HttpRequest) -> str:
    output = StringIO()
    xml = SimplerXMLGenerator(output, "utf-8", short_empty_elements=True)
    xml.startDocument()
    xml.startElement("urlset", XHTML)
    for place in places:
        links = {
            code: request.build_absolute_uri(path)
            for code, path in (*place.paths.items(), ("x-default", place.default))
        }
        for code in place.paths:
            xml.startElement("url", NOTHING)
            xml.addQuickElement("loc", links[code])
            if moment := place.changed.get(code):
                xml.addQuickElement("lastmod", moment.isoformat(timespec="seconds"))
            for language, url in links.items():
                link = {"rel": "alternate", "hreflang": language, "href": url}
                xml.addQuickElement("xhtml:link", None, link)
            xml.endElement("url")
    xml.endElement("urlset")
    return output.getvalue()


def _index(parts: Iterable[tuple[str, int]], request: HttpRequest) -> str:
    output = StringIO()
    xml = SimplerXMLGenerator(output, "utf-8")
    xml.startDocument()
    xml.startElement("sitemapindex", XMLNS)
    for name, number in parts:
        path = reverse(f"practices_sitemap_{name}", args=[number])
        xml.startElement("sitemap", NOTHING)
        xml.addQuickElement("loc", request.build_absolute_uri(path))
        xml.endElement("sitemap")
    xml.endElement("sitemapindex")
    return output.getvalue()
