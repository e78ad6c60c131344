"""What templates show of a practice, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from . import vocabulary
from .directory import Directory
from .languages import content_languages
from .vocabulary import SECTIONS, Item, Kind

if TYPE_CHECKING:
    from .models import CountryPage, PracticePage, Theme

RELATED = 3


@dataclass(frozen=True)
class Card:
    """One practice in a list: the version that the reader is shown, and its surroundings."""

    practice: "PracticePage"
    language: str
    country: "CountryPage | None"
    themes: "list[Theme]"

    @cached_property
    def version(self) -> "PracticePage":
        """The version in the reader's language where it is public, else the original."""
        for version in self.practice.public_translations:
            if version.locale.language_code == self.language:
                return version
        return self.practice

    @property
    def title(self) -> str:
        return self.version.title

    @property
    def text_language(self) -> str:
        """Language of title and summary."""
        return self.version.locale.language_code

    @property
    def is_foreign(self) -> bool:
        """Whether the text is not in the reader's language."""
        return self.text_language != self.language

    @property
    def language_name(self) -> str:
        """Name of the language of the text, in the reader's."""
        return str(dict(content_languages()).get(self.text_language, self.text_language))

    @property
    def code(self) -> str:
        return self.practice.code

    @property
    def levels(self) -> list[Any]:
        return self.practice.chosen(vocabulary.TERRITORIAL_LEVEL)

    @property
    def summary(self) -> str:
        return self.version.summary_lines()

    @property
    def url(self) -> str:
        """Address that keeps the reader's language, translated or not."""
        if self.country is None:
            return self.practice.get_url()
        return f"{self.country.get_url()}{self.practice.slug}/"


def cards(practices: Iterable[Any], request: HttpRequest) -> list[Card]:
    """Cards of originals (from `for_cards()`) in the active language."""
    language = translation.get_language() or ""
    directory = Directory.of(request)
    countries = directory.countries(language)
    return [
        Card(
            practice,
            language,
            countries.get(practice.country),
            directory.with_texts(practice.themes.all()),
        )
        for practice in practices
    ]


@dataclass(frozen=True)
class Section:
    """One section of a practice, ready to be shown; `language` is that of its text."""

    item: Item
    value: Any
    language: str


def sections(version: "PracticePage") -> list[Section]:
    """The sections that hold something, in the order of the ficha."""
    shown = []
    for item in SECTIONS:
        value = version.section(item.key)
        if value:
            page = version.facts if item.shared else version
            shown.append(Section(item, value, page.locale.language_code))
    return shown


@dataclass(frozen=True)
class ProfileRow:
    """An item of the profile with its values; `language` is that of the text."""

    item: Item
    values: list[str]
    language: str


def profile(version: "PracticePage", themes: "Iterable[Theme]", language: str) -> list[ProfileRow]:
    """The items of section 1 that hold something, labels of choices in the active language."""
    facts = version.facts
    own, source = version.locale.language_code, facts.locale.language_code
    rows = [ProfileRow(vocabulary.THEMES, [theme.name for theme in themes], language)]
    for item in (
        vocabulary.TERRITORIAL_LEVEL,
        vocabulary.RESPONSIBLE_ENTITY,
        vocabulary.PARENT_ENTITY,
        vocabulary.ASSOCIATED_ENTITIES,
        vocabulary.PARTICIPATING_ENTITIES,
        vocabulary.CATEGORIES,
        vocabulary.DOCUMENTATION,
        vocabulary.TRANSFER_NEEDS,
    ):
        if item.choices:
            rows.append(ProfileRow(item, [str(row) for row in version.chosen(item)], language))
        elif item.kind is Kind.TEXT_LIST:
            names = [entity.name for entity in facts.rows(item)]
            rows.append(ProfileRow(item, names, source))
        else:
            rows.append(ProfileRow(item, [getattr(facts, item.key)], source))
    for item in vocabulary.OTHER_ITEMS:
        text = version.other_text(item)
        if text:
            row = next(row for row in rows if row.item is item)
            rows.insert(rows.index(row) + 1, ProfileRow(item, [text], own))
    return [row for row in rows if any(row.values)]


def practice_context(version: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    """Template context of a practice page.

    `version` is the page served; readers of another language than its own get it under their own
    labels (`is_foreign`).
    """
    language = translation.get_language() or version.locale.language_code
    practice = version.facts
    published = Directory.of(request).published
    related = list(published.related_to(practice).select_related("locale", "record")[:RELATED])
    prefetch_related_objects([practice, *related], *published.card_relations())
    prefetch_related_objects([practice], "entities", "references")
    themes = Directory.of(request).with_texts(practice.themes.all())
    shown = {section.item.key: section for section in sections(version)}
    text_language = version.locale.language_code
    is_foreign = text_language != language
    record = getattr(practice, "record", None)
    names = dict(content_languages())
    opening = [shown.pop(vocabulary.SUMMARY.key, None)]
    figures = [shown.pop(vocabulary.KEY_FIGURES.key, None)]
    return {
        "practice": practice,
        "version": version,
        "language": language,
        "text_language": text_language,
        "foreign_language": text_language if is_foreign else "",
        "is_foreign": is_foreign,
        "is_translation": not version.is_original,
        "original_language_name": names.get(practice.locale.language_code, ""),
        "in_force": record is None or record.in_force,
        "record": record,
        "country": Directory.of(request).countries(language).get(practice.country),
        "themes": themes,
        "levels": practice.chosen(vocabulary.TERRITORIAL_LEVEL),
        "criteria": practice.chosen(vocabulary.SUCCESS_CRITERIA),
        "profile": profile(version, themes, language),
        "opening": list(filter(None, opening)),
        "figures": list(filter(None, figures)),
        "body": list(shown.values()),
        "references": list(practice.references.all()),
        "tags": list(version.tags.all()),
        "items": vocabulary,
        "canonical_url": request.build_absolute_uri(version.get_url(request)),
        "code_url": request.build_absolute_uri(f"/ficha/{record.code}/") if record else "",
        "collection_name": settings.WAGTAIL_SITE_NAME,
        "related": cards(related, request),
    }
