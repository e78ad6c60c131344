"""Where a page stands: the indexes around it, the way to it, itself in other languages."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page

from .directory import Directory
from .languages import content_languages
from .models import PracticePage, Theme


@dataclass(frozen=True)
class Surroundings:
    """Addresses of the home page and of the indexes in the reader's language; empty if none."""

    home: str
    practices: str
    themes: str
    tags: str
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


def trail(page: Page, request: HttpRequest) -> list[Crumb]:
    """The pages above a page, and itself last."""
    language = translation.get_language() or ""
    directory = Directory.of(request)
    index = directory.index("PracticeIndexPage", language)
    crumbs = [Crumb(gettext("Home"), f"/{language}/")]
    if index and page.path.startswith(index.path) and page.pk != index.pk:
        crumbs.append(Crumb(index.title, directory.url(index)))
    return [*crumbs, Crumb(page.title, directory.url(page))]


@dataclass(frozen=True)
class LanguageLink:
    """The current page in a language; `exists` where it is a text of that language."""

    code: str
    name: str
    url: str
    exists: bool

    @property
    def is_current(self) -> bool:
        return self.code == translation.get_language()

    @property
    def short(self) -> str:
        return self.code.partition("-")[0].upper()


def language_links(
    page: Page, request: HttpRequest, theme: Theme | None = None, tag: Any = None
) -> list[LanguageLink]:
    """The same page in every language of the site, with its query string.

    A page without a translation leads to the home page of the language; a practice never does:
    its address exists in each language.
    """
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    directory = Directory.of(request)
    links = []
    for code, name in content_languages():
        url, exists = f"/{code}/", False
        if isinstance(page, PracticePage):
            practice = page.facts
            country = directory.countries(code).get(practice.country)
            if country:
                url = f"{directory.url(country)}{practice.slug}/"
                exists = any(
                    version.locale.language_code == code
                    for version in (practice, *practice.public_translations)
                )
        elif version := directory.translations(page).get(code):
            exists = True
            url = directory.url(version)
            if theme:
                url += f"{theme.text(code).slug}/"
            elif tag:
                url += f"{tag.slug}/"
        links.append(LanguageLink(code, str(name), f"{url}{query}", exists))
    return links
