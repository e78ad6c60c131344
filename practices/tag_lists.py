"""The tags that readers of a language meet: from A to Z, as a cloud, and beside each other.

These are the tags of the versions that readers of the language are shown: those in it, and the
originals that are not translated. A count is what the page of the tag shows: practices of which any
public version has it.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from taggit.models import Tag

from .facets import TAG
from .models.catalogue import CatalogueEntry, CatalogueText, CatalogueValue
from .querysets import fold
from .statistics import Counted

IN_CLOUD = 30
STEPS = 5
"""Sizes of a cloud."""
RELATED = 8

VERSION = "practices_practicetag_items__content_object"
LANGUAGE = f"{VERSION}__locale__language_code"


@dataclass(frozen=True)
class Sized:
    """A tag of a cloud, with its size from 1 to `STEPS`."""

    counted: Counted
    step: int


def shown_texts(language: str) -> "QuerySet[CatalogueText]":
    """The one public version of each practice that readers of a language are shown."""
    # Asked of the pages as well: what was taken down around the models is named to nobody.
    texts = CatalogueText.objects.filter(page__live=True, entry__practice__live=True)
    own = texts.filter(entry=OuterRef("entry"), language=language)
    return texts.filter(Q(language=language) | Q(page=F("entry")) & ~Exists(own))


def _tags(texts: "QuerySet[CatalogueText]", language: str) -> Any:
    """The tags of texts, with the language they are written in: the reader's, else another."""
    return Tag.objects.filter(**{f"{VERSION}__in": texts.values("page")}).annotate(
        own=Count(VERSION, filter=Q(**{LANGUAGE: language})), other=Min(LANGUAGE)
    )


def tag_groups(language: str) -> list[tuple[str, list[Counted]]]:
    """All tags under their initials, with the number of practices of each."""
    values = CatalogueValue.objects.filter(facet=TAG.name).annotate(count=Count("entries"))
    counts = dict(values.values_list("value", "count"))
    groups: dict[str, list[Counted]] = defaultdict(list)
    for tag in sorted(_tags(shown_texts(language), language), key=lambda tag: fold(tag.name)):
        initial = fold(tag.name)[:1].upper()
        groups[initial if initial.isalpha() else "#"].append(
            Counted(tag, counts.get(tag.slug, 0), language if tag.own else tag.other)
        )
    return list(groups.items())


def cloud(groups: Iterable[tuple[str, list[Counted]]]) -> list[Sized]:
    """The most used tags in alphabetical order, in sizes by the logarithm of their counts.

    Where more tags are used as often than there is room for, none of these is among them.
    """
    tags = [tag for _initial, tags in groups for tag in tags]
    by_count = sorted(tags, key=lambda tag: -tag.count)
    most, left_out = by_count[:IN_CLOUD], by_count[IN_CLOUD:]
    if left_out:
        most = [tag for tag in most if tag.count > left_out[0].count] or most
    if not most:
        return []
    least, highest = math.log(most[-1].count or 1), math.log(most[0].count or 1)
    unit = (highest - least) / (STEPS - 1) or 1
    chosen = {tag.what.pk for tag in most}
    return [
        Sized(tag, 1 + round((math.log(tag.count or 1) - least) / unit))
        for tag in tags
        if tag.what.pk in chosen
    ]


def related_tags(slug: str, language: str) -> list[Counted]:
    """Tags that stand together with a tag the most often; `count` is in how many practices."""
    entries = CatalogueEntry.objects.filter(values__facet=TAG.name, values__value=slug)
    texts = shown_texts(language).filter(entry__in=entries.values("pk"))
    shared = Count(f"{VERSION}__translation_key", distinct=True)
    tags = _tags(texts, language).exclude(slug=slug).annotate(shared=shared)
    return [
        Counted(tag, tag.shared, language if tag.own else tag.other)
        for tag in tags.order_by("-shared", "name")[:RELATED]
    ]
