"""The lists of the collection: practices, themes, tags."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from practices.directory import Directory
from practices.facets import THEME
from practices.figures.map import country_map
from practices.listing import Listing
from practices.moderation.permissions import IndexPermissionTester
from practices.searches import count_if_failed
from practices.statistics import facet_counts, theme_counts, theme_in_countries
from practices.tag_lists import cloud, related_tags, tag_groups

from .privacy import RestrictionsByPathMixin
from .tags import MergedTag
from .taxonomy import Theme


class IntroducedPage(RestrictionsByPathMixin, Page):
    """A page of the collection with a plain introduction and no privacy of its own."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, "introduction"]
    api_fields = [APIField("introduction", writable=True)]
    private_page_options: list[str] = []

    class Meta:
        abstract = True

    def permissions_for_user(self, user: Any) -> IndexPermissionTester:
        """What a person may do with the page of a list."""
        return IndexPermissionTester(user, self)


class PracticeIndexPage(IntroducedPage):
    """The list of all practices. Which page may hold it is said by the host site."""

    template = "practices/practice_index_page.html"
    subpage_types = ["practices.CountryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of practices")
        verbose_name_plural = _("indexes of practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = Listing(request)
        count_if_failed(context["listing"], request)
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find the country in the directory, which its page needs anyway."""
        if not path_components:
            return super().route(request, path_components)
        countries = Directory.of(request).countries(translation.get_language() or "")
        for country in countries.values():
            if country.slug == path_components[0]:
                return country.route(request, path_components[1:])
        raise Http404


class ThemeIndexPage(RoutablePageMixin, IntroducedPage):
    """All themes; each theme has its page below, by its slug in the language of the tree."""

    template = "practices/theme_index_page.html"
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of themes")
        verbose_name_plural = _("indexes of themes")

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """All themes with their numbers of practices."""
        themes = theme_counts(facet_counts(THEME), Directory.of(request).themes)
        return self.render(request, context_overrides={"themes": themes})

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page of a theme; its slug in another language redirects."""
        language = self.locale.language_code
        directory = Directory.of(request)
        themes = directory.themes
        own = [theme for theme in themes if theme.text(language).slug == slug]
        theme = next(iter(own or [theme for theme in themes if theme.has_slug(slug)]), None)
        if theme is None or not slug:
            raise Http404
        if not own:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{self.theme_url(theme, request)}{query}")
        countries = theme_in_countries(theme, directory.countries(language))
        return self.render(
            request,
            context_overrides={
                "theme": theme,
                "map": country_map(
                    countries, lambda country: f"?country={country.iso_code}#practices"
                ),
                "practice_count": sum(country.count for country in countries),
                "text_language": theme.text(language).language,
                "listing": Listing(request, ("theme", theme.code)),
            },
            template="practices/theme.html",
        )

    def theme_url(self, theme: Theme, request: HttpRequest | None = None) -> str:
        """Address of a theme in the language of this tree."""
        slug = theme.text(self.locale.language_code).slug
        return f"{self.get_url(request)}{slug}/"


class TagIndexPage(RoutablePageMixin, IntroducedPage):
    """All tags of the practices that readers of this tree are shown."""

    template = "practices/tag_index_page.html"
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of tags")
        verbose_name_plural = _("indexes of tags")

    @path("")
    def index(self, request: HttpRequest) -> HttpResponse:
        """The most used tags, and all from A to Z."""
        groups = tag_groups(self.locale.language_code)
        return self.render(request, context_overrides={"groups": groups, "cloud": cloud(groups)})

    @path("<str:slug>/", name="tag")
    def tag(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page of a tag: the practices of which a public version has it.

        The address of a tag that was merged leads to the other one, unless it has a page again.
        """
        languages = self._languages_of(request, slug)
        if not languages:
            merged_into = MergedTag.successor(slug)
            if merged_into is None or not self._languages_of(request, merged_into.slug):
                raise Http404
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            url = f"{self.get_url(request)}{merged_into.slug}/{query}"
            return redirect(url, permanent=True)
        own = translation.get_language() or ""  # that of the tree, with no query
        return self.render(
            request,
            context_overrides={
                "tag": Tag.objects.get(slug=slug),
                "text_language": own if own in languages else languages[0],
                "listing": Listing(request, ("tag", slug)),
                "related_tags": related_tags(slug, own),
            },
            template="practices/tag.html",
        )

    def _languages_of(self, request: HttpRequest, slug: str) -> list[str]:
        """The languages of the public versions that have a tag; none where it has no page."""
        versions = Directory.of(request).public.filter(tags__slug=slug).order_by()
        codes = versions.values_list("locale__language_code", flat=True)
        return sorted(set(codes))
