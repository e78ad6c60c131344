"""Text in the manner of the real practices: their sentences, with many of their words replaced."""

import re
from dataclasses import dataclass, field
from random import Random
from typing import Any

from home.demo.fichas import Ficha
from practices.vocabulary import SECTIONS, Kind

PROSE = tuple(item.key for item in SECTIONS if item.kind is Kind.RICH_TEXT)
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+(?=[^a-z])")
WORD = re.compile(r"([^\W\d_]{4,})")
REPLACED = 0.35
"""Part of the words of a sentence that others take the place of."""
COINED = 0.12
"""Part of those others that no real practice has: names of places, of programmes, of people."""
NAMES = 40_000
OWN_SUBJECT = 0.6
"""Part of the sentences that come from the real practice that one takes after."""


@dataclass(frozen=True)
class Sentence:
    """A sentence cut into pieces; every second one is a word that may be replaced."""

    pieces: tuple[str, ...]
    length: int

    @classmethod
    def of(cls, text: str) -> "Sentence":
        return cls(tuple(WORD.split(text)), len(text.split()))


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text."""
    joined = " ".join(text.split())
    return [Sentence.of(part) for part in SENTENCE_END.split(joined) if part]


def in_language(ficha: Ficha, language: str) -> dict[str, Any]:
    """What a ficha holds in a language; empty where it is not written in it."""
    for data in (ficha.data, ficha.data.get("translation", {})):
        if data.get("locale") == language:
            return data
    return {}


@dataclass
class Writer:
    """Writes in one language as the real practices do.

    `words` holds each word as often as it occurs, so that drawing from it keeps the frequencies.
    """

    subjects: list[list[Sentence]] = field(default_factory=list)
    titles: list[Sentence] = field(default_factory=list)
    figures: list[Sentence] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, fichas: list[Ficha], language: str) -> "Writer":
        """A writer that has read all fichas in a language."""
        writer = cls()
        tags: dict[str, None] = {}
        for data in filter(None, (in_language(ficha, language) for ficha in fichas)):
            subject = [part for key in PROSE for part in sentences(data.get(key) or "")]
            writer.subjects.append(subject)
            writer.titles.append(Sentence.of(data["title"]))
            writer.figures += [Sentence.of(row["description"]) for row in data["key_figures"]]
            tags |= dict.fromkeys(data.get("tags", []))
            writer.words += [word for sentence in subject for word in sentence.pieces[1::2]]
        writer.tags = list(tags)
        draw = Random(language)
        writer.names = [writer._coined(draw) for _number in range(NAMES)]
        return writer

    def _coined(self, draw: Random) -> str:
        """A word that nobody knows, of the beginning of one and the end of another."""
        beginning, end = draw.choice(self.words), draw.choice(self.words)
        return beginning[: draw.randint(2, 5)].lower() + end[-draw.randint(2, 5) :].lower()

    def name(self, draw: Random) -> str:
        """A coined word: the hundredth is drawn a hundred times as rarely as the first (Zipf)."""
        return self.names[int(len(self.names) ** draw.random()) - 1]

    def word(self, draw: Random) -> str:
        """Any word but the shortest, as often as real practices have it."""
        return self.name(draw) if draw.random() < COINED else draw.choice(self.words)

    def rewritten(self, sentence: Sentence, draw: Random) -> str:
        """A sentence with many of its words replaced."""
        pieces = list(sentence.pieces)
        chance = draw.random
        for place in range(1, len(pieces), 2):
            if chance() < REPLACED:
                word = self.word(draw)
                pieces[place] = word.capitalize() if pieces[place][0].isupper() else word
        return "".join(pieces)

    def text(self, subject: int, length: int, draw: Random) -> str:
        """Sentences of about `length` words in all, most of them of one of the real subjects."""
        written: list[str] = []
        count = 0
        own = self.subjects[subject % len(self.subjects)]
        while count < length:
            chosen = own if draw.random() < OWN_SUBJECT else draw.choice(self.subjects)
            sentence = draw.choice(chosen)
            if written and count + sentence.length > length * 1.3:
                break
            written.append(self.rewritten(sentence, draw))
            count += sentence.length
        return " ".join(written)

    def title(self, subject: int, draw: Random) -> str:
        """A title after that of a real practice, with a place of its own."""
        title = self.rewritten(self.titles[subject % len(self.titles)], draw)
        return f"{title} ({self.name(draw).capitalize()})"[:250]
