"""The lists of the collection: practices, themes, tags."""

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag
from wagtail.api import APIField
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Page

from practices.directory import Directory
from practices.listing import Listing
from practices.routing import DeferredRouteMixin
from practices.statistics import tag_groups, theme_counts

from .pages import PracticePage
from .taxonomy import Theme


class IntroducedPage(Page):
    """A page of the collection with a plain introduction and no privacy of its own."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, "introduction"]
    api_fields = [APIField("introduction", writable=True)]
    private_page_options: list[str] = []

    class Meta:
        abstract = True


class PracticeIndexPage(DeferredRouteMixin, IntroducedPage):
    """The list of all practices. Which page may hold it is said by the host site."""

    template = "practices/practice_index_page.html"
    subpage_types = ["practices.CountryPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of practices")
        verbose_name_plural = _("indexes of practices")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["listing"] = Listing(request, PracticePage.objects.published())
        return context


class ThemeIndexPage(RoutablePageMixin, IntroducedPage):
    """All themes; each theme has its page below, by its slug in the language of the tree."""

    template = "practices/theme_index_page.html"
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("index of themes")
        verbose_name_plural = _("indexes of themes")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["themes"] = theme_counts(
            PracticePage.objects.published(), Directory.of(request).themes
        )
        return context

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page of a theme; its slug in another language redirects."""
        language = self.locale.language_code
        theme = Theme.objects.with_texts().filter(texts__slug=slug).order_by("pk").first()
        if theme is None:
            raise Http404
        if theme.text(language).slug != slug:
            return redirect(self.theme_url(theme, request))
        practices = PracticePage.objects.published().with_theme([theme.code])
        return self.render(
            request,
            context_overrides={
                "theme": theme,
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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["groups"] = tag_groups(PracticePage.objects.shown_in(self.locale.language_code))
        return context

    @path("<slug:slug>/", name="tag")
    def tag(self, request: HttpRequest, slug: str) -> HttpResponse:
        """The page of a tag: the practices of which a public version has it."""
        practices = PracticePage.objects.published().tagged(slug)
        tag = Tag.objects.filter(slug=slug).first()
        if tag is None or not practices.exists():
            raise Http404
        return self.render(
            request,
            context_overrides={"tag": tag, "listing": Listing(request, practices)},
            template="practices/tag.html",
        )
