"""Counts over practices: by theme, country and tag."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from taggit.models import Tag

from .querysets import fold

if TYPE_CHECKING:
    from .models import Theme
    from .querysets import PracticeQuerySet


@dataclass(frozen=True)
class Counted:
    """Something with its number of practices."""

    what: Any
    count: int


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


def tag_groups(versions: "PracticeQuerySet") -> list[tuple[str, list[Counted]]]:
    """Tags of the given versions under their initials, with the number of practices of each."""
    tags = Tag.objects.filter(
        practices_practicetag_items__content_object__in=versions.order_by()
    ).annotate(count=Count("practices_practicetag_items__content_object", distinct=True))
    groups: dict[str, list[Counted]] = defaultdict(list)
    for tag in sorted(tags, key=lambda tag: fold(tag.name)):
        initial = fold(tag.name)[:1].upper()
        groups[initial if initial.isalpha() else "#"].append(Counted(tag, tag.count))
    return list(groups.items())
