"""What harvesters are given: headers in the order of their datestamps, and what describes them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Min, Q
from django.http import HttpRequest

from practices import vocabulary
from practices.directory import Directory
from practices.languages import content_languages
from practices.models import HarvestHeader
from practices.presentation import Text

from .arguments import PREFIX, OaiError, Selection
from .description import Description, describe

AT_ONCE = 100
"""Headers or records in one answer."""


@dataclass(frozen=True)
class Item:
    """A practice as harvesters know it; `description` is there where it was asked for."""

    identifier: str
    datestamp: datetime
    sets: list[str]
    is_deleted: bool
    description: Description | None = None


@dataclass(frozen=True)
class Part:
    """A part of a list: `total` is the length of the whole, `rest` what is left to ask for."""

    items: list[Item]
    cursor: int
    total: int
    rest: Selection | None

    @property
    def is_whole(self) -> bool:
        return not self.cursor and self.rest is None


class Collection:
    """The practices, as a request may see them."""

    def __init__(self, request: HttpRequest) -> None:
        self._directory = Directory.of(request)
        self._host = request.get_host()

    @cached_property
    def namespace(self) -> str:
        """The domain within which codes are unique: the same, whatever host was asked."""
        own = getattr(settings, "PRACTICES_OAI_NAMESPACE", "")
        address = getattr(settings, "WAGTAILADMIN_BASE_URL", "") or f"//{self._host}"
        return own or urlsplit(address).hostname or ""

    def identifier(self, code: str) -> str:
        return f"oai:{self.namespace}:{code}"

    def earliest(self) -> datetime | None:
        """The first datestamp; None where nothing was ever published."""
        return HarvestHeader.objects.aggregate(first=Min("datestamp"))["first"]

    def item(self, identifier: str, *, described: bool = False) -> Item:
        """One practice. Raises OaiError."""
        start, code = self.identifier(""), ""
        if identifier.startswith(start):
            code = identifier.removeprefix(start)
        found = self._items(HarvestHeader.objects.filter(record__code=code), described=described)
        if not found:
            raise OaiError("idDoesNotExist", "There is no practice with this identifier.")
        return found[0]

    def part(self, asked: Selection, *, described: bool = False) -> Part:
        """The part of a list that begins where a selection says. Raises OaiError.

        What changes meanwhile moves to the end of the list, so that going on misses nothing.
        """
        headers = HarvestHeader.objects.order_by("datestamp", "pk")
        if asked.since:
            headers = headers.filter(datestamp__gte=asked.since)
        if asked.until:
            headers = headers.filter(datestamp__lte=asked.until)
        if asked.spec:
            headers = headers.in_set(asked.spec)
        if asked.after:
            moment, key = asked.after
            headers = headers.filter(Q(datestamp__gt=moment) | Q(datestamp=moment, pk__gt=key))
        total = asked.cursor + headers.count()
        page = list(headers.values_list("datestamp", "pk")[:AT_ONCE])
        if not page and not asked.cursor:
            raise OaiError("noRecordsMatch", "Nothing fits these arguments.")
        cursor = asked.cursor + len(page)
        rest = replace(asked, cursor=cursor, after=page[-1]) if cursor < total else None
        some = headers.filter(pk__in=[pk for _moment, pk in page])
        return Part(self._items(some, described=described), asked.cursor, total, rest)

    def _items(self, headers: Any, *, described: bool) -> list[Item]:
        found = list(headers.select_related("record").prefetch_related("sets"))
        public = self._directory.published.filter(record__in=[header.pk for header in found])
        descriptions = describe(public, self._directory) if described else {}
        shown = descriptions or set(public.order_by().values_list("record", flat=True))
        return [
            Item(
                self.identifier(header.record.code),
                header.datestamp,
                [row.spec for row in header.sets.all()],
                # Whatever the header says, nothing is shown that is not public.
                header.is_deleted or header.pk not in shown,
                descriptions.get(header.pk),
            )
            for header in found
        ]

    def sets(self) -> Iterable[tuple[str, list[Text]]]:
        """Each set with its names by language, that of the site first."""
        codes = [code for code, _name in content_languages()]
        codes.sort(key=lambda code: code != settings.LANGUAGE_CODE)
        countries = {code: self._directory.countries(code) for code in codes}
        yield "country", [Text(str(vocabulary.COUNTRY.label), codes[0])]
        for iso_code in countries[codes[0]]:
            pages = [countries[code][iso_code] for code in codes]
            names = [Text(page.title, page.locale.language_code) for page in pages]
            yield f"country:{iso_code}", list(dict.fromkeys(names))
        yield "theme", [Text(str(vocabulary.THEMES.label), codes[0])]
        for theme in self._directory.themes:
            texts = [theme.text(code) for code in codes]
            names = [Text(text.name, text.language) for text in texts]
            yield f"theme:{theme.code}", list(dict.fromkeys(names))


def formats_of(collection: Collection, identifier: str | None) -> str:
    """The only format, which every practice has. Raises OaiError for an unknown identifier."""
    if identifier is not None:
        collection.item(identifier)
    return PREFIX
