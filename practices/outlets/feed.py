"""The newest practices of a list as an Atom feed (RFC 4287)."""

from dataclasses import replace
from itertools import islice
from typing import Any
from uuid import uuid5

from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from practices.finding.statement import NEWEST
from practices.listing import Listing
from practices.organisation import collection_name
from practices.presentation import Card

from .cells import printable
from .lists import feed_url, in_words, query_of, site_name
from .metadata import language_tag

ENTRIES = 30


class Feed(Atom1Feed):
    """An Atom feed of which each entry may be in another language."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, str]:
        return {"xml:lang": item["language"]}


def feed_of(listing: Listing, request: HttpRequest, page: str) -> Feed:
    """The newest practices of a list, in whatever order it was asked for.

    `page` is the address of the list of all practices, without a filter.
    """
    listing.filter = replace(listing.filter, sort=NEWEST)
    words = in_words(listing)
    address = request.build_absolute_uri(feed_url(listing))
    query = query_of(listing, in_order=False)
    feed = Feed(
        title=printable(f"{site_name()}: {words}" if words else site_name()),
        link=request.build_absolute_uri(f"{page}{query}"),
        description="",
        subtitle=collection_name(),
        feed_url=address,
        feed_guid=address,
        language=language_tag(listing.language),
        author_name=site_name(),
    )
    for card in islice(listing.every_card(ENTRIES), ENTRIES):
        _add(feed, card, request)
    return feed


def _add(feed: Feed, card: Card, request: HttpRequest) -> None:
    version = card.version
    names = [theme.short_name for theme in card.themes]
    feed.add_item(
        title=printable(card.title),
        link=request.build_absolute_uri(card.url),
        # Atom1Feed says that summaries are HTML.
        description=printable(escape(card.summary)),
        # Never that of another practice, on whatever host; a translation is news of its own.
        unique_id=uuid5(card.practice.translation_key, card.text_language).urn,
        author_name=printable(card.practice.responsible_entity) or None,
        pubdate=version.first_published_at,
        updateddate=version.last_published_at,
        categories=[card.country.title, *names] if card.country else names,
        language=language_tag(card.text_language),
    )
