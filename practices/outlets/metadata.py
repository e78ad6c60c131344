"""What the head of a public page tells other sites of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext, to_locale
from wagtail.models import Page

from practices.models import CountryPage, PracticePage
from practices.navigation import Alternates, Crumb, LanguageLink, Surroundings, alternates, trail
from practices.organisation import collection_name
from practices.presentation import Text
from practices.renditions import rendition
from practices.words import first_words, visible_text

# Facebook's name for the Spanish of Latin America; Open Graph asks for a territory.
TERRITORIES = {"es": "es_LA", "en": "en_US"}
PICTURE = "format-jpeg|width-1200"
"""The rendition for other sites: one that the page shows, so that it costs no other."""


def language_tag(code: str) -> str:
    """A language as BCP 47 writes it: `pt-BR`."""
    return to_locale(code).replace("_", "-")


@dataclass(frozen=True)
class Subject:
    """A public page as other sites show it: texts with their languages, and its addresses."""

    page: Page
    title: Text
    description: Text
    addresses: Alternates
    crumbs: list[Crumb]
    context: Mapping[str, Any]
    request: HttpRequest
    around: Surroundings

    @property
    def practice(self) -> PracticePage | None:
        """The version that is shown, where the page is a practice."""
        return self.page if isinstance(self.page, PracticePage) else None

    @property
    def is_home(self) -> bool:
        return self.request.path == self.around.home

    @property
    def kind(self) -> str:
        """The type of Open Graph."""
        return "article" if self.practice else "website"

    @property
    def language(self) -> str:
        """The language of the page: of a practice that of its text."""
        return self.page.locale.language_code

    @property
    def locale(self) -> str:
        return _territory(self.language)

    @property
    def other_locales(self) -> list[str]:
        codes = [code for code, _url in self.addresses.languages if code != self.language]
        return [_territory(code) for code in codes]

    @property
    def picture(self) -> Any:
        """The rendition of the picture of a practice; None where it has none.

        A page that is public makes its picture public.
        """
        image = self.practice.facts.picture if self.practice and self.practice.live else None
        return rendition(image, PICTURE)

    def absolute(self, path: str) -> str:
        return self.request.build_absolute_uri(path)


def subject_of(
    context: Mapping[str, Any], around: Surroundings, links: list[LanguageLink]
) -> Subject | None:
    """The page of the tree that a template shows; None where it is a view beside the tree."""
    request, page = context["request"], context.get("page")
    if not isinstance(page, Page):
        return None
    title = _title(context, page)
    crumbs = trail(context.get("country") or page, request)
    if context.get("theme") or context.get("tag") or isinstance(page, PracticePage):
        crumbs.append(Crumb(title.text, request.path))
    return Subject(
        page=page,
        title=title,
        description=_description(context, page, title.language),
        addresses=alternates(page, request, links, context.get("listing")),
        crumbs=crumbs,
        context=context,
        request=request,
        around=around,
    )


def _title(context: Mapping[str, Any], page: Page) -> Text:
    language = context.get("text_language") or page.locale.language_code
    if theme := context.get("theme"):
        return Text(theme.short_name, language)
    if tag := context.get("tag"):
        return Text(tag.name, language)
    return Text(page.seo_title or page.title, language)


def _description(context: Mapping[str, Any], page: Page, language: str) -> Text:
    """In a few words what a page is, else what the collection is."""
    active = translation.get_language() or language
    if theme := context.get("theme"):
        text = theme.text().description
    elif context.get("tag"):
        return Text(gettext("Practices with this tag, in any language."), active)
    else:
        text = context.get("description") or page.search_description or _introduction(page)
    return Text(first_words(text, 40), language) if text else Text(collection_name(), active)


def _introduction(page: Page) -> str:
    text = getattr(page, "introduction", "")
    return visible_text(text) if isinstance(page, CountryPage) else text


def _territory(code: str) -> str:
    return TERRITORIES.get(code, to_locale(code))
