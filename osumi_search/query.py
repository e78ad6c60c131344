"""What a person asks, read into words, phrases and words left out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .analysis import MAX_WORD_LENGTH, is_stop, prepare, stem, words
from .excerpts import Wanted

MAX_LENGTH = 200
MAX_WORDS = 10
MIN_PREFIX_LENGTH = 2

PART = re.compile(r"(?P<minus>(?<!\S)-)?(?:[\"“”«](?P<phrase>[^\"“”«»]+)[\"“”»]|(?P<other>\S+))")


@dataclass(frozen=True)
class Term:
    """One folded word. A stop word, or a word taken `exactly`, is not sought by its stem."""

    word: str
    prefix: bool = False
    exactly: bool = False

    @cached_property
    def stem(self) -> str:
        return stem(self.word)


@dataclass(frozen=True)
class Phrase:
    """Folded words that must follow each other, as they were typed."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class All:
    """What fits every part."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Either:
    """What fits one of the parts."""

    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Excluding:
    """What fits one part and not the other."""

    wanted: "Node"
    unwanted: "Node"


Node = Term | Phrase | All | Either | Excluding


def join(parts: list[Node], operator: str = "and") -> Node | None:
    """One node of several; None of none."""
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0]
    return All(tuple(parts)) if operator == "and" else Either(tuple(parts))


def plain(text: str, operator: str = "and", prefix: bool = False) -> Node | None:
    """Words without any syntax: as Wagtail's `PlainText`. With `prefix` the last may go on."""
    found = _words(text[:MAX_LENGTH])[:MAX_WORDS]
    if not found:
        return None
    kept = [word for word in found[:-1] if not is_stop(word)]
    last = found[-1]
    if prefix and len(last) >= MIN_PREFIX_LENGTH:
        return join([*map(Term, kept), Term(last, prefix=True)], operator)
    if not is_stop(last):
        kept.append(last)
    # Of stop words alone one means the words themselves.
    return join(
        [Term(word) for word in kept] or [Term(word, exactly=True) for word in found], operator
    )


def phrase(text: str) -> Node | None:
    """Words in their order; one word is itself, in just this form."""
    found = tuple(_words(text[:MAX_LENGTH])[:MAX_WORDS])
    if len(found) == 1:
        return Term(found[0], exactly=True)
    return Phrase(found) if found else None


def parse(text: str, operator: str = "and", prefix: bool = False) -> Node | None:
    """Read what a person typed: words, "phrases in quotes", -words to leave out.

    None where nothing can be sought: no word, or only words to leave out. `operator` is between
    words; `prefix` lets the last word go on.
    """
    wanted: list[Node] = []
    unwanted: list[Node] = []
    loose: list[str] = []
    for part in PART.finditer(prepare(text[:MAX_LENGTH])):
        node: Node | None = None
        if part["phrase"]:
            node = phrase(part["phrase"])
        elif part["minus"]:
            node = plain(part["other"])
        else:
            loose.append(part["other"])
        if node:
            (unwanted if part["minus"] else wanted).append(node)
    if words_alone := plain(" ".join(loose), operator, prefix):
        wanted.insert(0, words_alone)
    sought = join(wanted[:MAX_WORDS])
    left_out = join(unwanted[:MAX_WORDS], "or")
    return Excluding(sought, left_out) if sought and left_out else sought


def leaves(node: Node | None) -> Iterator[Term | Phrase]:
    """Words and phrases that are sought, without those left out."""
    match node:
        case Term() | Phrase():
            yield node
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case Excluding(wanted):
            yield from leaves(wanted)


def wanted_of(node: Node | None) -> Wanted:
    """What to mark in a text that was found."""
    stems: set[str] = set()
    exact: set[str] = set()
    prefixes: list[str] = []
    for leaf in leaves(node):
        if isinstance(leaf, Phrase):
            exact.update(leaf.words)
        elif leaf.prefix:
            prefixes.append(leaf.word)
        elif leaf.exactly:
            exact.add(leaf.word)
        else:
            stems.add(leaf.stem)
    return Wanted(frozenset(stems), frozenset(exact), tuple(prefixes))


def _words(text: str) -> list[str]:
    return [word[:MAX_WORD_LENGTH] for word in words(text)]
