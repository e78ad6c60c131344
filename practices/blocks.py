"""The blocks of section 2 of the ficha; block names are the ficha's keys."""

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, StreamBlock, StreamValue, StructBlock
from wagtail.blocks.field_block import CharBlock, RichTextBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from .videos import validate_video_url
from .vocabulary import SECTIONS, Item, Kind, section_order

RICH_TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]

# What the counter in the browser says; it puts the numbers in itself.
WORD_COUNTER_TEXTS = {
    "data-practice-words-one-value": _("{count} word"),
    "data-practice-words-many-value": _("{count} words"),
    "data-practice-words-limited-value": _("{count} / {limit} words"),
    "data-practice-words-over-value": _("Over the limit of {limit} words."),
    "data-practice-words-within-value": _("Within the limit of {limit} words."),
}


class FigureBlock(StructBlock):
    """A key figure (item 2.4): the number as text, and what it counts."""

    figure = CharBlock(label=_("Figure"), max_length=80)
    description = CharBlock(label=_("Description"), max_length=300)

    class Meta:
        icon = "order"
        label = _("Figure")
        label_format = "{figure}"


class LinkBlock(StructBlock):
    """A titled address on the web (items 2.5 and 2.9)."""

    title = CharBlock(label=_("Title"), max_length=255)
    url = URLBlock(label=_("Address"), max_length=2000)

    class Meta:
        icon = "link"
        label = _("Link")
        label_format = "{title}"


class DocumentBlock(StructBlock):
    """A titled document from the library (items 2.5 and 2.9)."""

    title = CharBlock(label=_("Title"), max_length=255)
    document = DocumentChooserBlock(label=_("Document"))

    class Meta:
        icon = "doc-full"
        label = _("Document")
        label_format = "{title}"


class VideoBlock(StructBlock):
    """A titled link to a video on a known service; the video itself is not embedded."""

    title = CharBlock(label=_("Title"), max_length=255)
    url = URLBlock(
        label=_("Address of the video"), max_length=2000, validators=[validate_video_url]
    )

    class Meta:
        icon = "media"
        label = _("Video")
        label_format = "{title}"


class FiguresBlock(StreamBlock):
    """Any number of key figures."""

    figure = FigureBlock()

    class Meta:
        required = False


class ResourcesBlock(StreamBlock):
    """Any number of links, documents and videos, in the editor's order."""

    link = LinkBlock()
    document = DocumentBlock()
    video = VideoBlock()

    class Meta:
        required = False

    def get_translatable_segments(self, _value: StreamValue) -> list[Any]:
        """Nothing for translators: the resources of a practice stand on the original alone."""
        return []


def section_block(item: Item) -> Block:
    """The block of one section, labelled with its number, instructions and word limit."""
    options: dict[str, Any] = {
        "label": item.heading,
        "help_text": item.help,
        "required": False,
    }
    if item.kind is Kind.FIGURES:
        return FiguresBlock(icon="order", **options)
    if item.kind is Kind.RESOURCES:
        return ResourcesBlock(icon="link", **options)
    return RichTextBlock(
        icon="pilcrow",
        features=RICH_TEXT_FEATURES,
        form_attrs={
            "data-controller": "practice-words",
            "data-practice-words-limit-value": str(item.max_words or 0),
            **WORD_COUNTER_TEXTS,
        },
        **options,
    )


class SectionsBlock(StreamBlock):
    """Section 2 of the ficha: each item at most once, in its order."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            [(item.key, section_block(item)) for item in SECTIONS],
            block_counts={item.key: {"max_num": 1} for item in SECTIONS},
            required=False,
            collapsed=False,
            form_classname="ficha-sections",
            **kwargs,
        )

    def clean(self, value: StreamValue) -> Any:
        return super().clean(in_order(value))


def in_order(sections: StreamValue) -> StreamValue:
    """Sections in the order of the ficha; what stands twice is joined, so that nothing is lost."""
    joined: dict[str, tuple[Any, str | None]] = {}
    for block in sections:
        name, value = block.block_type, block.value
        if name in joined:
            first, block_id = joined[name]
            if isinstance(value, RichText):
                value = RichText(first.source + value.source)
            else:
                parts = [(part.block_type, part.value, part.id) for part in (*first, *value)]
                value = StreamValue(value.stream_block, parts)
            joined[name] = value, block_id
        else:
            joined[name] = value, block.id
    ordered = sorted(joined, key=section_order)
    if ordered == [block.block_type for block in sections]:
        return sections
    return StreamValue(sections.stream_block, [(name, *joined[name]) for name in ordered])


def without(sections: StreamValue, names: Collection[str]) -> StreamValue:
    """The sections less some; a new value, since copies of a page share theirs."""
    kept = [
        (block.block_type, block.value, block.id)
        for block in sections
        if block.block_type not in names
    ]
    return StreamValue(sections.stream_block, kept)


def with_all(sections: StreamValue, items: Iterable[Item]) -> StreamValue:
    """Sections with an empty one for each item that is missing, in order."""
    present = {block.block_type for block in sections}
    stream_block = sections.stream_block
    missing = [
        (item.key, stream_block.child_blocks[item.key].get_default(), None)
        for item in items
        if item.key not in present
    ]
    blocks = [(block.block_type, block.value, block.id) for block in sections]
    return in_order(StreamValue(stream_block, blocks + missing))


class SectionsField(StreamField):
    """The StreamField of section 2. Migrations leave its blocks out: labels may change freely."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.pop("block_types", None)
        super().__init__(SectionsBlock(), **kwargs)

    def deconstruct(self) -> Any:
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


def empty_sections() -> list[tuple[str, Any]]:
    """All sections of the ficha, empty and in order: what a new practice opens with."""
    empty: dict[Kind, Any] = {Kind.RICH_TEXT: "", Kind.FIGURES: [], Kind.RESOURCES: []}
    return [(item.key, empty[item.kind]) for item in SECTIONS]
