"""What the pages of publications show, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils import timezone, translation
from wagtail.images import get_image_model

from practices.directory import Directory
from practices.languages import content_languages
from practices.presentation import Text

from .citing import citation_of

COVER = "width-640"
FORMATS = ("avif", "webp", "jpeg")
FILE_NAMES = {"es": "publicacion", "pt-br": "publicacao"}
"""Names of the files below the page, by the language of its tree."""


@dataclass(frozen=True)
class Entry:
    """A practice of a publication; `url` is empty where it is not public any more."""

    code: str
    title: Text
    country: str
    country_name: Text
    url: str
    language_name: str


@dataclass(frozen=True)
class Group:
    """Practices that stand together; the title may be empty."""

    title: Text
    entries: list[Entry]


@dataclass(frozen=True)
class Shown:
    """A publication in the list of all; `edition` is what readers have of it."""

    page: Any
    edition: Any
    url: str
    language_names: list[str]
    is_foreign: bool = field(default=False)


def file_name(language: str) -> str:
    """Name of the files of a publication, without extension."""
    return FILE_NAMES.get(language, FILE_NAMES["es"])


def language_names(codes: Iterable[str]) -> list[str]:
    """Names of languages, in the order of the settings."""
    wanted = set(codes)
    return [str(name) for code, name in content_languages() if code in wanted]


def publication_context(page: Any, request: HttpRequest) -> dict[str, Any]:
    """Template context of a publication: its last edition; in a preview, what would be one."""
    edition = page.edition
    if getattr(request, "is_preview", False):
        # Compiling reads the models of practices, which are made after this module.
        from .freezing import compiled

        contents = compiled(page, with_pictures=False).contents
        languages, edition = page.languages, None
        count = sum(len(group["practices"]) for group in contents)
    else:
        contents = edition.contents if edition else []
        languages, count = (edition.languages, edition.count) if edition else ([], 0)
    published = timezone.localtime(edition.published_at if edition else None)
    own = page.locale.language_code
    address = f"{page.get_url(request) or ''}{file_name(own)}"
    files = list(edition.files.defer("fault")) if edition else []
    return {
        "edition": edition,
        "published": published,
        "count": count,
        "groups": _groups(contents, request),
        "language_names": language_names(languages),
        "files": [(file, f"{address}.{file.extension}") for file in files],
        "is_waiting": not all(file.is_made for file in files),
        "citation": citation_of(page, published.year, edition.number if edition else 1),
        "description": page.search_description,
    }


def _groups(contents: list[dict[str, Any]], request: HttpRequest) -> list[Group]:
    language = translation.get_language() or ""
    codes = [practice["code"] for group in contents for practice in group["practices"]]
    addresses = _addresses(codes, language, request)
    names = {code: str(name) for code, name in content_languages()}

    def entry(practice: dict[str, Any]) -> Entry:
        titles = practice["titles"]
        own = language if language in titles else next(iter(titles))
        country = practice["country"]
        return Entry(
            code=practice["code"],
            title=Text(titles[own], own),
            country=country["code"],
            country_name=Text(country["name"]["text"], country["name"]["lang"]),
            url=addresses.get(practice["code"], ""),
            language_name="" if own == language else names.get(own, own),
        )

    return [
        Group(
            Text(group["title"]["text"], group["title"]["lang"]),
            [entry(practice) for practice in group["practices"]],
        )
        for group in contents
    ]


def _addresses(codes: list[str], language: str, request: HttpRequest) -> dict[str, str]:
    """The addresses of practices that are public now, by code."""
    directory = Directory.of(request)
    countries = {code: directory.url(page) for code, page in directory.countries(language).items()}
    rows = directory.published.filter(record__code__in=codes).order_by()
    return {
        code: f"{countries[country]}{slug}/"
        for code, country, slug in rows.values_list("record__code", "country", "slug")
        if country in countries
    }


def index_context(request: HttpRequest) -> dict[str, Any]:
    """Template context of the index: the publications of all languages, newest first."""
    directory = Directory.of(request)
    language = translation.get_language() or ""
    specs = [f"format-{name}|{COVER}" for name in FORMATS]
    covers = get_image_model().objects.prefetch_renditions(*specs)
    stored = apps.get_model("practices", "PublicationPage").objects.live()
    pages = list(
        stored.select_related("locale").prefetch_related(Prefetch("cover", queryset=covers))
    )
    editions = apps.get_model("practices", "PublicationEdition").objects
    rows = editions.filter(page__in=pages).defer("data", "contents").order_by("number")
    last = {edition.page_id: edition for edition in rows}
    shown = [
        Shown(
            page,
            last[page.pk],
            directory.url(page),
            language_names(last[page.pk].languages),
            page.locale.language_code != language,
        )
        for page in pages
        if page.pk in last and not directory.hides(page)
    ]
    shown.sort(key=lambda one: one.edition.published_at, reverse=True)
    return {"publications": shown}
