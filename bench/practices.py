"""Made-up practices in two languages, for measuring: always the same for the same number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from django.utils.text import slugify

import home.demo.fichas
from home.demo.fichas import Ficha
from home.demo.trees import COUNTRIES, LANGUAGES
from practices.vocabulary import CHOICE_ITEMS, ENTITY_ITEMS

from .words import Writer, in_language

FICHAS = Path(home.demo.__file__).parent / "fichas"
DRAFTS, TRANSLATED = 0.05, 0.4
FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
SECONDS = 10 * 365 * 86_400
TAGS = 150
"""Tags of each language."""
WEIGHTS = {
    "br": 18, "co": 16, "ar": 14, "pe": 12, "cl": 11, "ec": 9,
    "bo": 6, "uy": 5, "py": 4, "ve": 3, "gy": 1, "sr": 1,
}  # fmt: skip
"""How many of a hundred practices a country has."""
LENGTHS = {
    "background": 95,
    "summary": 70,
    "results": 80,
    "why_good_practice": 80,
    "replication_conditions": 55,
    "other_considerations": 45,
}
"""Words of each section, on the average."""


@dataclass(frozen=True)
class Text:
    """One language version."""

    language: str
    title: str
    sections: dict[str, Any]
    tags: list[str]


@dataclass(frozen=True)
class Practice:
    """A practice with its texts, the original first; `published` is None for a draft."""

    number: int
    country: str
    published: datetime | None
    themes: list[str]
    choices: dict[str, list[str]]
    entities: dict[str, list[str]]
    institutions: dict[str, str]
    texts: list[Text]

    @property
    def slug(self) -> str:
        """Last part of the address; the number makes it the only one."""
        return f"{slugify(self.texts[0].title)[:60].strip('-')}-{self.number}"


@dataclass
class Generator:
    """Makes practices after the real ones."""

    fichas: list[Ficha] = field(
        default_factory=lambda: [
            home.demo.fichas.read(path) for path in sorted(FICHAS.glob("*.yaml"))
        ]
    )

    @cached_property
    def _writers(self) -> dict[str, Writer]:
        return {language: Writer.of(self.fichas, language) for language in LANGUAGES}

    @cached_property
    def _tags(self) -> dict[str, list[str]]:
        """The tags of each language: those of the real practices, and names of places."""
        return {
            language: [*writer.tags, *writer.names][:TAGS]
            for language, writer in self._writers.items()
        }

    def practices(self, count: int) -> Iterator[Practice]:
        """The first so many practices."""
        return (self.practice(number) for number in range(1, count + 1))

    def practice(self, number: int) -> Practice:
        """The practice of a number."""
        draw = Random(number)
        country = draw.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        language = COUNTRIES[country][-1]
        is_draft = draw.random() < DRAFTS
        languages = [language]
        if not is_draft and draw.random() < TRANSLATED:
            languages += [other for other in LANGUAGES if other != language]
        subject = draw.randrange(len(self.fichas))
        # A list of one real practice, so that what goes together does so here.
        like = draw.choice(self.fichas).data
        after = draw.choice([data for f in self.fichas if (data := in_language(f, language))])
        institutions = draw.choice([f.data for f in self.fichas])
        return Practice(
            number=number,
            country=country,
            published=None if is_draft else FIRST_DAY + timedelta(seconds=draw.random() * SECONDS),
            themes=like["themes"],
            choices={item.key: self._choices(item.key, draw) for item in CHOICE_ITEMS},
            entities={item.key: after.get(item.key, []) for item in ENTITY_ITEMS},
            institutions={
                key: institutions.get(key, "")
                for key in ("responsible_entity", "parent_entity", "contact_institution")
            },
            texts=[self._text(code, subject, draw) for code in languages],
        )

    def _choices(self, item: str, draw: Random) -> list[str]:
        return draw.choice(self.fichas).data.get(item, [])

    def _text(self, language: str, subject: int, draw: Random) -> Text:
        writer = self._writers[language]
        sections: dict[str, Any] = {
            key: writer.text(subject, int(length * draw.uniform(0.75, 1.25)), draw)
            for key, length in LENGTHS.items()
        }
        sections["key_figures"] = [
            {
                "figure": f"{draw.randrange(1_000, 2_000_000):,}".replace(",", "."),
                "description": writer.rewritten(draw.choice(writer.figures), draw)[:300],
            }
            for _row in range(draw.randint(1, 3))
        ]
        return Text(
            language=language,
            title=writer.title(subject, draw),
            sections=sections,
            tags=sorted({self._tag(language, draw) for _row in range(draw.randint(2, 6))}),
        )

    def _tag(self, language: str, draw: Random) -> str:
        """A tag; a few are on many practices, most on few (Zipf)."""
        tags = self._tags[language]
        return tags[int(len(tags) ** draw.random()) - 1]
