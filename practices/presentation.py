"""What templates show of a practice, in the reader's language."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property

from . import vocabulary
from .vocabulary import SECTIONS, Item

if TYPE_CHECKING:
    from .models import CountryPage, PracticePage, Theme


def country_pages(language: str) -> dict[str, "CountryPage"]:
    """Live country pages of a language by ISO code, in one query."""
    pages = apps.get_model("practices", "CountryPage").objects.live()
    return {
        page.iso_code: page
        for page in pages.filter(locale__language_code=language).order_by("title")
    }


@dataclass(frozen=True)
class Card:
    """One practice in a list: the version that the reader is shown, and its surroundings."""

    practice: "PracticePage"
    language: str
    country: "CountryPage | None"

    @cached_property
    def version(self) -> "PracticePage":
        """The version in the reader's language where it is public, else the original."""
        shown = getattr(self.practice, "shown_translations", None)
        return shown[0] if shown else self.practice

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
    def code(self) -> str:
        return self.practice.code

    @property
    def themes(self) -> "list[Theme]":
        return list(self.practice.themes.all())

    @property
    def levels(self) -> list[Any]:
        return self.practice.choices(vocabulary.TERRITORIAL_LEVEL)

    @property
    def summary(self) -> str:
        return self.version.summary_lines()

    @property
    def url(self) -> str:
        """Address that keeps the reader's language, translated or not."""
        if self.country is None:
            return self.practice.get_url()
        return f"{self.country.get_url()}{self.practice.slug}/"


def cards(practices: Any, language: str) -> list[Card]:
    """Cards of a queryset of originals for readers of a language, in a fixed number of queries."""
    countries = country_pages(language)
    return [
        Card(practice, language, countries.get(practice.country))
        for practice in practices.for_cards(language)
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


def practice_context(version: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    """Template context of a practice page.

    `version` is the page served; readers of another language than its own get it under their own
    labels (`is_foreign`).
    """
    language = translation.get_language() or version.locale.language_code
    practice = version.facts
    countries = country_pages(language)
    card = Card(practice, language, countries.get(practice.country))
    model = type(version)
    related = model.objects.published().related_to(practice)[:3]
    return {
        "practice": practice,
        "version": version,
        "language": language,
        "text_language": version.locale.language_code,
        "is_foreign": version.locale.language_code != language,
        "country": countries.get(practice.country),
        "sections": sections(version),
        "items": vocabulary,
        "canonical_url": request.build_absolute_uri(version.get_url(request)),
        "practice_url": request.build_absolute_uri(card.url),
        "related": cards(related, language),
        "record": getattr(practice, "record", None),
    }
