"""The strings of wagtail-localize that a practice is made of, and what a translation of one may say."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import PreformattedString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import StringSegment, StringTranslation
from wagtail_localize.segments import StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.strings import StringValue

from practices.blocks import FigureBlock
from practices.models import PracticePage
from practices.vocabulary import KEY_FIGURES, Item

from .sections import ITEMS, KEYS, item_of

TAGS = frozenset(("a", "b", "br", "i"))
"""What the editor of a practice writes within a paragraph."""

TAGS_REFUSED = gettext_lazy(
    "Only the tags of the original may be used, without attributes of their own."
)

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LINE_BREAKS = re.compile(r"[\t\r\n]+")


def key_of(field_path: str) -> str:
    """The section that a string belongs to, by its place in the model; empty for no section."""
    first, *rest = field_path.split(".")
    key = rest[0] if first == "sections" and rest else first
    return key if key in KEYS else ""


@dataclass(eq=False)
class Text:
    """One string of the original, and its translation where there is one."""

    segment: StringSegment
    known: StringTranslation | None = None

    @property
    def key(self) -> str:
        """Key of its section."""
        return key_of(self.segment.context.field_path)

    @property
    def item(self) -> Item:
        """The item of the ficha that it belongs to."""
        return item_of(self.key)

    @property
    def source(self) -> str:
        """What the original says, as HTML without attributes."""
        return self.segment.string.data

    @property
    def place(self) -> tuple[int, int]:
        """String and context, by which its translation is known."""
        return self.segment.string_id, self.segment.context_id

    @property
    def path(self) -> str:
        """Where it stands in the original."""
        return self.segment.context.path

    @cached_property
    def has_words(self) -> bool:
        """Whether there is anything to translate: numbers are the same in all languages."""
        return any(letter.isalpha() for letter in StringValue(self.source).render_text())

    @property
    def is_open(self) -> bool:
        """Whether it still lacks a translation."""
        return self.known is None and self.has_words

    @property
    def is_from_machine(self) -> bool:
        """Whether its translation is a machine's, which nobody answered for yet."""
        machine = StringTranslation.TRANSLATION_TYPE_MACHINE
        return self.known is not None and self.known.translation_type == machine

    @property
    def max_length(self) -> int | None:
        """How many characters its field takes; None for prose."""
        if self.key == KEY_FIGURES.key:
            part = self.segment.context.field_path.rpartition(".")[2]
            return FigureBlock().child_blocks[part].field.max_length
        if self.path.startswith("sections."):
            return None
        field: Any = PracticePage._meta.get_field(self.key)
        return field.max_length


def tidied(data: str) -> str:
    """A translation as it is stored: on one line."""
    return LINE_BREAKS.sub(" ", data).strip()


def refusal(text: Text, data: str) -> str:
    """Why a translation of a string cannot be taken; empty where it can."""
    try:
        plain = StringValue.from_translated_html(data).render_text()
    except (ValueError, RecursionError):  # the latter from tags within tags without end
        return str(TAGS_REFUSED)
    soup = BeautifulSoup(data, "html.parser")
    tags = {tag.name for tag in soup.find_all(True)}
    has_remarks = soup.find(string=lambda text: isinstance(text, PreformattedString)) is not None
    reasons = {
        _("It has characters that cannot be stored."): bool(CONTROL.search(data)),
        str(TAGS_REFUSED): bool(tags - TAGS) or has_remarks,
        _("Its links are not those of the original."): links_in(data) != links_in(text.source),
        _("It is empty."): not plain.strip(),
        _("It is longer than %(limit)d characters.") % {"limit": text.max_length or 0}: bool(
            text.max_length and len(plain) > text.max_length
        ),
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def links_in(data: str) -> list[str]:
    """The marks of the links in a string, in alphabetical order."""
    return sorted(
        str(tag.get("id", "")) for tag in BeautifulSoup(data, "html.parser").find_all("a")
    )


Segments = dict[str, list[Any]]
"""Templates and strings of each section, in order."""


def segments_of(page: Any) -> Segments:
    """What a page hands to translators, by section. The blocks of the page need their numbers."""
    names = {block.id: block.block_type for block in page.sections}
    found: Segments = {}
    for segment in extract_segments(page):
        first, *rest = segment.path.split(".")
        key = names.get(rest[0], "") if first == "sections" else first
        if key in ITEMS and isinstance(segment, StringSegmentValue | TemplateSegmentValue):
            found.setdefault(key, []).append(segment)
    return found


def pairs(theirs: list[Any], ours: list[Any]) -> list[tuple[Any, Any]] | None:
    """The strings of two texts side by side; None where the texts are not built alike."""
    if len(theirs) != len(ours):
        return None
    found = []
    for their, our in zip(theirs, ours, strict=True):
        if type(their) is not type(our) or _place(their) != _place(our):
            return None
        if isinstance(their, TemplateSegmentValue):
            if BLOCK_KEY.sub("", their.template) != BLOCK_KEY.sub("", our.template):
                return None
        elif their.attrs != our.attrs:
            return None
        else:
            found.append((their, our))
    return found


def _place(segment: Any) -> list[str]:
    """Which part of a block a segment is; blocks have numbers of their own in each language."""
    return segment.path.split(".")[3:]
