"""Comparing two texts of a practice, item by item and word by word."""

from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import ngettext
from wagtail.admin.compare import FieldComparison, TagsFieldComparison, diff_text

from .vocabulary import Item, Kind
from .words import count_html_words, visible_text

if TYPE_CHECKING:
    from .vocabulary import Label


class ItemComparison(FieldComparison):
    """Comparison of one item between two revisions, under its number and label."""

    def __init__(self, item: Item, obj_a: Any, obj_b: Any) -> None:
        self.item = item
        self.val_a, self.val_b = (self.text_of(practice) for practice in (obj_a, obj_b))

    def text_of(self, practice: Any) -> str:
        """What the item says in a revision, as plain text."""
        raise NotImplementedError

    def field_label(self) -> "Label":
        return self.item.heading

    def htmldiff(self) -> str:
        return diff_text(self.val_a, self.val_b).to_html()


class RowsComparison(ItemComparison):
    """A closed item, or a list of entities."""

    def text_of(self, practice: Any) -> str:
        return ", ".join(str(row) for row in practice.rows(self.item))


class SectionComparison(ItemComparison):
    """An item of section 2: its words, and for prose how many they were and are."""

    def __init__(self, item: Item, obj_a: Any, obj_b: Any) -> None:
        super().__init__(item, obj_a, obj_b)
        self.counts = [
            count_html_words(practice.section_html(item.key))
            for practice in (obj_a, obj_b)
            if item.kind is Kind.RICH_TEXT
        ]

    def text_of(self, practice: Any) -> str:
        value = practice.section(self.item.key)
        if not value:
            return ""
        if self.item.kind is Kind.RICH_TEXT:
            return visible_text(value.source)
        return "\n".join(
            " · ".join(str(part) for part in block.value.values() if part) for block in value
        )

    def htmldiff(self) -> str:
        words = super().htmldiff()
        if not self.counts:
            return format_html('<div class="ficha-changes">{}</div>', words)
        before, after = self.counts
        count = ngettext("%(before)d → %(after)d word", "%(before)d → %(after)d words", after) % {
            "before": before,
            "after": after,
        }
        return format_html(
            '<div class="ficha-changes">{}</div><p class="ficha-changes__count">{}</p>',
            words,
            count,
        )


class TagsComparison(TagsFieldComparison):
    """Tags, whose order means nothing."""

    def get_items(self) -> tuple[list[Any], list[Any]]:
        before, after = super().get_items()
        return sorted(before, key=str), sorted(after, key=str)

    def get_item_display(self, tag: Any) -> str:
        return str(tag)
