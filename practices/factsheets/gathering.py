"""Reading what fact sheets say: many practices at once, in a number of queries that stays the same."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.db.models import prefetch_related_objects
from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation
from wagtail.documents import get_document_model
from wagtail.rich_text import expand_db_html

from practices import vocabulary
from practices.dates import day
from practices.directory import Directory
from practices.kinds import read_specific
from practices.languages import content_languages
from practices.models import PracticePage, PracticeVersion
from practices.organisation import collection_name
from practices.presentation import BETWEEN, Card, cards_of, chosen_texts, profile
from practices.presentation import Text as ShownText
from practices.translation.reading import outdated_sections
from practices.videos import host, provider
from practices.vocabulary import SECTIONS, Item, Kind

from .codes import short_code
from .notices import notices
from .pictures import Pictures
from .richtext import absolute, blocks_of
from .sheet import Citation, Entry, EntryKind, Figure, Resource, Sheet, Text, Theme

RELATIONS = ("entities", "references")


def gather(
    practices: Sequence[int], language: str, directory: Directory, base_url: str, pictures: Pictures
) -> list[Sheet]:
    """The sheets of public practices, for readers of a language.

    `practices` are primary keys of originals, in the order that is wanted; those that are not
    public are left out. `base_url` begins all addresses (`https://host/`). The pictures of the
    sheets are added to `pictures`.
    """
    stored = directory.published.for_cards().select_related("picture").in_bulk(practices)
    with translation.override(language):
        found = cards_of([stored[key] for key in practices if key in stored], directory)
        return list(_Gathering(found, language, base_url, pictures).sheets())


class _Gathering:
    """What is looked up once for all sheets."""

    def __init__(self, cards: list[Card], language: str, base_url: str, pictures: Pictures) -> None:
        self._cards, self._language, self._base_url = cards, language, base_url
        self._languages = {code: str(name) for code, name in content_languages()}
        versions = [card.version for card in cards]
        read_specific(
            {page.pk: page for card in cards for page in (card.practice, card.version)}.values()
        )
        for card in cards:
            if card.version is not card.practice:
                card.version.original = card.practice
        prefetch_related_objects([card.practice for card in cards], *RELATIONS)
        prefetch_related_objects(versions, "tagged_items__tag")
        self._versions = _latest_versions(versions)
        self._raw = {card.version.pk: raw_sections(card.version) for card in cards}
        self._documents = documents_in(self._raw.values())
        self._html = expanded(self._raw)
        self._pictures = pictures.of([card.practice.picture for card in cards])

    def sheets(self) -> Iterable[Sheet]:
        return (self._sheet(card) for card in self._cards)

    def _sheet(self, card: Card) -> Sheet:
        page, practice = card.version, card.practice
        version = self._versions.get(page.pk)
        is_translation = version is not None and page is not practice
        outdated = outdated_sections(version, practice) if is_translation else []
        published = timezone.localtime(page.last_published_at or page.first_published_at)
        return Sheet(
            page=page.pk,
            code=card.code,
            short_code=short_code(card.code),
            language=self._language,
            text_language=card.text_language,
            title=_text(card.title, card.text_language),
            country=self._country(card),
            themes=[
                Theme(
                    code=theme.code,
                    name=_text(theme.name, theme.language),
                    short_name=_text(theme.short_name, theme.language),
                    colour=theme.colour,
                )
                for theme in card.themes
            ],
            levels=_texts(card.levels),
            notices=notices(card, version, outdated, self._languages),
            updated=day(published),
            version=version.number if version else 1,
            modified=[published.year, published.month, published.day],
            picture=self._pictures.get(practice.picture_id, practice.locale.language_code),
            entries=[*self._profile(card), *self._contact(card), *self._sections(card, outdated)],
            references=[
                Resource(
                    kind="link",
                    title=reference.title or reference.url,
                    url=absolute(reference.url, self._base_url),
                    about="",
                )
                for reference in practice.references.all()
            ],
            tags=[_text(row.tag.name, card.text_language) for row in page.tagged_items.all()],
            institutions=[
                _text(name, practice.locale.language_code)
                for name in dict.fromkeys(practice.entity_names)
                if name
            ],
            citation=self._citation(card, str(published.year)),
            url=absolute(card.url, self._base_url),
            code_url=self._code_url(card),
        )

    def _country(self, card: Card) -> Any:
        page = card.country
        name = page.title if page else card.practice.country.upper()
        language = page.locale.language_code if page else self._language
        return {"code": card.practice.country, "name": _text(name, language)}

    def _code_url(self, card: Card) -> str:
        return absolute(f"/ficha/{card.code}/", self._base_url)

    def _citation(self, card: Card, year: str) -> Citation:
        practice = card.practice
        return Citation(
            entity=_text(practice.responsible_entity, practice.locale.language_code),
            year=year,
            title=_text(card.title, card.text_language),
            collection=collection_name(),
            code=card.code,
            url=self._code_url(card),
        )

    def _profile(self, card: Card) -> list[Entry]:
        country = self._country(card)["name"]
        rows: dict[Item, list[Text]] = {
            vocabulary.COUNTRY: [country],
            vocabulary.TITLE: [_text(card.title, card.text_language)],
        }
        for row in profile(card.version, card.themes, self._language):
            rows[row.item] = _texts(row.values)
        return [
            _entry(item, "texts", rows[item], self._language)
            for item in card.version.page_type.profile_items()
            if item in rows
        ]

    def _contact(self, card: Card) -> list[Entry]:
        language = card.practice.locale.language_code
        public = [item for item in vocabulary.CONTACT if not item.private]
        texts = {item: getattr(card.practice, item.key) for item in public}
        return [
            _entry(item, "texts", [_text(text, language)], language)
            for item, text in texts.items()
            if text
        ]

    def _sections(self, card: Card, outdated: list[str]) -> list[Entry]:
        entries = []
        for item in vocabulary.DESCRIPTION:
            kind, value = self._section(card, item)
            if value:
                page = card.practice if item.shared else card.version
                entry = _entry(item, kind, value, page.locale.language_code)
                entry["outdated"] = item.key in outdated
                entries.append(entry)
        return entries

    def _section(self, card: Card, item: Item) -> tuple[EntryKind, list[Any]]:
        if item.choices:
            return "texts", _texts(chosen_texts(card.version, item, self._language))
        page = card.version
        if item.kind is Kind.RICH_TEXT:
            return "rich", blocks_of(self._html.get((page.pk, item.key), ""), self._base_url)
        raw = self._raw[page.pk].get(item.key) or []
        if item.kind is Kind.FIGURES:
            return "figures", [
                Figure(
                    figure=part["value"].get("figure") or "",
                    description=part["value"].get("description") or "",
                )
                for part in raw
            ]
        resources = (self._resource(part["type"], part["value"]) for part in raw)
        return "resources", [resource for resource in resources if resource]

    def _resource(self, kind: str, value: dict[str, Any]) -> Resource | None:
        """A resource as it is stored; None for a document that is gone."""
        title = value.get("title") or ""
        if kind != "document":
            url = value.get("url") or ""
            about = provider(url) if kind == "video" else host(url)
            return Resource(kind=kind, title=title, url=absolute(url, self._base_url), about=about)
        document = self._documents.get(value.get("document") or 0)
        if document is None:
            return None
        size = filesizeformat(document.file_size) if document.file_size else ""
        about = ", ".join(filter(None, (document.file_extension.upper(), size)))
        url = absolute(document.url, self._base_url)
        return Resource(kind=kind, title=title, url=url, about=about)


def _text(text: str, language: str) -> Text:
    return Text(text=str(text), lang=language)


def _texts(shown: Iterable[ShownText]) -> list[Text]:
    return [_text(text.text, text.language) for text in shown]


def _entry(item: Item, kind: EntryKind, value: list[Any], language: str) -> Entry:
    return Entry(
        number=item.number,
        key=item.key,
        label=str(item.label),
        kind=kind,
        lang=language,
        value=value,
        outdated=False,
    )


def _latest_versions(pages: Iterable[PracticePage]) -> dict[int, PracticeVersion]:
    """The last publication of each page."""
    keys = [page.pk for page in pages]
    versions = PracticeVersion.objects.filter(page_id__in=keys).order_by("number")
    return {version.page_id: version for version in versions}


def raw_sections(version: PracticePage) -> dict[str, Any]:
    """The sections of a version as they are stored, with those that stand on the original."""
    shared = vocabulary.SHARED_SECTIONS
    own = {part["type"]: part["value"] for part in version.sections.raw_data}
    if version.is_original:
        return own
    facts = {part["type"]: part["value"] for part in version.facts.sections.raw_data}
    return {key: (facts if key in shared else own).get(key) for key in {*own, *facts}}


def documents_in(sections: Iterable[dict[str, Any]]) -> dict[int, Any]:
    """The documents that sections name, found together."""
    resources = [item.key for item in SECTIONS if item.kind is Kind.RESOURCES]
    parts = chain.from_iterable(raw.get(key) or [] for raw in sections for key in resources)
    keys = {part["value"].get("document") for part in parts if part["type"] == "document"}
    return get_document_model().objects.in_bulk(keys - {None}) if keys else {}


def expanded(sections: dict[int, dict[str, Any]]) -> dict[tuple[int, str], str]:
    """The prose of all pages with its links, which are looked up together."""
    prose = {
        (page, item.key): raw[item.key]
        for page, raw in sections.items()
        for item in SECTIONS
        if item.kind is Kind.RICH_TEXT and raw.get(item.key)
    }
    return dict(
        zip(prose, expand_db_html(BETWEEN.join(prose.values())).split(BETWEEN), strict=True)
    )
