"""The site's own models: people, files, and the pages around the collection."""

from io import BytesIO
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.files.base import ContentFile
from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.documents.models import AbstractDocument, Document
from wagtail.fields import RichTextField
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page
from wagtail.search import index

from practices.directory import Directory
from practices.facets import COUNTRY, THEME
from practices.figures.map import country_map
from practices.presentation import cards
from practices.statistics import country_counts, facet_counts, theme_counts, total

from .pictures import without_metadata
from .routing import DeferredRouteMixin


class User(AbstractUser):
    """A person with an account: an editor, the Secretaría, an administrator."""


class CustomImage(AbstractImage):
    """An image with its credit. Metadata of the camera is removed when it is uploaded."""

    credit = models.CharField(_("credit"), max_length=255, blank=True)

    # Without tags: the lists offer the most used ones of all countries to everybody.
    admin_form_fields = (*(name for name in Image.admin_form_fields if name != "tags"), "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_customimage", "Can choose image")]
        # Each request of a file looks it up by its name.
        indexes = [models.Index(fields=["file"], name="image_file")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not getattr(self.file, "_committed", True):  # a new upload
            self._replace_file()
        super().save(*args, **kwargs)

    def _replace_file(self) -> None:
        name = self.file.name
        self.file.open("rb")
        cleaned = without_metadata(BytesIO(self.file.read()))
        self.file = ContentFile(cleaned, name=name)
        self.file_size = len(cleaned)
        self.file_hash = ""
        self._set_file_hash()


class CustomRendition(AbstractRendition):
    """A resized image."""

    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta(AbstractRendition.Meta):
        unique_together = [("image", "filter_spec", "focal_point_key")]
        indexes = [models.Index(fields=["file"], name="rendition_file")]


class CustomDocument(AbstractDocument):
    """A document of the library."""

    admin_form_fields = tuple(name for name in Document.admin_form_fields if name != "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_customdocument", "Can choose document")]
        indexes = [models.Index(fields=["file"], name="document_file")]


class HomePage(DeferredRouteMixin, Page):
    """The first page of a language."""

    lead = models.TextField(_("lead"), blank=True, help_text=_("One sentence: what this is."))

    # What is published is public; what is not yet for the public stays a draft.
    private_page_options: list[str] = []
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "practices.PracticeIndexPage",
        "practices.ThemeIndexPage",
        "practices.TagIndexPage",
        "practices.PublicationIndexPage",
        "home.ContentPage",
    ]
    content_panels = [*Page.content_panels, "lead"]
    search_fields = [*Page.search_fields, index.SearchField("lead")]
    api_fields = [APIField("lead", writable=True)]

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = translation.get_language() or self.locale.language_code
        directory = Directory.of(request)
        counts = facet_counts(COUNTRY, THEME)
        countries = country_counts(counts, directory.countries(language))
        context["map"] = country_map(countries, directory.url)
        context["themes"] = theme_counts(counts, directory.themes)
        context["newest"] = cards(directory.published.newest().for_cards()[:3], request)
        context["total"] = total(counts)
        return context


class ContentPage(Page):
    """A page of text: about, accessibility, privacy."""

    introduction = models.TextField(_("introduction"), blank=True)
    body = RichTextField(
        _("text"),
        blank=True,
        features=["h2", "h3", "bold", "italic", "link", "document-link", "ol", "ul"],
    )

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *Page.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    api_fields = [APIField("introduction", writable=True), APIField("body", writable=True)]

    class Meta:
        verbose_name = _("content page")
        verbose_name_plural = _("content pages")
