"""The blocks of section 2 of the ficha; block names are the ficha's keys."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, StreamBlock, StructBlock
from wagtail.blocks.field_block import CharBlock, RichTextBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField

from .videos import validate_video_url
from .vocabulary import SECTIONS, Item, Kind

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


def section_block(item: Item) -> Block:
    """The block of one section, labelled with its number, instructions and word limit."""
    options: dict[str, Any] = {
        "label": format_lazy("{number} {label}", number=item.number, label=item.label),
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
    """Section 2 of the ficha: each item at most once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            [(item.key, section_block(item)) for item in SECTIONS],
            block_counts={item.key: {"max_num": 1} for item in SECTIONS},
            required=False,
            collapsed=False,
            **kwargs,
        )


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
