"""Tags for what leads out of a page: metadata for other sites, downloads, feeds."""

from typing import Any

import segno
from django import template
from django.template.context import Context
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from practices.factsheets.addresses import File, blank_files, files_of
from practices.outlets.lists import Outlet, feed_url, outlets_of, site_name
from practices.outlets.metadata import subject_of
from practices.outlets.oembed import discovery_url
from practices.outlets.structured import json_ld

from .practices_tags import languages, surroundings

register = template.Library()


@register.inclusion_tag("practices/includes/metadata.html", takes_context=True)
def metadata(context: Context) -> dict[str, Any]:
    """Open Graph, JSON-LD, the card (oEmbed) and the feed of a public page, for its head.

    Views beside the tree have the feed of their list alone, previews nothing.
    """
    request = context.get("request")
    if request is None or getattr(request, "is_preview", False):
        return {}
    values: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    subject = subject_of(values, surroundings(context), languages(context))
    listing = context.get("listing")
    feed = feed_url(listing) if listing or (subject and subject.is_home) else ""
    picture = subject.picture if subject else None
    return {
        "subject": subject,
        "picture": picture,
        "picture_url": request.build_absolute_uri(picture.url) if picture else "",
        "site_name": site_name(),
        "data": json_ld(subject) if subject else "",
        "feed": request.build_absolute_uri(feed) if feed else "",
        "oembed": discovery_url(request.path, request) if subject and subject.practice else "",
    }


@register.simple_tag(takes_context=True)
def downloads(context: Context) -> list[Outlet]:
    """The files of the list that a page shows, as it is filtered."""
    return outlets_of(context["listing"])


@register.simple_tag(takes_context=True)
def feed(context: Context) -> str:
    """Address of the feed of the list that a page shows."""
    return feed_url(context["listing"])


@register.simple_tag
def practice_files(url: str) -> list[File]:
    """The fact sheets of the practice whose page is at `url`, in the reader's language."""
    return files_of(url, translation.get_language() or "")


@register.simple_tag(takes_context=True)
def blank_fichas(context: Context) -> list[File]:
    """The blank ficha in the reader's language; none where there is no index of practices."""
    url = surroundings(context).practices
    return blank_files(url, translation.get_language() or "") if url else []


@register.simple_tag
def qr(url: str) -> SafeString:
    """An address as a QR code (SVG), without text of its own: the address stands beside it."""
    drawn = segno.make(url, error="m").svg_inline(border=0, omitsize=True, svgclass="qr")
    return mark_safe(drawn.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S308
