"""What a published version said, less what has ceased to be public since."""

import re
from collections.abc import Iterable
from typing import Any

from wagtail.models import Page

from practices.directory import Directory
from practices.factsheets.gathering import documents_in, raw_sections
from practices.files.kinds import FileKind
from practices.files.uses import public_files
from practices.models import PracticePage
from practices.vocabulary import SECTIONS, Kind

LINK = re.compile(
    r'<a\b(?=[^>]*\blinktype="(?P<kind>document|page)")(?=[^>]*\bid="(?P<id>\d{1,9})")[^>]*>'
)
PROSE = [item.key for item in SECTIONS if item.kind is Kind.RICH_TEXT]


class Past:
    """The sections of an old version as they may be shown today.

    Documents and pages that are not public any more are named by their words alone: a link would
    give away the names of files and pages that were taken back.
    """

    def __init__(self, version: PracticePage, directory: Directory) -> None:
        stored = raw_sections(version)
        linked = self._linked(stored)
        self.documents = self._public(FileKind.DOCUMENT, documents_in([stored]))
        named = self._public(FileKind.DOCUMENT, linked["document"])
        pages = self._pages(linked["page"], directory)
        kept = {("document", key) for key in named} | {("page", key) for key in pages}
        self.raw = {
            name: _without_links(value, kept) if name in PROSE and value else value
            for name, value in stored.items()
        }

    @staticmethod
    def _linked(stored: dict[str, Any]) -> dict[str, set[int]]:
        found: dict[str, set[int]] = {"document": set(), "page": set()}
        for name in PROSE:
            for match in LINK.finditer(stored.get(name) or ""):
                found[match["kind"]].add(int(match["id"]))
        return found

    @staticmethod
    def _public(kind: str, keys: Iterable[int]) -> dict[int, Any]:
        keys = list(keys)
        return public_files(kind).filter(is_public=True).in_bulk(keys) if keys else {}

    @staticmethod
    def _pages(keys: Iterable[int], directory: Directory) -> set[int]:
        found = Page.objects.filter(pk__in=list(keys), live=True) if keys else []
        return {page.pk for page in found if not directory.hides(page)}


def _without_links(html: str, kept: set[tuple[str, int]]) -> str:
    """The same text; links to what is not among `kept` lead nowhere."""

    def link(match: re.Match[str]) -> str:
        return match[0] if (match["kind"], int(match["id"])) in kept else "<a>"

    return LINK.sub(link, html)
