"""The ways in which words may be understood, the plainest first."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .engine import engine


class Manner(StrEnum):
    """How words were understood."""

    AS_TYPED = "as typed"
    UNFINISHED = "unfinished"
    CORRECTED = "corrected"
    SOME = "some"


@dataclass(frozen=True)
class Reading:
    """Words as one may understand them; `query` is the backend's, None for no words at all."""

    text: str
    manner: Manner = Manner.AS_TYPED
    query: Any = field(default=None, repr=False)
    is_last: bool = False

    @property
    def seeks(self) -> bool:
        """Whether the query can find anything: there are no words, or there are some to seek."""
        return self.query is not None or not self.text

    @property
    def is_corrected(self) -> bool:
        """Whether other words than those typed were sought."""
        return self.manner is Manner.CORRECTED

    @property
    def is_partial(self) -> bool:
        """Whether some of the words are enough."""
        return self.manner is Manner.SOME


def readings(text: str) -> Iterator[Reading]:
    """Ways to understand what a person typed, to be tried until one finds something.

    As it stands; with the last word unfinished; with words that the collection has in the place
    of those that it has not; with some of the words only.
    """
    if not text:
        yield Reading("", is_last=True)
        return
    search = engine()
    query = search.parse(text)
    yield Reading(text, Manner.AS_TYPED, query)
    yield Reading(text, Manner.UNFINISHED, search.parse(text, prefix=True))
    if corrected := search.corrected(text):
        yield Reading(corrected, Manner.CORRECTED, search.parse(corrected))
    yield Reading(text, Manner.SOME, search.parse(text, operator="or"), is_last=True)
