"""The open comments on a practice, each with the item of the ficha that it is about."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.translation import gettext as _
from wagtail.models import COMMENTS_RELATION_NAME

from practices.models import PracticePage
from practices.vocabulary import ITEMS, PRIVATE_KEYS, Item

ITEM_OF = {item.key: item for item in ITEMS} | {
    f"{item.key}_other": item for item in ITEMS if item.asks_text
}


@dataclass(frozen=True)
class OpenComment:
    """One comment: the item it is about, and who said what. Texts on the contact are left out."""

    place: str
    lines: list[str]


def open_comments(practice: PracticePage) -> list[OpenComment]:
    """The comments that nobody resolved, in the order of the ficha, in the active language."""
    comments = (
        getattr(practice, COMMENTS_RELATION_NAME)
        .filter(resolved_at__isnull=True)
        .select_related("user")
        .prefetch_related("replies__user")
    )
    blocks = _blocks(practice) if comments else {}
    order = [item.key for item in ITEMS]
    found = []
    for comment in comments:
        name, _dot, rest = comment.contentpath.partition(".")
        item = ITEM_OF.get(blocks.get(rest.split(".")[0], "") if name == "sections" else name)
        rank = order.index(item.key) if item else len(order)
        found.append((rank, comment.pk, OpenComment(_place(item, name), _lines(comment, item))))
    return [comment for _rank, _pk, comment in sorted(found, key=lambda entry: entry[:2])]


def _blocks(practice: PracticePage) -> dict[str, str]:
    """Section of each block of the latest text, by the block's id."""
    latest = practice.get_latest_revision_as_object()
    return {block.id: block.block_type for block in latest.sections}


def _place(item: Item | None, name: str) -> str:
    if item:
        return f"{item.number} {item.label}"
    try:
        field = PracticePage._meta.get_field(name)
    except FieldDoesNotExist:
        return _("Ficha")
    return str(getattr(field, "verbose_name", name))


def _lines(comment: Any, item: Item | None) -> list[str]:
    """Comment and replies; what is said on the private contact is read in the admin alone."""
    if item and item.key in PRIVATE_KEYS:
        return [_("There is a comment; read it in the ficha.")]
    said = [comment, *comment.replies.all()]
    return [f"{_name(entry.user)}: {entry.text}" for entry in said]


def _name(user: Any) -> str:
    return user.get_full_name() or user.get_username()
