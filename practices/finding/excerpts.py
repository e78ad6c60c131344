"""What of a text was found, to be shown and marked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .engine import Engine, Pieces, PlainEngine, engine, practices_model


@dataclass(frozen=True)
class Excerpt:
    """A sentence of a practice in pieces, and its language; true pieces are what was sought."""

    pieces: Pieces
    language: str


@dataclass(frozen=True)
class Finding:
    """What a query found in some practices; `texts` are those of their versions by page."""

    query: Any = field(repr=False)
    texts: dict[int, str] = field(repr=False)
    search: Engine = field(repr=False)

    @classmethod
    def of(cls, query: Any, practices: Iterable[Any]) -> "Finding":
        """Read the texts of practices (with `public_translations`) in one go."""
        pages = [
            version.pk
            for practice in practices
            for version in (practice, *practice.public_translations)
        ]
        search = engine()
        return cls(query, search.readable(practices_model(), pages), search)

    def mark(self, text: str) -> Pieces:
        """A text in pieces."""
        return self.search.mark(self.query, text)

    def excerpt(self, versions: Iterable[tuple[int, str]]) -> Excerpt | None:
        """The best sentence of the first version that has any of what was sought.

        Versions are pairs of page and language.
        """
        for page, language in versions:
            pieces = self.search.excerpt(self.query, self.texts[page]) if page in self.texts else []
            if any(marked for _text, marked in pieces):
                return Excerpt(pieces, language)
        return None


NOTHING_SOUGHT = Finding(None, {}, PlainEngine(None))
