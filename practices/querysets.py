"""The only definition of what is public, and what of practices is asked by name.

A practice is an original page; its translations point to it. Lists, counts, feeds and API go over
public originals (`published()`); pages and files of one language ask `public()`.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Prefetch, Q, QuerySet, When
from wagtail.models import Page, PageViewRestriction, get_page_models
from wagtail.query import PageQuerySet

WORD = re.compile(r"[^\W_]+")
MAX_QUERY_LENGTH = 200
"""Characters of a search that are looked at."""


def fold(text: str) -> str:
    """Lower case without accents: how words are compared and titles sorted."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


HIDDEN = Q(live=False, numchild__gt=0) | Q(view_restrictions__isnull=False)
"""Pages below which nothing is public: unpublished containers and restricted pages."""


def other_pages() -> "QuerySet[Page]":
    """All pages but practices, by an index: they are few, however many practices there are."""
    practice = apps.get_model("practices", "PracticePage")
    models = [model for model in get_page_models() if model is not practice]
    types = ContentType.objects.get_for_models(*models).values()
    return Page.objects.filter(content_type__in=[content_type.pk for content_type in types])


def restricted_pages() -> "QuerySet[Page]":
    """Pages, practices among them, that not everybody may see."""
    return Page.objects.filter(pk__in=PageViewRestriction.objects.values("page"))


def hidden_paths() -> list[str]:
    """Tree paths of hidden pages."""
    hidden = other_pages().filter(HIDDEN).order_by().values_list("path", flat=True)
    return list(hidden.union(restricted_pages().order_by().values_list("path", flat=True)))


class PracticeQuerySet(PageQuerySet):
    """Practices by what readers may see and by what they ask for."""

    _hidden: list[str] | None = None

    def _clone(self) -> "PracticeQuerySet":
        clone = super()._clone()
        clone._hidden = self._hidden
        return clone

    def hiding(self, paths: list[str]) -> "PracticeQuerySet":
        """The same practices, told which tree paths are hidden, so that no query asks again."""
        clone = self._clone()
        clone._hidden = paths
        return clone

    def originals(self) -> "PracticeQuerySet":
        """Practices in the language they were born in."""
        return self.filter(original__isnull=True)

    def public(self) -> "PracticeQuerySet":
        """Language versions that anybody may read.

        An original is public when it is live and no ancestor is unpublished or restricted; a
        translation when, besides, its original is public.
        """
        visible = self.live().filter(Q(original__isnull=True) | Q(original__live=True))
        # Read once for a whole chain of querysets.
        visible._hidden = hidden_paths() if self._hidden is None else self._hidden
        for path in visible._hidden:
            visible = visible.exclude(path__startswith=path).exclude(
                original__path__startswith=path
            )
        return visible

    def published(self) -> "PracticeQuerySet":
        """Public practices, each once: the originals."""
        return self.public().originals()

    def versions(self) -> "PracticeQuerySet":
        """All public versions, whatever this queryset was narrowed to."""
        versions = self.model.objects.all()
        return (versions if self._hidden is None else versions.hiding(self._hidden)).public()

    def in_country(self, codes: Iterable[str]) -> "PracticeQuerySet":
        """Practices of any of the countries (ISO alpha-2, lower case)."""
        return self.filter(country__in=codes)

    def with_theme(self, codes: Iterable[str]) -> "PracticeQuerySet":
        """Practices with any of the themes."""
        return self.having("themes__code", codes)

    def having(self, lookup: str, values: Iterable[str]) -> "PracticeQuerySet":
        """Practices with any of the values in a related table, each practice once."""
        return self._with_rows(**{f"{lookup}__in": list(values)})

    def _with_rows(self, **conditions: Any) -> "PracticeQuerySet":
        """Narrow by related rows without a join, which would give a practice once for each."""
        rows = self.model.objects.filter(**conditions).order_by()
        return self.filter(pk__in=rows.values("pk"))

    def related_to(self, practice: Any) -> "PracticeQuerySet":
        """Other practices that share a theme: other countries first, then the newest."""
        themes = self.model.objects.filter(pk=practice.pk).order_by().values("themes")
        own_country = Case(When(country=practice.country, then=1), default=0)
        return (
            self.exclude(pk=practice.pk)
            ._with_rows(themes__in=themes)
            .order_by(own_country, "-first_published_at", "-pk")
        )

    def newest(self) -> "PracticeQuerySet":
        """Latest first publication first."""
        return self.order_by("-first_published_at", "-pk")

    def with_facts(self) -> "PracticeQuerySet":
        """What every page of a practice reads of the original, in the same query."""
        return self.select_related(
            "locale",
            "picture",
            "record",
            "original__locale",
            "original__picture",
            "original__record",
        )

    def for_cards(self) -> "PracticeQuerySet":
        """Everything that cards show, in a fixed number of queries."""
        return self.select_related("locale", "record").prefetch_related(*self.card_relations())

    def card_relations(self) -> tuple[Any, ...]:
        """Relations that cards read, to be prefetched for any practices."""
        public = self.versions().select_related("locale")
        return (
            "themes",
            "choices",
            Prefetch("translations", queryset=public, to_attr="public_translations"),
        )
