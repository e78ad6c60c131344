"""Where a page stands: the indexes around it, the way to it, itself in other languages."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from .directory import Directory
from .languages import content_languages
from .models import PracticePage, PublicationPage, Theme


@dataclass(frozen=True)
class Surroundings:
    """Addresses of the home page and of the indexes in the reader's language; empty if none."""

    home: str
    practices: str
    themes: str
    tags: str
    publications: str
    menu: list[Page]

    @classmethod
    def find(cls, request: HttpRequest) -> "Surroundings":
        language = translation.get_language() or ""
        directory = Directory.of(request)

        def address(model_name: str) -> str:
            page = directory.index(model_name, language)
            return directory.url(page) if page else ""

        return cls(
            home=f"/{language}/",
            practices=address("PracticeIndexPage"),
            themes=address("ThemeIndexPage"),
            tags=address("TagIndexPage"),
            publications=address("PublicationIndexPage"),
            menu=[page for page in directory.pages(language) if page.show_in_menus],
        )

    def theme(self, theme: Theme) -> str:
        """Address of a theme's page."""
        slug = theme.text().slug
        return f"{self.themes}{slug}/" if self.themes and slug else ""


@dataclass(frozen=True)
class Crumb:
    """A page above the current one."""

    title: str
    url: str


def trail(page: Page | None, request: HttpRequest) -> list[Crumb]:
    """The pages above a page, and itself last; of a view the home page alone."""
    language = translation.get_language() or ""
    crumbs = [Crumb(gettext("Home"), f"/{language}/")]
    if page is None:
        return crumbs
    directory = Directory.of(request)
    for name in ("PracticeIndexPage", "PublicationIndexPage"):
        index = directory.index(name, language)
        if index and page.path.startswith(index.path) and page.pk != index.pk:
            crumbs.append(Crumb(index.title, directory.url(index)))
    return [*crumbs, Crumb(page.title, directory.url(page))]


@dataclass(frozen=True)
class LanguageLink:
    """The current page in a language; `exists` where it is a text of that language."""

    code: str
    name: str
    path: str
    exists: bool
    query: str = ""

    @property
    def is_current(self) -> bool:
        return self.code == translation.get_language()

    @property
    def short(self) -> str:
        return self.code.partition("-")[0].upper()

    @property
    def url(self) -> str:
        """The address with the query string of the request, so that filters stay."""
        return f"{self.path}?{self.query}" if self.query else self.path


def language_links(
    page: Page | None, request: HttpRequest, theme: Theme | None = None, tag: Any = None
) -> list[LanguageLink]:
    """The same page, or view, in every language of the site.

    A page without a translation leads to the home page of the language; a practice never does:
    its address exists in each language. A publication leads to the list of all.
    """
    if page is None:
        places = {code: _view(request, code) for code, _name in content_languages()}
    elif isinstance(page, PracticePage):
        places = _practice(page, request)
    elif isinstance(page, PublicationPage):
        places = _publication(page, request)
    else:
        places = _page(page, request, theme, tag)
    query = request.GET.urlencode()
    directory = Directory.of(request)
    return [
        LanguageLink(code, str(name), *places.get(code, (f"/{code}/", False)), query)
        for code, name in content_languages()
        if directory.pages(code)  # a language that was just added has no tree yet
    ]


def _view(request: HttpRequest, code: str) -> tuple[str, bool]:
    """Address of a view in a language; the home page where the address has no language."""
    path = translate_url(request.path, code)
    return (path, True) if path.startswith(f"/{code}/") else (f"/{code}/", False)


def _practice(page: PracticePage, request: HttpRequest) -> dict[str, tuple[str, bool]]:
    """Addresses of a practice by language, and whether it has a public text there."""
    directory = Directory.of(request)
    practice = page.facts
    texts = {version.locale.language_code for version in (practice, *practice.public_translations)}
    places = {}
    for code, _name in content_languages():
        country = directory.countries(code).get(practice.country)
        if country and country.locale.language_code == code:
            places[code] = (f"{directory.url(country)}{practice.slug}/", code in texts)
    return places


def _publication(page: PublicationPage, request: HttpRequest) -> dict[str, tuple[str, bool]]:
    """Address of a publication in its own language, and of their list in the others."""
    directory = Directory.of(request)
    indexes = {
        code: directory.index("PublicationIndexPage", code) for code, _name in content_languages()
    }
    places = {code: (directory.url(index), False) for code, index in indexes.items() if index}
    return places | {page.locale.language_code: (directory.url(page), True)}


def _page(
    page: Page, request: HttpRequest, theme: Theme | None, tag: Any
) -> dict[str, tuple[str, bool]]:
    """Addresses of a page, or of the theme or tag it shows, by language."""
    directory = Directory.of(request)
    places = {}
    for code, version in directory.translations(page).items():
        path, exists = directory.url(version), True
        if theme:
            text = theme.text(code)
            path, exists = f"{path}{text.slug}/", text.language == code
        elif tag:
            path = f"{path}{tag.slug}/"
        places[code] = (path, exists)
    return places


@dataclass(frozen=True)
class Alternates:
    """What the head of a page says of its address: the canonical one, and those of its texts.

    All are absolute, without filters; `default` is for readers of any other language.
    """

    canonical: str
    languages: list[tuple[str, str]]
    default: str


def for_anybody(texts: dict[str, str], own: str) -> str:
    """The path for readers of any other language, of the paths of a page by language."""
    if own in {f"/{code}/" for code, _name in content_languages()}:
        return "/"
    # Where nothing is in the site's language, the text that there is serves for all.
    return texts.get(settings.LANGUAGE_CODE) or next(iter(texts.values()), own)


def alternates(
    page: Page | None, request: HttpRequest, links: list[LanguageLink], listing: Any = None
) -> Alternates:
    """The addresses of a page in its languages. A page of a list keeps its number."""
    number = listing.page.number if listing and not listing.filter.is_active else 1
    query = f"?page={number}" if number > 1 else ""
    texts = {link.code: link.path for link in links if link.exists}
    own = request.path
    default = for_anybody(texts, own)
    if isinstance(page, PracticePage):
        own = page.get_url(request) or own
        default = page.facts.get_url(request) or own

    def absolute(path: str) -> str:
        return request.build_absolute_uri(f"{path}{query}")

    return Alternates(
        absolute(own), [(code, absolute(path)) for code, path in texts.items()], absolute(default)
    )
