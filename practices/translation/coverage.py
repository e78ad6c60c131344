"""What is translated and what is not: each public practice in each language, with state and age."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max, Min, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from practices.models import (
    CountryPage,
    PracticePage,
    PracticeVersion,
    SectionTranslation,
)
from practices.moderation.states import WAITING, State
from practices.querysets import PracticeQuerySet

from .sections import SectionState


class Coverage(TextChoices):
    """How far a practice is in a language."""

    OUTDATED = "outdated", _("Out of date")
    NONE = "none", _("Not translated")
    COPIED = "copied", _("Only copied")
    MACHINE = "machine", _("Machine draft")
    TRANSLATED = "translated", _("Translated, not yet published")
    APPROVED = "approved", _("Public, up to date")
    ORIGINAL = "original", _("Original")


@dataclass(frozen=True)
class Cell:
    """A practice in a language; `page` is the translation, None where there is none yet."""

    original: Any
    language: str
    state: Coverage
    since: datetime | None = None
    page: Any = None
    has_home: bool = True
    """Whether the country has a page in the language, below which a translation can begin."""

    @property
    def days(self) -> int | None:
        """Whole days in the state; None for an original, which is in none."""
        return None if self.since is None else (timezone.now() - self.since).days

    @property
    def status(self) -> Any:
        """Where the translation stands in moderation, if somebody has to act there."""
        status = getattr(self.page, "moderation", None)
        return status if status and status.state in (*WAITING, State.RETURNED) else None


Rows = dict[str, dict[str, Any]]


@dataclass
class Table:
    """Cells by the key of the original, then by language."""

    cells: dict[int, dict[str, Cell]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, originals: PracticeQuerySet, languages: Iterable[str]) -> "Table":
        """The cells of some originals, in the same number of queries for any number of them."""
        table = cls()
        homes = set(CountryPage.objects.values_list("iso_code", "locale__language_code"))
        pages = _translations(originals)
        sections, behind = _sections(originals), _outdated_versions(originals)
        for original in originals.order_by().defer_streamfields().select_related("locale"):
            for code in languages:
                page = pages.get((original.pk, code))
                if code == original.locale.language_code:
                    cell = Cell(original, code, Coverage.ORIGINAL)
                elif page:
                    state, since = _state(page, sections.get(page.pk, {}), behind.get(page.pk))
                    cell = Cell(original, code, state, since, page)
                else:
                    since = original.first_published_at
                    has_home = (original.country, code) in homes
                    cell = Cell(original, code, Coverage.NONE, since, has_home=has_home)
                table.cells[original.pk][code] = cell
        return table

    def having(self, states: Iterable[str], language: str = "") -> list[int]:
        """Keys of the originals that are in one of the states, in a language or in any."""
        wanted = set(states)
        return [
            key
            for key, row in self.cells.items()
            if any(
                cell.state in wanted and language in ("", cell.language) for cell in row.values()
            )
        ]

    def count(self) -> Counter[tuple[str, Coverage]]:
        """How many practices are in each state, by language and state."""
        return Counter((cell.language, cell.state) for cell in self)

    def __iter__(self) -> Iterator[Cell]:
        return (cell for row in self.cells.values() for cell in row.values())


def _translations(originals: PracticeQuerySet) -> dict[tuple[int, str], Any]:
    pages = PracticePage.objects.filter(original__in=originals.order_by().values("pk"))
    rows = pages.defer_streamfields().select_related("locale", "moderation")
    return {(page.original_id, page.locale.language_code): page for page in rows}


def _sections(originals: PracticeQuerySet) -> dict[int, Rows]:
    """For each translation and each state that some of its sections are in: how many, since when."""
    rows = (
        SectionTranslation.objects.filter(page__original__in=originals.order_by().values("pk"))
        .order_by()
        .values("page_id", "state")
        .annotate(first=Min("at"), last=Max("at"), outdated=Min("outdated_since"))
    )
    found: dict[int, Rows] = defaultdict(dict)
    for row in rows:
        found[row["page_id"]][row["state"]] = dict(row)
    return found


def _outdated_versions(originals: PracticeQuerySet) -> dict[int, datetime]:
    """Since when the public text of each translation is out of date."""
    versions = PracticeVersion.objects.filter(
        record__practice__in=originals.order_by().values("pk")
    )
    rows = versions.order_by("number").values_list("page_id", "outdated_since")
    return {page: since for page, since in dict(rows).items() if since}


def _state(page: Any, rows: Rows, behind: datetime | None) -> tuple[Coverage, datetime | None]:
    """What a translation is, and since when."""
    if page.live and behind:
        return Coverage.OUTDATED, behind
    for state in (SectionState.COPIED, SectionState.MACHINE):
        if state in rows:
            return Coverage(state), rows[state]["first"]
    outdated = [row["outdated"] for row in rows.values() if row["outdated"]]
    if outdated:
        return Coverage.OUTDATED, min(outdated)
    written = rows.get(SectionState.TRANSLATED)
    if page.live and not (written and page.has_unpublished_changes):
        return Coverage.APPROVED, page.last_published_at
    since = written["last"] if written else None
    return Coverage.TRANSLATED, since or page.latest_revision_created_at
