"""Tags of the plugin's templates."""

from typing import Any

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils import translation
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from practices.dates import day
from practices.flags import flag_file, has_flag
from practices.models import Theme
from practices.navigation import (
    Alternates,
    Crumb,
    LanguageLink,
    Surroundings,
    alternates,
    language_links,
    trail,
)
from practices.videos import host, provider

register = template.Library()
register.filter("day", day)
register.filter("host", host)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the icon sheet, hidden from screen readers: text stands beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>',
        static("practices/icons.svg"),
        name,
    )


@register.simple_tag
def flag(iso_code: str, size: str = "") -> SafeString:
    """The flag of a country (ISO alpha-2), without text of its own; size `m` or `l`.

    Nothing where there is no flag: a host site adds `static/practices/flags/<code>.svg` of its own.
    """
    if not has_flag(iso_code):
        return mark_safe("")
    return format_html(
        '<img class="flag{}" src="{}" alt="" width="24" height="16">',
        f" flag--{size}" if size else "",
        static(flag_file(iso_code)),
    )


@register.simple_tag(takes_context=True)
def surroundings(context: Context) -> Surroundings:
    """The index pages of the reader's language, found once in a request."""
    request = context["request"]
    if not hasattr(request, "_practices_surroundings"):
        request._practices_surroundings = Surroundings.find(request)
    return request._practices_surroundings


@register.simple_tag(takes_context=True)
def theme_url(context: Context, theme: Theme) -> str:
    """Address of a theme's page in the reader's language."""
    return surroundings(context).theme(theme)


@register.simple_tag(takes_context=True)
def languages(context: Context) -> list[LanguageLink]:
    """This page in each language, with its query string; found once in a request."""
    request = context["request"]
    if not hasattr(request, "_practices_languages"):
        request._practices_languages = language_links(
            context.get("page"), request, context.get("theme"), context.get("tag")
        )
    return request._practices_languages


@register.inclusion_tag("practices/includes/alternates.html", takes_context=True)
def alternate_links(context: Context) -> dict[str, Alternates]:
    """Links to the canonical address and to the page's languages, for its head."""
    page, listing = context.get("page"), context.get("listing")
    links = languages(context)
    return {"alternates": alternates(page, context["request"], links, listing)}


@register.filter
def lang(language: str) -> SafeString:
    """The attribute `lang` of a text, empty where the page is in its language anyway."""
    if not language or language == translation.get_language():
        return mark_safe("")
    return format_html(' lang="{}"', language)


@register.filter
def number(value: int) -> str:
    """A count with its thousands grouped as the reader's language does."""
    return number_format(value, force_grouping=True)


@register.simple_tag(takes_context=True)
def breadcrumbs(context: Context) -> list[Crumb]:
    """The pages above this one, in the reader's language."""
    return trail(context.get("country") or context.get("page"), context["request"])


@register.filter
def file_icon(name: str) -> str:
    """Name of the icon for a file, by its extension."""
    extension = name.rpartition(".")[2].lower()
    return {"pdf": "file-pdf", "xlsx": "file-sheet", "ods": "file-sheet", "csv": "file-sheet"}.get(
        extension, "file"
    )


@register.filter
def without_videos(resources: Any) -> list[Any]:
    """Links and documents; a document that was deleted is left out."""
    return [
        resource
        for resource in resources
        if resource.block_type == "link"
        or (resource.block_type == "document" and resource.value["document"])
    ]


@register.filter
def only_videos(resources: Any) -> list[Any]:
    """Links to videos."""
    return [resource for resource in resources if resource.block_type == "video"]


@register.filter
def video_provider(url: str) -> str:
    """Name of the service that shows a video."""
    return provider(url)


@register.filter
def page_query(listing: Any, number: int) -> str:
    """Query string of a page of a list; the first page needs no number."""
    query = listing.filter.query_string()
    pairs = [part for part in (query, f"page={number}" if number != 1 else "") if part]
    return f"?{'&'.join(pairs)}" if pairs else "?"


@register.filter
def sort_query(listing: Any, sort: str) -> str:
    """Query string of a list in another order, from its first page."""
    return f"?{listing.filter.query_string(sort=sort)}"
