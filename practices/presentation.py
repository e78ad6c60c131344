"""What templates show of a practice, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html

from . import vocabulary
from .directory import Directory
from .finding.engine import Pieces
from .finding.excerpts import NOTHING_SOUGHT, Excerpt, Finding
from .languages import content_languages
from .organisation import collection_name
from .translation.reading import notice_of
from .vocabulary import OTHER, SECTIONS, Item, Kind
from .words import visible_text

if TYPE_CHECKING:
    from .models import CountryPage, PracticePage, Theme

RELATED = 3


@dataclass(frozen=True)
class Card:
    """One practice in a list: the version that the reader is shown, and its surroundings."""

    practice: "PracticePage"
    language: str
    country: "CountryPage | None"
    country_url: str
    themes: "list[Theme]"
    found: Finding = NOTHING_SOUGHT

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
        return _name_of(self.text_language)

    @property
    def excerpt_language_name(self) -> str:
        """Name of the language of what was found, where it is another one than that of the title."""
        found = self.excerpt
        return _name_of(found.language) if found and found.language != self.text_language else ""

    @property
    def levels(self) -> "list[Text]":
        return chosen_texts(self.version, vocabulary.TERRITORIAL_LEVEL, self.language)

    @property
    def summary(self) -> str:
        return self.version.summary_lines()

    @property
    def marked_title(self) -> "Pieces":
        """The title in pieces; those that are true are what was sought."""
        return self.found.mark(self.title)

    @cached_property
    def excerpt(self) -> "Excerpt | None":
        """The sentence that was found, of the version shown or of the one that has it."""
        versions = sorted(
            (self.practice, *self.practice.public_translations),
            key=lambda version: version.pk != self.version.pk,
        )
        return self.found.excerpt(
            [(version.pk, version.locale.language_code) for version in versions]
        )

    @property
    def code(self) -> str:
        """Citable code."""
        return self.practice.code

    @property
    def url(self) -> str:
        """Address that keeps the reader's language, translated or not."""
        if self.country is None:
            return self.practice.get_url()
        return f"{self.country_url}{self.practice.slug}/"


def _name_of(language: str) -> str:
    return str(dict(content_languages()).get(language, language))


def cards(practices: Iterable[Any], request: HttpRequest, query: Any = None) -> list[Card]:
    """Cards of originals (from `for_cards()`) in the active language.

    With a query of the search backend they show what it found.
    """
    return cards_of(practices, Directory.of(request), query)


def cards_of(practices: Iterable[Any], directory: Directory, query: Any = None) -> list[Card]:
    """The same, with addresses as the directory gives them."""
    practices = list(practices)
    found = Finding.of(query, practices) if query else NOTHING_SOUGHT
    language = translation.get_language() or ""
    countries = directory.countries(language)
    urls = {code: directory.url(page) for code, page in countries.items()}
    return [
        Card(
            practice,
            language,
            countries.get(practice.country),
            urls.get(practice.country, ""),
            directory.with_texts(practice.themes.all()),
            found,
        )
        for practice in practices
    ]


@dataclass(frozen=True)
class Section:
    """One section of a practice, ready to be shown; `language` is that of its text.

    `html` is the expanded text of a rich text section, empty for others.
    """

    item: Item
    value: Any
    language: str
    html: SafeString


BETWEEN = "<!-- section -->"


def sections(version: "PracticePage") -> list[Section]:
    """The sections that hold something, in the order of the ficha.

    Links in all texts are looked up together, so that their number costs no further queries.
    """
    values = {item: version.section(item.key) for item in SECTIONS}
    prose = {item: value.source for item, value in values.items() if value and _is_prose(item)}
    expanded = expand_db_html(BETWEEN.join(prose.values())).split(BETWEEN)
    html = dict(zip(prose, expanded, strict=False))
    shown = []
    for item, value in values.items():
        if value and (not _is_prose(item) or visible_text(value.source)):
            page = version.facts if item.shared else version
            # Wagtail cleaned the text when it was stored, and expands links into safe HTML.
            text = mark_safe(html.get(item, ""))  # noqa: S308
            shown.append(Section(item, value, page.locale.language_code, text))
    return shown


