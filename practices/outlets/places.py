"""Every public address with itself in other languages, as the heads of pages name them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from practices.directory import Directory
from practices.facets import COUNTRY, TAG, THEME
from practices.languages import content_languages
from practices.models import (
    CatalogueFact,
    CountryPage,
    PracticeIndexPage,
    PracticePage,
    TagIndexPage,
    ThemeIndexPage,
)
from practices.models.catalogue import Pair
from practices.navigation import for_anybody
from practices.querysets import hidden_paths

LISTS = (PracticeIndexPage, ThemeIndexPage, TagIndexPage)
VIEWS: tuple[str, ...] = ("practices_matrix",)
"""Names of public views beside the page tree."""


@dataclass(frozen=True)
class Place:
    """A page in its languages: `paths` and when each text `changed` by language.

    `default` is the path for readers of any other language.
    """

    paths: dict[str, str]
    default: str
    changed: dict[str, datetime | None] = field(default_factory=dict)


class Places:
    """The public pages of the site of a request, read in a fixed number of queries."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._directory = Directory.of(request)
        # A language that was just added has no tree yet, and no page leads there.
        codes = [code for code, _name in content_languages()]
        self.languages = [code for code in codes if self._directory.pages(code)]

    @cached_property
    def total(self) -> int:
        """How many practices there are."""
        return self._directory.published.count()

    @cached_property
    def texts(self) -> int:
        """How many texts of practices there are, each with an address."""
        return self._directory.public.count()

    def pages(self) -> Iterator[Place]:
        """All but practices."""
        yield from self._tree()
        yield from self._views()
        yield from self._themes()
        yield from self._tags()

    @cached_property
    def _hidden(self) -> list[str]:
        return hidden_paths()

    @cached_property
    def _changed(self) -> dict[Pair, datetime]:
        """When a practice of each country, theme and tag changed last."""
        facets = [facet.name for facet in (COUNTRY, THEME, TAG)]
        facts = CatalogueFact.objects.filter(value__facet__in=facets).order_by("value__value")
        last = facts.values_list("value__facet", "value__value").annotate(
            Max("entry__texts__page__last_published_at")
        )
        return {(facet, value): moment for facet, value, moment in last}

    @cached_property
    def _newest(self) -> datetime | None:
        return max(filter(None, self._changed.values()), default=None)

    def _tree(self) -> Iterator[Place]:
        """Pages of the tree; lists change with the practices in them."""
        pages = Page.objects.live().filter(depth__gt=1, alias_of=None).not_type(PracticePage)
        groups: dict[object, dict[str, Page]] = defaultdict(dict)
        for page in pages.select_related("locale", "countrypage").order_by("path"):
            if self._is_open(page):
                own = getattr(page, "countrypage", page)
                groups[page.translation_key][page.locale.language_code] = own
        for versions in groups.values():
            paths, changed = {}, {}
            for code in self.languages:
                path = versions[code].get_url(self._request) if code in versions else ""
                # Pages of other sites have whole addresses.
                if path and path.startswith("/"):
                    paths[code] = path
                    changed[code] = self._changed_at(versions[code], path == f"/{code}/")
            if paths:
                yield Place(paths, for_anybody(paths, next(iter(paths.values()))), changed)

    def _is_open(self, page: Page) -> bool:
        return not any(page.path.startswith(path) for path in self._hidden)

    def _changed_at(self, page: Page, is_home: bool) -> datetime | None:
        own = [page.last_published_at]
        if isinstance(page, CountryPage):
            own.append(self._changed.get((COUNTRY.name, page.iso_code)))
        elif is_home or page.specific_class in LISTS:
            own.append(self._newest)
        return max((moment for moment in own if moment), default=None)

    def _views(self) -> Iterator[Place]:
        for name in VIEWS:
            paths = {}
            for code in self.languages:
                with translation.override(code):
                    paths[code] = reverse(name)
            yield self._place(paths, self._newest)

    def _place(self, paths: dict[str, str], changed: datetime | None) -> Place:
        default = for_anybody(paths, next(iter(paths.values())))
        return Place(paths, default, dict.fromkeys(paths, changed))

    def _indexes(self, model_name: str) -> dict[str, str]:
        """Addresses of an index page by language."""
        pages = {code: self._directory.index(model_name, code) for code in self.languages}
        return {
            code: self._directory.url(page)
            for code, page in pages.items()
            if page and self._is_open(page)
        }

    def _themes(self) -> Iterator[Place]:
        """Pages of themes, in the languages that a theme has a text in."""
        indexes = self._indexes("ThemeIndexPage")
        for theme in self._directory.themes:
            texts = {code: theme.text(code) for code in indexes}
            paths = {
                code: f"{indexes[code]}{text.slug}/"
                for code, text in texts.items()
                if text.language == code
            }
            if paths:
                yield self._place(paths, self._changed.get((THEME.name, theme.code)))

    def _tags(self) -> Iterator[Place]:
        """Pages of tags that some public text has."""
        indexes = self._indexes("TagIndexPage")
        if not indexes:
            return
        public = self._directory.public.order_by()
        slugs = set(public.filter(tags__isnull=False).values_list("tags__slug", flat=True))
        for (facet, slug), moment in self._changed.items():
            if facet == TAG.name and slug in slugs:
                paths = {code: f"{url}{slug}/" for code, url in indexes.items()}
                yield self._place(paths, moment)

    def practices(self, start: int = 0, stop: int | None = None) -> Iterator[Place]:
        """Practices in the order of their keys, at the addresses of their texts."""
        versions = self._directory.public
        if stop is not None:
            keys = self._directory.published.order_by("pk").values_list("pk", flat=True)
            some = list(keys[start:stop])
            first, last = (some[0], some[-1]) if some else (0, 0)
            originals = Q(original=None, pk__gte=first, pk__lte=last)
            versions = versions.filter(originals | Q(original__gte=first, original__lte=last))
        texts: dict[int, dict[str, tuple[str, datetime | None]]] = defaultdict(dict)
        source: dict[int, str] = {}
        columns = ("pk", "original", "slug", "country", "locale__language_code")
        rows = versions.order_by("pk").values_list(*columns, "last_published_at")
        for pk, original, slug, country, code, changed in rows.iterator():
            page = self._directory.countries(code).get(country)
            if page and page.locale.language_code == code:
                texts[original or pk][code] = (f"{self._directory.url(page)}{slug}/", changed)
            if original is None:
                source[pk] = code
        for pk, found in texts.items():
            codes = [code for code in self.languages if code in found]
            default = found.get(source.get(pk, "")) or found[codes[0]]
            yield Place(
                {code: found[code][0] for code in codes},
                default[0],
                {code: found[code][1] for code in codes},
            )
