"""What one practice gives to exports: its public facts, by stable names, in a reader's language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from practices import vocabulary
from practices.facets import OF_CHOICES
from practices.languages import content_languages
from practices.listing import AT_ONCE, Selection
from practices.presentation import Card, chosen_texts
from practices.vocabulary import OTHER, Item, Label
from practices.words import visible_text


@dataclass(frozen=True)
class Term:
    """A value as in the query string of lists, and what people read."""

    value: str
    label: str


@dataclass(frozen=True)
class Row:
    """A practice. Field names are those of the JSON export; facets are named as in addresses.

    `title`, `summary`, `tag` and the words of “other” are in `text_language`, entities in that of
    the original, labels in the reader's. `language` holds the languages that it can be read in.
    """

    code: str
    title: str
    country: Term
    theme: list[Term]
    level: list[Term]
    category: list[Term]
    documentation: list[Term]
    need: list[Term]
    criterion: list[Term]
    responsible_entity: str
    parent_entity: str
    associated_entities: list[str]
    participating_entities: list[str]
    tag: list[Term]
    text_language: Term
    language: list[Term]
    summary: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    url: str


def rows(listing: Selection, request: HttpRequest) -> Iterator[Row]:
    """Each practice of a Selection, in its order and language, `AT_ONCE` in memory.

    The language is set for each group: a response is streamed after the request was answered.
    """
    found = listing.every_card(AT_ONCE)
    while True:
        with translation.override(listing.language):
            group = list(islice(found, AT_ONCE))
            prefetch_related_objects([card.practice for card in group], "entities")
            prefetch_related_objects([card.version for card in group], "tagged_items__tag")
            ready = [_row(card, request) for card in group]
        if not ready:
            return
        yield from ready


def _row(card: Card, request: HttpRequest) -> Row:
    practice, version = card.practice, card.version
    names = dict(content_languages())
    versions = (practice, *practice.public_translations)
    languages = {text.locale.language_code for text in versions}
    record = getattr(practice, "record", None)
    choices = {facet.name: _chosen(card, facet.item) for facet in OF_CHOICES if facet.item}
    return Row(
        code=record.code if record else "",
        title=card.title,
        country=Term(practice.country, card.country.title if card.country else ""),
        theme=_themes(card),
        responsible_entity=practice.responsible_entity,
        parent_entity=practice.parent_entity,
        associated_entities=_entities(practice, vocabulary.ASSOCIATED_ENTITIES),
        participating_entities=_entities(practice, vocabulary.PARTICIPATING_ENTITIES),
        tag=[Term(row.tag.slug, row.tag.name) for row in version.tagged_items.all()],
        text_language=Term(card.text_language, card.language_name),
        language=[Term(code, str(names[code])) for code in names if code in languages],
        summary=visible_text(version.section_html(vocabulary.SUMMARY.key)),
        first_published_at=practice.first_published_at,
        last_published_at=version.last_published_at,
        url=request.build_absolute_uri(card.url),
        **choices,
    )


def _chosen(card: Card, item: Item) -> list[Term]:
    chosen = card.version.chosen(item)
    texts = chosen_texts(card.version, item, card.language)
    return [Term(row.key, text.text) for row, text in zip(chosen, texts, strict=True)]


def _themes(card: Card) -> list[Term]:
    other = card.version.other_text(vocabulary.THEMES)
    return [
        Term(theme.code, other if other and theme.code == OTHER else theme.name)
        for theme in card.themes
    ]


def _entities(practice: Any, item: Item) -> list[str]:
    return [entity.name for entity in practice.rows(item)]


Cell = str | date | None


def _labels(name: str) -> Callable[[Row], Cell]:
    return lambda row: "; ".join(term.label for term in getattr(row, name))


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


COLUMNS: tuple[tuple[Label, Callable[[Row], Cell]], ...] = (
    (_("Code"), lambda row: row.code),
    (vocabulary.TITLE.label, lambda row: row.title),
    (vocabulary.COUNTRY.label, lambda row: row.country.label),
    (_("ISO code"), lambda row: row.country.value.upper()),
    (vocabulary.THEMES.label, _labels("theme")),
    *((facet.label, _labels(facet.name)) for facet in OF_CHOICES),
    (vocabulary.RESPONSIBLE_ENTITY.label, lambda row: row.responsible_entity),
    (vocabulary.PARENT_ENTITY.label, lambda row: row.parent_entity),
    (vocabulary.ASSOCIATED_ENTITIES.label, lambda row: "; ".join(row.associated_entities)),
    (vocabulary.PARTICIPATING_ENTITIES.label, lambda row: "; ".join(row.participating_entities)),
    (_("Tags"), _labels("tag")),
    (_("Language of the text"), lambda row: row.text_language.label),
    (_("Available in"), _labels("language")),
    (vocabulary.SUMMARY.label, lambda row: row.summary),
    (_("First published"), lambda row: _day(row.first_published_at)),
    (_("Updated"), lambda row: _day(row.last_published_at)),
    (_("Address"), lambda row: row.url),
)
"""Columns of spreadsheets: heading, and what a practice has there."""
