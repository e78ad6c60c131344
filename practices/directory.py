"""The pages around the practices, in all languages, found once for each request."""

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Q
from django.http import HttpRequest
from wagtail.models import Page

from .languages import content_languages

if TYPE_CHECKING:
    from .models import CountryPage, Theme


class Directory:
    """Countries, indexes, menu pages and themes. Each kind costs one query, when first asked for."""

    @classmethod
    def of(cls, request: HttpRequest) -> "Directory":
        """The directory of a request, the same for all who ask."""
        if not hasattr(request, "_practices_directory"):
            request._practices_directory = cls()  # type: ignore[attr-defined]
        return request._practices_directory

    @cached_property
    def _countries(self) -> dict[str, dict[str, "CountryPage"]]:
        found: dict[str, dict[str, CountryPage]] = defaultdict(dict)
        pages = apps.get_model("practices", "CountryPage").objects.live()
        for page in pages.select_related("locale").order_by("title"):
            found[page.locale.language_code][page.iso_code] = page
        return found

    def countries(self, language: str) -> dict[str, "CountryPage"]:
        """Live country pages of a language by ISO code, in the order of their names."""
        return self._countries.get(language, {})

    @cached_property
    def _pages(self) -> list[Page]:
        indexes = [
            apps.get_model("practices", name)
            for name in ("PracticeIndexPage", "ThemeIndexPage", "TagIndexPage")
        ]
        wanted = Page.objects.live().filter(Q(show_in_menus=True) | Page.objects.type_q(*indexes))
        return list(wanted.select_related("locale"))

    def index(self, model_name: str, language: str) -> Page | None:
        """The live index page of a kind (`ThemeIndexPage`, …) in a language."""
        model = apps.get_model("practices", model_name)
        pages = [page for page in self.pages(language) if page.specific_class is model]
        return pages[0] if pages else None

    def pages(self, language: str) -> list[Page]:
        """Index and menu pages of a language, in the order of the tree."""
        return [page for page in self._pages if page.locale.language_code == language]

    @cached_property
    def themes(self) -> "list[Theme]":
        """All themes with their texts, in their order."""
        return list(apps.get_model("practices", "Theme").objects.with_texts())

    def translations(self, page: Page) -> dict[str, Any]:
        """Live versions of a country, index or menu page by language."""
        known: list[Any] = [
            *self._pages,
            *(
                self._countries[code][iso]
                for code, _name in content_languages()
                for iso in self.countries(code)
            ),
        ]
        return {
            version.locale.language_code: version
            for version in known
            if version.translation_key == page.translation_key
        }
