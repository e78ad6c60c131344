"""The ficha of a version, item by item, in the language of the answer."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from practices import vocabulary
from practices.factsheets.gathering import documents_in, expanded, raw_sections
from practices.factsheets.richtext import absolute
from practices.models import PracticePage
from practices.presentation import chosen_texts
from practices.vocabulary import OTHER, Item, Kind
from practices.words import visible_text

from .ficha_schemas import PUBLIC_ITEMS

if TYPE_CHECKING:
    from practices.models import CountryPage, Theme

HREF = re.compile(r'(?<= href=")[^"]*(?=")')
BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')

Answer = dict[str, Any]


@dataclass(frozen=True)
class Ficha:
    """A version with what its ficha is told by; `raw` are its sections as they are stored."""

    version: PracticePage
    country: "CountryPage | None"
    themes: "list[Theme]"
    language: str
    base_url: str
    raw: Mapping[str, Any]
    documents: Mapping[int, Any]

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        version: PracticePage,
        country: "CountryPage | None",
        themes: "Iterable[Theme]",
        language: str,
    ) -> "Ficha":
        """The ficha of a version as it stands."""
        raw = raw_sections(version)
        base_url = request.build_absolute_uri("/")
        return cls(version, country, list(themes), language, base_url, raw, documents_in([raw]))

    def items(self) -> dict[str, Answer | None]:
        """The public items by their keys, in the order of the ficha; None for empty ones."""
        html = self._html()
        found: dict[str, Answer | None] = {}
        for item in PUBLIC_ITEMS:
            held = self._held(item, html)
            heading = {"number": item.number, "label": str(item.label)}
            found[item.key] = heading | held if held else None
        return found

    def _held(self, item: Item, html: Mapping[str, str]) -> Answer | None:
        found: Answer | None = None
        match item.kind:
            case Kind.COUNTRY:
                found = {"value": self._country()}
            case Kind.TEXT | Kind.EMAIL:
                found = self._text(item)
            case Kind.TEXT_LIST:
                names = [row.name for row in self._facts.rows(item)]
                found = self._values([self._said(name, self._born) for name in names])
            case Kind.CHOICES:
                found = self._values(self._chosen(item))
            case Kind.RICH_TEXT:
                found = self._prose(html.get(item.key, ""))
            case Kind.FIGURES:
                found = self._values(self._figures(item), self._own)
            case Kind.RESOURCES:
                found = self._values(self._resources(item), self._born)
        return found

    @property
    def _facts(self) -> Any:
        return self.version.facts

    @property
    def _own(self) -> str:
        """Language of the version."""
        return self.version.locale.language_code

    @property
    def _born(self) -> str:
        """Language of the shared facts: the original's."""
        return self._facts.locale.language_code

    def _country(self) -> Answer:
        code = self.version.country
        return {"key": code, "label": self.country.title if self.country else code.upper()}

    def _text(self, item: Item) -> Answer | None:
        page = self._facts if item.shared else self.version
        text = getattr(page, item.key)
        return (
            {"value": self._said(text, self._born if item.shared else self._own)} if text else None
        )

    def _said(self, text: str, language: str) -> Answer:
        return {"text": text, "locale": language}

    def _values(self, values: list[Answer], language: str = "") -> Answer | None:
        if not values:
            return None
        return {"values": values} | ({"locale": language} if language else {})

    def _chosen(self, item: Item) -> list[Answer]:
        if item is vocabulary.THEMES:
            return [self._theme(theme) for theme in self.themes]
        rows = self.version.chosen(item)
        texts = chosen_texts(self.version, item, self.language)
        return [
            {"key": row.key, "label": text.text, "locale": text.language}
            for row, text in zip(rows, texts, strict=True)
        ]

    def _theme(self, theme: "Theme") -> Answer:
        other = self.version.other_text(vocabulary.THEMES)
        if theme.code == OTHER and other:
            return {"key": theme.code, "label": other, "locale": self._own}
        return {"key": theme.code, "label": theme.name, "locale": theme.language}

    def _html(self) -> dict[str, str]:
        """The rich text with its links, which are looked up together."""
        key = self.version.pk or 0
        found = expanded({key: dict(self.raw)})
        return {name: text for (_page, name), text in found.items()}

    def _prose(self, html: str) -> Answer | None:
        text = visible_text(html)
        if not text:
            return None
        html = HREF.sub(lambda match: absolute(match[0], self.base_url), BLOCK_KEY.sub("", html))
        return {"locale": self._own, "html": html, "text": text}

    def _figures(self, item: Item) -> list[Answer]:
        return [
            {name: part["value"].get(name) or "" for name in ("figure", "description")}
            for part in self.raw.get(item.key) or []
        ]

    def _resources(self, item: Item) -> list[Answer]:
        parts = self.raw.get(item.key) or []
        found = (self._resource(part["type"], part["value"]) for part in parts)
        return [resource for resource in found if resource]

    def _resource(self, kind: str, value: Mapping[str, Any]) -> Answer | None:
        """A resource; None for a document that is gone, or not public."""
        title = value.get("title") or ""
        if kind != "document":
            url = absolute(value.get("url") or "", self.base_url)
            return {"kind": kind, "title": title, "url": url}
        document = self.documents.get(value.get("document") or 0)
        if document is None:
            return None
        return {
            "kind": kind,
            "title": title,
            "url": absolute(document.url, self.base_url),
            "file_type": document.file_extension.lower(),
            "size": document.file_size,
        }
