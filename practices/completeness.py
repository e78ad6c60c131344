"""Every fault of a ficha, by one function that forms, workflow, publication and API ask."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import vocabulary
from .files.faults import file_faults
from .translation.sections import SectionState, field_of
from .translation.states import open_sections
from .videos import validate_video_url
from .vocabulary import CHOICE_ITEMS, OTHER, OTHER_ITEMS, SECTIONS, Item, Kind
from .words import count_html_words

web_address = URLValidator(schemes=["http", "https"])


@dataclass(frozen=True)
class Fault:
    """One thing to put right before a practice can be submitted.

    `field` names the field of the form (`sections` for section 2, whose block is `item.key`).
    `count` and `limit` are words, given where a section is over its limit.
    """

    item: Item
    message: str
    field: str
    count: int | None = None
    limit: int | None = None

    def __str__(self) -> str:
        return f"{self.item.number} {self.item.label}: {self.message}"


class IncompletePracticeError(ValidationError):
    """A practice with faults was about to be submitted or published."""

    def __init__(self, practice: Any, faults: list[Fault]) -> None:
        self.practice = practice
        self.faults = faults
        super().__init__([str(fault) for fault in faults], code="incomplete")


def completeness(practice: Any) -> list[Fault]:
    """All faults of a practice or of a translation, in the order of the ficha; none is ready.

    Messages are in the active language.
    """
    if practice.is_original:
        faults = [*_profile_faults(practice), *_section_faults(practice)]
    else:
        faults = [*_translation_faults(practice), *_section_faults(practice)]
    faults += _file_faults(practice)
    faults += _place_faults(practice)
    faults += _added_faults(practice)
    page_type = practice.page_type
    order = [item.key for item in (*vocabulary.ITEMS, *page_type.added_items)]
    kept = (fault for fault in faults if fault.item.key not in page_type.left_out)
    return sorted(kept, key=lambda fault: order.index(fault.item.key))


def _added_faults(practice: Any) -> Iterator[Fault]:
    for item in practice.page_type.added_items:
        is_here = practice.is_original or not item.shared
        if item.required and is_here and not practice.added_text(item).strip():
            yield _missing(item)


def _file_faults(practice: Any) -> Iterator[Fault]:
    for place, message in file_faults(practice):
        if place == "picture":
            yield Fault(vocabulary.TITLE, f"{_('Picture')}: {message}", place)
        else:
            item = next(section for section in SECTIONS if section.key == place)
            yield Fault(item, message, "sections")


def _place_faults(practice: Any) -> Iterator[Fault]:
    if practice.path and practice.get_ancestors().filter(live=False).exists():
        yield Fault(
            vocabulary.COUNTRY,
            _("The page of the country, or one above it, is not published; publish it first."),
            "country",
        )


def _missing(item: Item, field: str = "") -> Fault:
    return Fault(item, _("This item is required."), field or item.key)


def _profile_faults(practice: Any) -> Iterator[Fault]:
    for item in (
        vocabulary.TITLE,
        vocabulary.RESPONSIBLE_ENTITY,
        vocabulary.INSTITUTIONAL_EMAIL,
    ):
        if not getattr(practice, item.key).strip():
            yield _missing(item)
    yield from _validated(
        vocabulary.INSTITUTIONAL_EMAIL,
        vocabulary.INSTITUTIONAL_EMAIL.key,
        practice.institutional_email,
        validate_email,
    )
    themes = [theme.code for theme in practice.themes.all()]
    if not themes:
        yield _missing(vocabulary.THEMES)
    yield from _other_fault(practice, vocabulary.THEMES, themes)
    for item in CHOICE_ITEMS:
        yield from _choice_faults(practice, item)


def _choice_faults(practice: Any, item: Item) -> Iterator[Fault]:
    keys = [row.key for row in practice.rows(item)]
    known = {choice.key for choice in item.choices}
    if item.required and not keys:
        yield _missing(item)
    for key in keys:
        if key not in known:
            yield Fault(item, _("“%(key)s” is not one of the options.") % {"key": key}, item.key)
    if item.exclusive and item.exclusive in keys and len(keys) > 1:
        label = dict(item.choice_labels)[item.exclusive]
        yield Fault(
            item,
            _("“%(choice)s” excludes the other options; choose one or the others.")
            % {"choice": label},
            item.key,
        )
    if item.asks_text:
        yield from _other_fault(practice, item, keys)


def _other_fault(practice: Any, item: Item, chosen: list[str]) -> Iterator[Fault]:
    field = f"{item.key}_other"
    text = getattr(practice, field).strip()
    if OTHER in chosen and not text:
        yield Fault(item, _("You chose “Other”: write which."), field)
    if text and OTHER not in chosen:
        yield Fault(
            item, _("There is a text for “Other”: choose “Other” too, or delete the text."), field
        )


def _translation_faults(practice: Any) -> Iterator[Fault]:
    original = practice.original
    if not original.live:
        yield Fault(
            vocabulary.TITLE, _("The original is not published; publish it first."), "title"
        )
    if not practice.title.strip():
        yield _missing(vocabulary.TITLE)
    chosen = {
        vocabulary.THEMES: [theme.code for theme in original.themes.all()],
        **{
            item: [row.key for row in original.chosen(item)]
            for item in OTHER_ITEMS
            if item is not vocabulary.THEMES
        },
    }
    for item, keys in chosen.items():
        yield from _other_fault(practice, item, keys)
    for state in open_sections(practice):
        message = _("This text is only copied from the original: translate it.")
        if state.state == SectionState.MACHINE:
            message = _("This is a machine's draft: correct it, then mark it as checked.")
        yield Fault(state.item, message, field_of(state.section))


def _section_faults(practice: Any) -> Iterator[Fault]:
    for item in SECTIONS:
        if item.shared and not practice.is_original:
            continue
        value = practice.section(item.key)
        if item.kind is Kind.RICH_TEXT:
            yield from _prose_faults(practice, item, value.source if value else "")
        elif item.kind is Kind.FIGURES:
            yield from _figure_faults(practice, item, value)
        else:
            yield from _resource_faults(item, value)


def _prose_faults(practice: Any, item: Item, html: str) -> Iterator[Fault]:
    count = count_html_words(html)
    required = item.required or (
        not practice.is_original and count_html_words(practice.original.section_html(item.key)) > 0
    )
    if required and count == 0:
        yield _missing(item, "sections")
    if item.max_words and count > item.max_words:
        yield Fault(
            item,
            ngettext(
                "%(count)d words; the limit is %(limit)d. Shorten it by %(over)d word.",
                "%(count)d words; the limit is %(limit)d. Shorten it by %(over)d words.",
                count - item.max_words,
            )
            % {"count": count, "limit": item.max_words, "over": count - item.max_words},
            "sections",
            count=count,
            limit=item.max_words,
        )


def _figure_faults(practice: Any, item: Item, value: Any) -> Iterator[Fault]:
    figures = list(value or [])
    if not practice.is_original and not figures and practice.original.section(item.key):
        yield _missing(item, "sections")
    for figure in figures:
        if not figure.value["figure"].strip() or not figure.value["description"].strip():
            yield Fault(item, _("Each figure needs its number and its description."), "sections")


def _resource_faults(item: Item, value: Any) -> Iterator[Fault]:
    for resource in value or []:
        content = resource.value
        if not content["title"].strip():
            yield Fault(item, _("Each file or link needs a title."), "sections")
        if resource.block_type != "document" and content["url"]:
            yield from _address_faults(item, content["url"], resource.block_type)
        if not content["document" if resource.block_type == "document" else "url"]:
            yield Fault(
                item,
                _("“%(title)s” has neither file nor address.") % {"title": content["title"]},
                "sections",
            )


def _address_faults(item: Item, url: str, kind: str) -> Iterator[Fault]:
    validators: list[Callable[[str], None]] = [web_address]
    if kind == "video":
        validators.append(validate_video_url)
    for validator in validators:
        yield from _validated(item, "sections", url, validator)


def _validated(
    item: Item, field: str, value: str, validator: Callable[[str], None]
) -> Iterator[Fault]:
    """The fault of a value that a form would refuse; code may have set it."""
    try:
        if value.strip():
            validator(value)
    except ValidationError as error:
        yield Fault(item, f"{value}: {' '.join(error.messages)}", field)
