"""A list as its downloads and its feed name it: by its filter, and nothing else."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.urls import reverse
from taggit.models import Tag

from practices.facets import FACETS, TAG
from practices.listing import Listing
from practices.models.catalogue import Pair
from practices.organisation import collection_name

from .exports import CSV, JSON, XLSX

ORDER = ["q", *(facet.name for facet in FACETS), "sort"]


@dataclass(frozen=True)
class Outlet:
    """A link to a list in another form."""

    label: str
    url: str
    content_type: str


def site_name() -> str:
    """What the site calls itself."""
    return getattr(settings, "WAGTAIL_SITE_NAME", "") or collection_name()


def query_of(listing: Listing, *, in_order: bool = True) -> str:
    """The query string that gives a list as it stands, `?` included; empty for all practices.

    What the page decides itself, such as a country, is part of it; unknown values as well:
    without them it would be another list.
    """
    asked = listing.filter
    pairs: list[Pair] = parse_qsl(asked.query_string(sort=None if in_order else asked.default_sort))
    pairs += [(name, value) for name, values in asked.unknown.items() for value in values]
    pairs += [asked.fixed] if asked.fixed else []
    pairs.sort(key=lambda pair: ORDER.index(pair[0]))
    query = urlencode(pairs)
    return f"?{query}" if query else ""


def feed_url(listing: Listing | None = None) -> str:
    """Address of the feed of a list in the active language; without one, of all practices."""
    query = query_of(listing, in_order=False) if listing else ""
    return f"{reverse('practices_atom')}{query}"


def outlets_of(listing: Listing) -> list[Outlet]:
    """The files of a list."""
    query = query_of(listing)
    return [
        Outlet("CSV", f"{reverse('practices_csv')}{query}", CSV),
        Outlet("Excel", f"{reverse('practices_xlsx')}{query}", XLSX),
        Outlet("JSON", f"{reverse('practices_json')}{query}", JSON),
    ]


def in_words(listing: Listing) -> str:
    """What a list was narrowed to: “Perú · Derechos humanos”; empty for all practices."""
    asked = listing.filter
    words = [f"“{asked.query}”"] if asked.query else []
    for facet in FACETS:
        values = asked.values.get(facet.name, [])
        labels = {value: label for value, label, _language in asked.choices.get(facet.name, [])}
        if facet is TAG and values:
            labels = dict(Tag.objects.filter(slug__in=values).values_list("slug", "name"))
        words += [str(labels.get(value, value)) for value in values]
        words += asked.unknown.get(facet.name, [])
    return " · ".join(words)
