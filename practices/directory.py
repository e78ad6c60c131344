"""What surrounds a practice, in all languages, found once for each request."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import BooleanField, Case, Q, Subquery, When
from django.http import HttpRequest
from wagtail.models import Page

from .querysets import HIDDEN, fold, other_pages, restricted_pages

if TYPE_CHECKING:
    from .models import CountryPage, Theme
    from .querysets import PracticeQuerySet


SURROUNDING = (
    "PracticeIndexPage",
    "CountryPage",
    "ThemeIndexPage",
    "TagIndexPage",
    "PublicationIndexPage",
)


class Directory:
    """Public practices, countries, indexes, menu pages and themes, each read when first asked for."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        """Addresses are as `request` asks for them; a background task has none."""
        self._request = request

    @classmethod
    def of(cls, request: HttpRequest) -> "Directory":
        """The directory of a request, the same for all who ask."""
        if not hasattr(request, "_practices_directory"):
            request._practices_directory = cls(request)  # type: ignore[attr-defined]
        return request._practices_directory  # type: ignore[attr-defined]

    def serve(self, request: HttpRequest) -> None:
        """Be the directory of a request."""
        request._practices_directory = self  # type: ignore[attr-defined]

    @cached_property
    def public(self) -> "PracticeQuerySet":
        """Public versions of practices; querysets made from it read hidden paths no more."""
        practices = apps.get_model("practices", "PracticePage").objects
        return practices.all().hiding(self._tree[1]).public()

    @cached_property
    def published(self) -> "PracticeQuerySet":
        """Public practices, each once."""
        return self.public.originals()

    @cached_property
    def _tree(self) -> tuple[list[Page], list[str], "datetime | None"]:
        """The pages around the practices, the paths that are hidden, and when anything changed.

        All in one query.
        """
        surrounding = [apps.get_model("practices", name) for name in SURROUNDING]
        shown = Q(show_in_menus=True) | Page.objects.type_q(*surrounding)
        hidden = Case(When(HIDDEN, then=True), default=False, output_field=BooleanField())
        changes = apps.get_model("practices", "CollectionChange").objects.order_by("pk")
        changed_at = Subquery(changes.values("at")[:1])
        # A page's own type comes along in the same query where it is a country.
        found, restricted = (
            rows.annotate(is_hidden=hidden, changed_at=changed_at)
            .select_related("locale", "countrypage")
            .order_by()
            for rows in (other_pages().filter(Q(live=True) & shown | HIDDEN), restricted_pages())
        )
        pages, paths = [], []
        changed = None
        for page in found.union(restricted).order_by("path"):
            changed = page.changed_at
            if page.is_hidden:
                paths.append(page.path)
            if page.live and (page.show_in_menus or page.specific_class in surrounding):
                pages.append(getattr(page, "countrypage", page))
        return pages, paths, changed

    @property
    def changed_at(self) -> "datetime | None":
        """When anything that readers are shown of the collection was last changed."""
        return self._tree[2]

    @property
    def _pages(self) -> list[Page]:
        return self._tree[0]

    @cached_property
    def _countries(self) -> dict[str, dict[str, "CountryPage"]]:
        found: dict[str, dict[str, CountryPage]] = defaultdict(dict)
        model = apps.get_model("practices", "CountryPage")
        countries = [page for page in self._pages if isinstance(page, model)]
        for page in sorted(countries, key=lambda page: fold(page.title)):
            found[page.locale.language_code][page.iso_code] = page
        return found

    def countries(self, language: str) -> dict[str, "CountryPage"]:
        """Live country pages by ISO code, in the order of their names.

        A country without a page in the language comes with the one it has.
        """
        own = self._countries.get(language, {})
        others = {code: page for pages in self._countries.values() for code, page in pages.items()}
        return own | {code: page for code, page in others.items() if code not in own}

    def url(self, page: Page) -> str:
        """Address of a page; the roots of the site are looked up once for the request."""
        return page.get_url(self._request) or ""

    def index(self, model_name: str, language: str) -> Page | None:
        """The live index page of a kind (`ThemeIndexPage`, …) in a language."""
        model = apps.get_model("practices", model_name)
        pages = [page for page in self.pages(language) if page.specific_class is model]
        return pages[0] if pages else None

    def pages(self, language: str) -> list[Page]:
        """Country, index and menu pages of a language, in the order of the tree."""
        return [page for page in self._pages if page.locale.language_code == language]

    @cached_property
    def themes(self) -> "list[Theme]":
        """All themes with their texts, in their order."""
        return apps.get_model("practices", "Theme").all_with_texts()

    def with_texts(self, themes: "Iterable[Theme]") -> "list[Theme]":
        """The same themes, their texts at hand."""
        known = {theme.pk: theme for theme in self.themes}
        return [known.get(theme.pk, theme) for theme in themes]

    def translations(self, page: Page) -> dict[str, Page]:
        """Public versions of a page by language."""
        key = page.translation_key
        versions: Iterable[Page] = [page for page in self._pages if page.translation_key == key]
        if not versions:  # neither index nor country, nor in the menu
            stored = Page.objects.filter(translation_key=key, live=True)
            versions = stored.select_related("locale")
        return {
            version.locale.language_code: version for version in versions if not self.hides(version)
        }

    def hides(self, page: Page) -> bool:
        """Whether a page is restricted, or lies below one that is, or is unpublished."""
        return any(page.path.startswith(path) for path in self._tree[1])
