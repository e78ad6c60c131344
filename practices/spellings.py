"""Tags that are one word written in several ways, and joining them."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.db import transaction
from django.db.models import Count, ProtectedError, QuerySet
from taggit.models import Tag

from .models import PracticeTag
from .querysets import fold
from .tagging import merge, tags_under_review

BETWEEN_WORDS = re.compile(r"[\s\-‐‑–—_]+")

PRACTICES = Count("practices_practicetag_items__content_object__translation_key", distinct=True)
"""Practices that have a tag, drafts included, each once for all its languages."""


def spelling(name: str) -> str:
    """What is left of a name without case, accents, spaces and hyphens: equal for the same word."""
    return BETWEEN_WORDS.sub("", fold(name))


def with_practices() -> "QuerySet[Any]":
    """All tags, each with `practices`, the number of those that have it."""
    return Tag.objects.annotate(practices=PRACTICES)


def namesake(name: str, tag: Tag) -> Tag | None:
    """Another tag of the same name, however it is written."""
    others = Tag.objects.exclude(pk=tag.pk)
    return next((other for other in others if spelling(other.name) == spelling(name)), None)


@dataclass(frozen=True)
class Alike:
    """Tags that differ in nothing but their spelling, the best one first; each has `practices`.

    `languages` gives those of the versions that have a tag, by its primary key; `reviewed` are the
    primary keys of tags that a text under review has.
    """

    tags: list[Any]
    languages: dict[int, set[str]]
    reviewed: set[int]

    @property
    def crosses_languages(self) -> bool:
        """Whether two of the tags meet in no language: “biometría” and “biometria” are both right."""
        used = [self.languages[tag.pk] for tag in self.tags if tag.pk in self.languages]
        return any(one.isdisjoint(other) for one, other in combinations(used, 2))

    @property
    def key(self) -> int:
        """A number for the group, the same in whatever order its tags stand."""
        return min(tag.pk for tag in self.tags)

    @property
    def numbers(self) -> str:
        """Which tags these are, in words of a form."""
        return ",".join(str(tag.pk) for tag in sorted(self.tags, key=lambda tag: tag.pk))

    @property
    def best(self) -> Any:
        """The name that is proposed: with the most accents, then used the most, then the oldest."""
        return self.tags[0]

    def others(self, kept: Tag) -> list[Any]:
        """The tags that would disappear."""
        return [tag for tag in self.tags if tag != kept]

    def may_merge(self, kept: Tag) -> bool:
        """Whether no text under review has a tag that would disappear."""
        return not any(tag.pk in self.reviewed for tag in self.others(kept))


def spelled_alike() -> list[Alike]:
    """Groups of tags that differ in case, accents, spaces or hyphens alone, from A to Z."""
    groups: dict[str, list[Any]] = defaultdict(list)
    for tag in with_practices():
        groups[spelling(tag.name)].append(tag)
    several = [tags for _spelling, tags in sorted(groups.items()) if len(tags) > 1]
    if not several:
        return []
    languages = _languages(several)
    reviewed = set(tags_under_review())
    return [Alike(sorted(tags, key=_rank), languages, reviewed) for tags in several]


def _languages(groups: list[list[Any]]) -> dict[int, set[str]]:
    keys = [tag.pk for tags in groups for tag in tags]
    rows = PracticeTag.objects.filter(tag__in=keys).order_by()
    found: dict[int, set[str]] = defaultdict(set)
    for key, code in rows.values_list("tag", "content_object__locale__language_code").distinct():
        found[key].add(code)
    return dict(found)


def _rank(tag: Any) -> tuple[int, int, int]:
    """Accents are seldom written by mistake, and often left out."""
    decomposed = unicodedata.normalize("NFKD", tag.name)
    accents = sum(bool(unicodedata.combining(character)) for character in decomposed)
    return -accents, -tag.practices, tag.pk


@transaction.atomic
def merge_all(kept: Tag, others: Iterable[Tag]) -> bool:
    """Merge tags into one, all or none; whether it was done.

    False where a text under review has one of them, or where somebody was faster.
    """
    others = list(others)
    keys = [kept.pk, *(tag.pk for tag in others)]
    locked = Tag.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    stored = {tag.pk: tag for tag in locked}
    if len(stored) < len(keys):
        return False
    try:
        with transaction.atomic():
            for tag in others:
                merge(stored[tag.pk], stored[kept.pk])
    except ProtectedError:
        return False
    return True
