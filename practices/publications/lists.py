"""The practices of a list, as the address of its page names them."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from taggit.models import Tag

from practices.directory import Directory
from practices.facets import COUNTRY, TAG, THEME
from practices.factsheets.document import MOST_PRACTICES as MOST
from practices.languages import content_languages
from practices.listing import Listing
from practices.models.catalogue import Pair
from practices.outlets.lists import in_words

from .faults import too_many

OF_EVERY_LIST = frozenset({"q", "sort", "page"})
"""Parameters of lists beside the facets."""


@dataclass(frozen=True)
class FrozenList:
    """The practices of a list (primary keys of originals) at a moment, and its filter in words."""

    practices: list[int]
    words: str


@dataclass(frozen=True)
class _Place:
    """The page of a list: the pair of facet and value that it decides itself, and its name."""

    fixed: Pair | None = None
    name: str = ""


def read_list(address: str, language: str) -> FrozenList:
    """The practices that the list at an address holds now, for readers of a language.

    The host is not looked at. Raises ValidationError where the address leads to no list, holds
    something unknown, or the list is empty or too long.
    """
    with translation.override(language):
        place, query = _read(address)
        request = HttpRequest()
        request.GET = QueryDict(query)
        listing = Listing(request, place.fixed)
        words = " · ".join(filter(None, (place.name, in_words(listing)))) or _("all practices")
    _require_known(listing, request.GET)
    if not listing.total:
        raise ValidationError(_("This list holds no practices. Open it and change its filters."))
    if listing.total > MOST:
        raise ValidationError(too_many(listing.total))
    return FrozenList(listing.every_practice(), words)


def _read(address: str) -> tuple[_Place, str]:
    try:
        parts = urlsplit(address.strip())
    except ValueError:  # such as http://[
        parts = urlsplit("")
    path = unquote(parts.path) if parts.scheme in ("", "http", "https") else "-"
    place = dict(_places()).get(path if path.endswith("/") else f"{path}/") or _tag(path)
    if place is None and not path and parts.query:
        place = _Place()  # the query string alone
    if place is None:
        raise ValidationError(
            _(
                "This is not the address of a list of practices of this site. Open “Practices”, a "
                "country, a theme or a search, choose the filters, and copy the whole address "
                "from your browser."
            )
        )
    return place, parts.query


def _places() -> Iterator[tuple[str, _Place]]:
    """The pages that show a list, in all languages, by path."""
    directory = Directory()
    for code, _name in content_languages():
        with translation.override(code):
            yield reverse("practices_search"), _Place()
        for page in directory.pages(code):
            if page == directory.index("PracticeIndexPage", code):
                yield _path(directory.url(page)), _Place()
        for iso_code, page in directory.countries(code).items():
            yield _path(directory.url(page)), _Place((COUNTRY.name, iso_code), page.title)
        if index := directory.index("ThemeIndexPage", code):
            for theme in directory.themes:
                path = f"{_path(directory.url(index))}{theme.text(code).slug}/"
                yield path, _Place((THEME.name, theme.code), theme.short_name)


def _tag(path: str) -> _Place | None:
    """The page of a tag."""
    directory = Directory()
    for code, _name in content_languages():
        index = directory.index("TagIndexPage", code)
        before = _path(directory.url(index)) if index else ""
        if before and path.startswith(before):
            tag = Tag.objects.filter(slug=path[len(before) :].strip("/")).first()
            return _Place((TAG.name, tag.slug), tag.name) if tag else None
    return None


def _path(url: str) -> str:
    return urlsplit(url).path


def _require_known(listing: Listing, asked: QueryDict) -> None:
    """Refuse what a reader would be told of, or would not even notice."""
    unknown = [name for name in asked if name not in {*OF_EVERY_LIST, *listing.filter.choices}]
    unknown += [value for values in listing.filter.unknown.values() for value in values]
    if listing.filter.unknown_sort:
        unknown.append(listing.filter.unknown_sort)
    if unknown:
        text = ngettext(
            "The address holds something unknown: %(values)s. Open the list anew and copy its "
            "address.",
            "The address holds unknown things: %(values)s. Open the list anew and copy its "
            "address.",
            len(unknown),
        )
        raise ValidationError(text % {"values": ", ".join(unknown)})
