"""The word of the collection that somebody who mistyped probably meant. All words are folded."""

import re
from collections.abc import Iterable

from django.db.models import Q

# Names shorter than this, and numbers of laws, are looked for as they are.
_SHORTEST = 4
# From this many letters on, two errors are forgiven instead of one.
_LONG = 8
# What sounds alike in Spanish or Portuguese, and is no error of the hand.
_SOUNDS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("ch", "x"),
        ("h", ""),
        ("ll", "y"),
        ("v", "b"),
        ("g(?=[ei])", "j"),
        ("qu(?=[ei])|c(?![ei])", "k"),
        ("c(?=[ei])|z|ss", "s"),
        ("m(?=[pb])", "n"),
    )
)


def candidates_q(word: str) -> Q:
    """Which of `osumi_search.models.Word` to compare with a word: a few hundred of fifty thousand.

    They share its first two letters, or its last three and nearly the length. Only a short word
    wrong at both ends escapes.
    """
    length = len(word)
    return Q(beginning=word[:2], length__range=(length - 2, length + 2)) | Q(
        ending=word[-3:], length__range=(length - 1, length + 1)
    )


def closest(word: str, candidates: Iterable[tuple[str, int]]) -> str | None:
    """The nearest of (word, how often it occurs) to a mistyped one; None where none is near.

    One error is forgiven in up to seven letters, two in more: a letter too many, missing, wrong, or
    swapped with the next (Damerau and Levenshtein). Letters that sound alike count as the same.
    Among equally near words that sound the same, that are spelt nearer, then that are more frequent.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return None
    forgiven = 1 if len(word) < _LONG else 2
    sound = _sound(word)
    best: tuple[tuple[int, int, int], str] | None = None
    for candidate, count in candidates:
        if candidate == word or not candidate.isalpha():
            continue
        errors = distance(sound, _sound(candidate), forgiven)
        if errors > forgiven:
            continue
        rank = ((errors, distance(word, candidate, len(word)), -count), candidate)
        if best is None or rank < best:
            best = rank
    return best[1] if best else None


def distance(one: str, other: str, limit: int) -> int:
    """Errors between two words (optimal string alignment); `limit` + 1 for any more than `limit`."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        return min(max(len(one), len(other)), limit + 1)
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for column, against in enumerate(other, 1):
            errors = min(
                last[column] + 1,
                line[column - 1] + 1,
                last[column - 1] + (letter != against),
            )
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                errors = min(errors, before[column - 2] + 1)
            line.append(errors)
        if min(line) > limit:
            return limit + 1
        before, last = last, line
    return min(last[-1], limit + 1)


def _sound(word: str) -> str:
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word
