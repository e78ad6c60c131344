"""Counts over practices: by theme, country and tag."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Min, Q
from taggit.models import Tag

from .querysets import fold

if TYPE_CHECKING:
    from .models import Theme
    from .querysets import PracticeQuerySet


@dataclass(frozen=True)
class Counted:
    """Something with its number of practices; of a tag also the language it is written in."""

    what: Any
    count: int
    language: str = ""


def theme_counts(practices: "PracticeQuerySet", themes: "Iterable[Theme]") -> list[Counted]:
    """Themes in their order, with the number of practices of each."""
    counts = dict(
        practices.order_by().values_list("themes__code").annotate(Count("pk", distinct=True))
    )
    return [Counted(theme, counts.get(theme.code, 0)) for theme in themes]


def country_counts(practices: "PracticeQuerySet", countries: dict[str, Any]) -> list[Counted]:
    """Country pages (by ISO code, in their order) with the number of practices of each."""
    counts = dict(practices.order_by().values_list("country").annotate(Count("pk")))
    return [Counted(page, counts.get(code, 0)) for code, page in countries.items()]


def tag_groups(versions: "PracticeQuerySet", language: str) -> list[tuple[str, list[Counted]]]:
    """Tags of the given versions under their initials, with the number of practices of each.

    A tag is in the reader's language where one of its versions is, else in that of its versions.
    """
    tagged = "practices_practicetag_items__content_object"
    code = f"{tagged}__locale__language_code"
    tags = Tag.objects.filter(**{f"{tagged}__in": versions.order_by()}).annotate(
        count=Count(tagged, distinct=True),
        own=Count(tagged, filter=Q(**{code: language})),
        other=Min(code),
    )
    groups: dict[str, list[Counted]] = defaultdict(list)
    for tag in sorted(tags, key=lambda tag: fold(tag.name)):
        initial = fold(tag.name)[:1].upper()
        groups[initial if initial.isalpha() else "#"].append(
            Counted(tag, tag.count, language if tag.own else tag.other)
        )
    return list(groups.items())
