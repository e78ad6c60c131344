"""The sentence of a text that shows why it was found, with the words that were asked for marked.

Texts come back as pieces (text, whether it is marked), for a template to escape.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from osumi_search import analysis, stems

Piece = tuple[str, bool]

_SENTENCE_END = re.compile(r"[.!?…][\"»”’)\]]*\s+|\n\s*")
_FULL_STOPS = (".", "!", "?", "…", "»", "”", ")")
_SPACES = re.compile(r"\s+")
_BETWEEN_WORDS = re.compile(r"[\W_]*")
# Marks that no letter takes up and hyphens that do not show do not part a word.
_REST = r"(?:[^\W_]|[\u0300-\u036f\u00ad])*"
_CUT = "…"


class _Hit(NamedTuple):
    start: int
    end: int
    answer: str
    is_stop: bool


@dataclass(frozen=True)
class Wanted:
    """What a query asks for, folded."""

    stems: frozenset[str] = frozenset()
    # Words as they are: the stop words inside a phrase.
    exact: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()

    def answered_by(self, word: str) -> str | None:
        """The part of the query that a folded word answers, if any."""
        if word in self.exact:
            return word
        if self.prefixes and word.startswith(self.prefixes):
            return next(prefix for prefix in self.prefixes if word.startswith(prefix))
        stem = analysis.stem(word)
        return stem if stem in self.stems and not analysis.is_stop(word) else None

    @cached_property
    def candidates(self) -> re.Pattern[str]:
        """Finds, in folded text, each word that may be asked for, and some that are not."""
        openings = {word[:1] for word in (*self.exact, *self.prefixes)}
        openings.update(*(stems.OPENINGS.get(stem[:1], stem[:1]) for stem in self.stems))
        if not openings:
            return re.compile("(?!)")
        letters = "".join(re.escape(letter) for letter in sorted(openings))
        # The look behind comes second, since a search for a set of letters is fast.
        pattern = rf"[{letters}](?<![^\W_].){_REST}"
        if any(letter.isdigit() for letter in openings):
            pattern = rf"(?<![^\W_]){analysis.NUMBER}|{pattern}"
        return re.compile(pattern)


def mark(text: str, wanted: Wanted) -> list[Piece]:
    """The whole of a short text, a title for example."""
    shown = unicodedata.normalize("NFC", text)
    return _pieces(shown, 0, len(shown), _hits(shown, wanted))


def excerpt(text: str, wanted: Wanted, limit: int = 240) -> list[Piece]:
    """The sentence that holds most of the words asked for; the beginning where none holds any.

    At most `limit` characters, cut between words, with … where something of the sentence is left
    out. The letters are those of the text.
    """
    shown = unicodedata.normalize("NFC", text).strip()
    hits = _hits(shown, wanted)
    start, end = _best_sentence(shown, hits) if hits else (0, len(shown))
    first, last = _window(shown, start, end, hits, limit)
    pieces = _pieces(shown, first, last, hits)
    if first > start:
        pieces.insert(0, (_CUT, False))
    if last < end:
        pieces.append((_CUT, False))
    return pieces


def _hits(shown: str, wanted: Wanted) -> list[_Hit]:
    folded = analysis.fold(shown)
    hits = []
    for found in wanted.candidates.finditer(folded):
        word = found[0]
        if not (word.isascii() and word.isalpha()):
            word = "".join(analysis.words(word))
        answer = wanted.answered_by(word)
        if answer is not None:
            is_stop = word in wanted.exact and analysis.is_stop(word)
            hits.append(_Hit(found.start(), found.end(), answer, is_stop))
    return _beside_others(folded, hits) if wanted.exact else hits


def _beside_others(folded: str, hits: list[_Hit]) -> list[_Hit]:
    """Without the stop words that stand away from the rest of their phrase, if it has more."""
    if all(hit.is_stop for hit in hits):
        return hits
    runs: list[list[_Hit]] = []
    for hit in hits:
        if runs and _BETWEEN_WORDS.fullmatch(folded, runs[-1][-1].end, hit.start):
            runs[-1].append(hit)
        else:
            runs.append([hit])
    return [hit for run in runs if not all(hit.is_stop for hit in run) for hit in run]


def _best_sentence(shown: str, hits: list[_Hit]) -> tuple[int, int]:
    """Where the sentence begins and ends that holds most different words; headings come last."""
    starts, ends = [0], []
    for found in _SENTENCE_END.finditer(shown):
        # What goes on with a small letter or a number was an abbreviation: art. 5.
        if "\n" in found[0] or not _goes_on(shown[found.end() : found.end() + 1]):
            ends.append(found.start() + len(found[0].rstrip()))
            starts.append(found.end())
    ends.append(len(shown))
    held: dict[int, list[str]] = {}
    for hit in hits:
        held.setdefault(bisect_right(starts, hit.start) - 1, []).append(hit.answer)

    def worth(number: int) -> tuple[int, bool, int, int]:
        is_sentence = shown[starts[number] : ends[number]].endswith(_FULL_STOPS)
        return len(set(held[number])), is_sentence, len(held[number]), -number

    best = max(held, key=worth)
    return starts[best], ends[best]


def _goes_on(letter: str) -> bool:
    return letter.islower() or letter.isdigit()


def _window(shown: str, start: int, end: int, hits: list[_Hit], limit: int) -> tuple[int, int]:
    """The part of a sentence to show: the whole, or words around most of those asked for."""
    if end - start <= limit:
        return start, end
    inside = [hit for hit in hits if start <= hit.start < end]
    if not inside:
        return start, _cut_before(shown, start, start + limit)

    def reached(number: int) -> list[_Hit]:
        return [hit for hit in inside[number:] if hit.end <= inside[number].start + limit]

    def worth(number: int) -> tuple[int, int, int]:
        together = reached(number)
        return len({hit.answer for hit in together}), len(together), -number

    chosen = max(range(len(inside)), key=worth)
    together = reached(chosen)
    opening = inside[chosen].start
    closing = together[-1].end if together else opening + limit
    first = max(start, min(opening - (limit - (closing - opening)) // 2, end - limit))
    if first > start:
        space = _SPACES.search(shown, first, opening)
        first = space.end() if space else opening
    last = min(end, first + limit)
    return first, last if last == end else _cut_before(shown, max(first, closing), last)


def _cut_before(shown: str, at_least: int, last: int) -> int:
    """The end of the last whole word before `last`, or `last` in a text without spaces."""
    space = max(shown.rfind(" ", at_least, last + 1), shown.rfind("\n", at_least, last + 1))
    cut = space if space >= at_least else last
    return at_least + len(shown[at_least:cut].rstrip(" \n,;:–-")) or cut


def _pieces(shown: str, first: int, last: int, hits: list[_Hit]) -> list[Piece]:
    pieces: list[Piece] = []
    done = first
    for hit in hits:
        if first <= hit.start and hit.end <= last:
            pieces += [(shown[done : hit.start], False), (shown[hit.start : hit.end], True)]
            done = hit.end
    pieces.append((shown[done:last], False))
    return [(_SPACES.sub(" ", text), marked) for text, marked in pieces if text]
