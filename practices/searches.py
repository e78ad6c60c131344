"""Searches that found nothing, counted for the Secretaría, and what it recommends for a search.

Counted are words alone: neither who asked, nor when within a day, nor in which order. What may be
about a person is not kept.
"""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone, translation
from wagtail.models import Page

from .directory import Directory
from .kinds import is_practice
from .models.searches import FailedSearch
from .presentation import cards
from .querysets import WORD, fold

if TYPE_CHECKING:
    from .listing import Listing

MAX_WORDS = 10
LONGEST = 100
"""Characters that are kept of a search."""
KEPT_ROWS = 5000
KEPT_DAYS = 400
PATIENCE = 200
"""Milliseconds that a reader may wait for a count."""

PERSONAL = re.compile(r"@|\d(?:[\s().\-/]?\d){4}")
"""Addresses, and five digits or more: numbers of documents, telephones, dates of birth."""

MACHINES = re.compile(r"bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)

logger = logging.getLogger(__name__)


def folded(query: str) -> str:
    """The words of a search without case and accents: at most ten, and 100 characters."""
    kept = ""
    for word in WORD.findall(fold(query))[:MAX_WORDS]:
        longer = f"{kept} {word}".strip()
        if len(longer) > LONGEST:
            break
        kept = longer
    return kept


def is_readers(request: HttpRequest) -> bool:
    """Whether a person asked: no prefetch of a browser, no HEAD, no robot that says so."""
    purposes = (request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return (
        request.method == "GET"
        and not any("prefetch" in purpose.lower() for purpose in purposes)
        and not MACHINES.search(request.headers.get("User-Agent", ""))
    )


def count_if_failed(listing: "Listing", request: HttpRequest) -> None:
    """Count the search of a person that found nothing at all, once however many pages are asked."""
    if listing.found_nothing and is_readers(request) and "page" not in request.GET:
        count_failed(listing.filter.query, listing.language)


def count_failed(query: str, language: str) -> None:
    """Count a search, as it was typed, that found nothing in a language.

    Never raises: where the count cannot be written, a line in the log says so, without the words.
    """
    words = folded(query)
    if not words or PERSONAL.search(query):
        return
    today = timezone.localdate()
    try:
        with _impatient(), transaction.atomic():
            _count(words, language, today)
    except DatabaseError as error:
        logger.warning("A search without result was not counted: %s", type(error).__name__)


def _count(words: str, language: str, today: date) -> None:
    key = {"words": words, "language": language, "month": today.replace(day=1)}
    rows = FailedSearch.objects.filter(**key)
    if rows.update(count=F("count") + 1, last=today):
        return
    try:
        with transaction.atomic():
            FailedSearch.objects.create(**key, count=1, last=today)
    except IntegrityError:  # somebody else was the first
        rows.update(count=F("count") + 1, last=today)
        return
    FailedSearch.objects.filter(last__lt=today - timedelta(days=KEPT_DAYS)).delete()
    surplus = FailedSearch.objects.count() - KEPT_ROWS
    if surplus > 0:
        rarest = FailedSearch.objects.order_by("count", "last", "pk").values_list("pk", flat=True)
        FailedSearch.objects.filter(pk__in=list(rarest[:surplus])).delete()


@contextmanager
def _impatient() -> Iterator[None]:
    """On SQLite, do not wait long for who writes: a reader's page hangs on it."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [patience] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")


@dataclass(frozen=True)
class Promoted:
    """What is recommended for a search, with the languages of its texts; empty where unknown."""

    title: str
    url: str
    language: str
    description: str
    description_language: str


def promoted(query: str, request: HttpRequest) -> list[Promoted]:
    """What the Secretaría recommends for just these words, in the active language.

    A practice or page comes in the active language where that version is public, else in its own;
    what is not public does not come. Empty without `wagtail.contrib.search_promotions`.
    """
    words = folded(query)
    if not words or not apps.is_installed("wagtail.contrib.search_promotions"):
        return []
    picks = apps.get_model("wagtailsearchpromotions", "SearchPromotion").objects
    fitting = [
        pick
        for pick in picks.select_related("query", "page__locale").order_by("sort_order", "pk")
        if folded(pick.query.query_string) == words
    ]
    return _shown(fitting, request) if fitting else []


def _shown(picks: list[Any], request: HttpRequest) -> list[Promoted]:
    pages = [pick.page for pick in picks if pick.page]
    addresses = _practices(pages, request) | _other_pages(pages, request)
    shown: dict[str, Promoted] = {}
    for pick in picks:
        if pick.page is None:
            found = (pick.external_link_text or pick.external_link_url, pick.external_link_url, "")
        elif pick.page.translation_key in addresses:
            found = addresses[pick.page.translation_key]
        else:
            continue
        title, url, language = found
        spoken = pick.page.locale.language_code if pick.page else ""
        shown.setdefault(url, Promoted(title, url, language, pick.description, spoken))
    return list(shown.values())


Address = tuple[str, str, str]
"""Title, address, language of the title."""


def _practices(pages: list[Page], request: HttpRequest) -> dict[Any, Address]:
    """Where the public ones of some practices are, by translation key."""
    keys = [page.translation_key for page in pages if is_practice(page)]
    if not keys:
        return {}
    published = Directory.of(request).published.filter(translation_key__in=keys)
    return {
        card.practice.translation_key: (card.title, card.url, card.text_language)
        for card in cards(published.for_cards(), request)
    }


def _other_pages(pages: list[Page], request: HttpRequest) -> dict[Any, Address]:
    """Where the public ones of some pages are that are no practices, by translation key."""
    language = translation.get_language()
    others = [page for page in pages if not is_practice(page)]
    if not others:
        return {}
    keys = [page.translation_key for page in others]
    versions = Page.objects.live().public().filter(translation_key__in=keys)
    public = {
        (version.translation_key, version.locale.language_code): version
        for version in versions.select_related("locale")
    }
    found = {}
    for page in others:
        key = page.translation_key
        version = public.get((key, language)) or public.get((key, page.locale.language_code))
        if version and (url := Directory.of(request).url(version)):
            found[key] = (version.title, url, version.locale.language_code)
    return found
