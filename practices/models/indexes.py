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
from practices.listing import Listing
from practices.moderation.permissions import IndexPermissionTester
from practices.statistics import tag_groups, theme_counts

from .privacy import RestrictionsByPathMixin
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
        context["listing"] = Listing(request, Directory.of(request).published)
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
        directory = Directory.of(request)
        themes = theme_counts(directory.published, directory.themes)
        return self.render(request, context_overrides={"themes": themes})

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page of a theme; its slug in another language redirects."""
        language = self.locale.language_code
        themes = Directory.of(request).themes
        own = [theme for theme in themes if theme.text(language).slug == slug]
        theme = next(iter(own or [theme for theme in themes if theme.has_slug(slug)]), None)
        if theme is None or not slug:
            raise Http404
        if not own:
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(f"{self.theme_url(theme, request)}{query}")
        practices = Directory.of(request).published.with_theme([theme.code])
        return self.render(
            request,
            context_overrides={
                "theme": theme,
                "text_language": theme.text(language).language,
                "listing": Listing(request, practices, fixed="theme"),
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
        """All tags, from A to Z."""
        language = self.locale.language_code
        versions = Directory.of(request).public.shown_in(language)
        return self.render(request, context_overrides={"groups": tag_groups(versions, language)})

    @path("<str:slug>/", name="tag")
    def tag(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page of a tag: the practices of which a public version has it."""
        directory = Directory.of(request)
        tag = Tag.objects.filter(slug=slug).first()
        versions = directory.public.filter(tags__slug=slug).order_by("locale__language_code")
        languages = list(versions.values_list("locale__language_code", flat=True).distinct())
        if tag is None or not languages:
            raise Http404
        own = self.locale.language_code
        return self.render(
            request,
            context_overrides={
                "tag": tag,
                "text_language": own if own in languages else languages[0],
                "listing": Listing(request, directory.published.tagged(slug)),
            },
            template="practices/tag.html",
        )