def _is_prose(item: Item) -> bool:
    return item.kind is Kind.RICH_TEXT


@dataclass(frozen=True)
class Text:
    """Words and the language they are in."""

    text: str
    language: str


@dataclass(frozen=True)
class ProfileRow:
    """An item of the profile with what it holds."""

    item: Item
    values: list[Text]


def chosen_texts(version: "PracticePage", item: Item, language: str) -> list[Text]:
    """The chosen values of a closed item in the reader's words; “other” in the practice's own."""
    return [
        Text(version.other_text(item), version.locale.language_code)
        if row.key == OTHER and version.other_text(item)
        else Text(str(row), language)
        for row in version.chosen(item)
    ]


def theme_texts(version: "PracticePage", themes: "Iterable[Theme]") -> list[Text]:
    """The names of the themes, and which is meant by “other”."""
    themes = list(themes)
    texts = [Text(theme.name, theme.language) for theme in themes]
    other = version.other_text(vocabulary.THEMES)
    # A translation may still have one that its original has given up.
    if other and any(theme.code == OTHER for theme in themes):
        texts.append(Text(other, version.locale.language_code))
    return texts


def profile(version: "PracticePage", themes: "Iterable[Theme]", language: str) -> list[ProfileRow]:
    """The items of section 1 that hold something."""
    facts = version.facts
    source = facts.locale.language_code
    rows = []
    for item in version.page_type.profile_items():
        if item in version.page_type.added_items:
            language_of_it = source if item.shared else version.locale.language_code
            values = [Text(version.added_text(item), language_of_it)]
        elif item is vocabulary.THEMES:
            values = theme_texts(version, themes)
        elif item.choices:
            values = chosen_texts(version, item, language)
        elif item.kind is Kind.TEXT_LIST:
            values = [Text(entity.name, source) for entity in facts.rows(item)]
        elif item in {vocabulary.RESPONSIBLE_ENTITY, vocabulary.PARENT_ENTITY}:
            values = [Text(getattr(facts, item.key), source)]
        else:  # country and title stand in the heading of the page
            continue
        if any(value.text for value in values):
            rows.append(ProfileRow(item, values))
    return rows


def practice_context(version: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    """Template context of a practice page.

    `version` is the page served; readers of another language than its own get it under their own
    labels (`is_foreign`).
    """
    language = translation.get_language() or version.locale.language_code
    practice = version.facts
    published = Directory.of(request).published
    related = list(published.related_to(practice).select_related("locale", "record")[:RELATED])
    stored = [practice] if practice.pk else []
    if not stored:  # the preview of a new practice
        practice.public_translations = []
    prefetch_related_objects([*stored, *related], *published.card_relations())
    prefetch_related_objects(stored, "entities", "references")
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
        "description": version.search_description or version.summary_lines(),
        "version": version,
        "language": language,
        "text_language": text_language,
        "foreign_language": text_language if is_foreign else "",
        "is_foreign": is_foreign,
        "translation": notice_of(version, request),
        "original_language_name": names.get(practice.locale.language_code, ""),
        "in_force": record is None or record.in_force,
        "record": record,
        "country": Directory.of(request).countries(language).get(practice.country),
        "themes": themes,
        "levels": chosen_texts(version, vocabulary.TERRITORIAL_LEVEL, language),
        "criteria": practice.chosen(vocabulary.SUCCESS_CRITERIA),
        "profile": profile(version, themes, language),
        "opening": list(filter(None, opening)),
        "figures": list(filter(None, figures)),
        "body": list(shown.values()),
        "references": list(practice.references.all()),
        "tags": list(version.tags.all()),
        "items": vocabulary,
        "code_url": request.build_absolute_uri(f"/ficha/{record.code}/") if record else "",
        "collection_name": collection_name(),
        "related": cards(related, request),
    }
