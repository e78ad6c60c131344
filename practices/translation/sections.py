"""The texts of a practice that a translation carries: what they say, and whether they are only copied."""

import hashlib
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html.parser import HTMLParser
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from practices import vocabulary
from practices.vocabulary import OTHER_ITEMS, TRANSLATED_SECTIONS, Item, Kind
from practices.words import SEPARATOR, visible_text


class SectionState(TextChoices):
    """What the latest text of a section is; `OUTDATED` is said of the two that a person answers for."""

    COPIED = "copied", _("Only copied")
    MACHINE = "machine", _("Machine draft")
    TRANSLATED = "translated", _("Translated")
    APPROVED = "approved", _("Approved")
    OUTDATED = "outdated", _("Out of date")


OTHER_KEYS = {f"{item.key}_other": item for item in OTHER_ITEMS}
ITEMS = {
    vocabulary.TITLE.key: vocabulary.TITLE,
    **OTHER_KEYS,
    **{item.key: item for item in TRANSLATED_SECTIONS},
}
KEYS = tuple(ITEMS)
"""Keys of the sections of a translation: the title, the texts of “other”, prose and key figures.

Tags are each language's own, and facts are the original's.
"""

FEW_WORDS = 4
"""Fewer words may well be the same in both languages: names, numbers, kinds of document."""

LIKENESS = 0.9
"""Share of words, in order, above which a text counts as copied. In the real translations between
Spanish and Portuguese no sentence of four words or more reaches 0.8."""

WORD = re.compile(r"\w+")
SENTENCE = re.compile(r"(?<=[.!?:;])\s+")


def item_of(key: str) -> Item:
    """The item of the ficha that a section belongs to. Raises KeyError."""
    return ITEMS[key]


def is_missing(original: Any, practice: Any, key: str) -> bool:
    """Whether a section of the original has nothing in its translation."""
    return bool(text_of(original, key)) and not text_of(practice, key)


def field_of(key: str) -> str:
    """The field of the form that holds a section."""
    return key if key in (vocabulary.TITLE.key, *OTHER_KEYS) else "sections"


def parts_of(practice: Any, key: str) -> list[str]:
    """What a section of a page says, as plain text: paragraphs, or one text for each figure.

    Reads the page itself, not its original.
    """
    if key in (vocabulary.TITLE.key, *OTHER_KEYS):
        return [text] if (text := getattr(practice, key).strip()) else []
    value = _block(practice, key)
    if not value:
        return []
    if item_of(key).kind is Kind.FIGURES:
        return [f"{part.value['figure']} · {part.value['description']}" for part in value]
    return [line for line in visible_text(value.source).splitlines() if line.strip()]


def text_of(practice: Any, key: str) -> str:
    """What a section of a page says, as plain text; empty where it says nothing."""
    return "\n".join(parts_of(practice, key))


def digest_of(practice: Any, key: str) -> str:
    """SHA-256 (hex) of a section: of its words, its form and its links, however they are stored."""
    parts = parts_of(practice, key)
    if parts and item_of(key).kind is Kind.RICH_TEXT:
        parts = list(_Essence.of(_block(practice, key).source))
    return _digest(parts)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


EMPTY = _digest([])
"""The digest of a section that says nothing."""


def _block(practice: Any, key: str) -> Any:
    return next((block.value for block in practice.sections if block.block_type == key), None)


class _Essence(HTMLParser):
    """What matters in stored rich text: tags, where links lead, words.

    The editor writes keys of its own into each block, and entities and white space as it likes.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    @classmethod
    def of(cls, html: str) -> Iterator[str]:
        """Tags and texts of HTML, in order."""
        parser = cls()
        parser.feed(html)
        parser.close()
        return (text for part in parser.parts if (text := SEPARATOR.sub(" ", part).strip()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kept = sorted((name, value or "") for name, value in attrs if name != "data-block-key")
        self.parts.append(f"<{tag} {kept}>" if kept else f"<{tag}>")

    def handle_data(self, data: str) -> None:
        # Neighbouring texts are one: the parser parts them as it pleases.
        if self.parts and not self.parts[-1].startswith("<"):
            self.parts[-1] += data
        else:
            self.parts.append(data)


def is_copied(source: Any, practice: Any, key: str) -> bool:
    """Whether some part of a section is only copied from that of the original, or nearly so."""
    return bool(_copied_parts(source, practice, key))


def may_be_equal(source: Any, practice: Any, key: str) -> bool:
    """Whether a person may say of a copied section that it is right: it copies few words at once."""
    return all(len(words) < FEW_WORDS for words in _copied_parts(source, practice, key))


def _copied_parts(source: Any, practice: Any, key: str) -> list[list[str]]:
    sources = _wordings(source, key)
    return [words for words in _wordings(practice, key) if any(_is_like(words, o) for o in sources)]


def _wordings(practice: Any, key: str) -> list[list[str]]:
    """The words of each part of a section that a translation may be told by."""
    item = item_of(key)
    if item.kind is Kind.FIGURES:
        return [_words(part.value["description"]) for part in _block(practice, key) or ()]
    parts = parts_of(practice, key)
    wordings = [_words(sentence) for part in parts for sentence in SENTENCE.split(part)]
    # Names within a list are the same in both languages; sentences beside them tell.
    return [words for words in wordings if len(words) >= FEW_WORDS] or wordings


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _is_like(words: list[str], other: list[str]) -> bool:
    if not words:
        return False
    if words == other:
        return True
    if len(words) < FEW_WORDS:
        return False
    matcher = SequenceMatcher(None, other, words, autojunk=False)
    # The quick bound spares most comparisons.
    return matcher.real_quick_ratio() >= LIKENESS and matcher.ratio() >= LIKENESS
