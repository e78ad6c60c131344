"""The countries, one page in each language."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField

from practices.directory import Directory
from practices.figures.charts import country_charts
from practices.languages import content_languages
from practices.listing import Listing
from practices.moderation.permissions import CountryPermissionTester

from .privacy import RestrictionsByPathMixin


class CountryPage(RestrictionsByPathMixin, Page):
    """A member country, in one language; its practices live below it.

    The title is the country's name. `source_language` says in which of the trees its practices
    are born; the others receive translations only.
    """

    iso_code = models.CharField(
        _("ISO code of two letters"),
        max_length=2,
        validators=[RegexValidator(r"^[a-z]{2}$")],
        help_text=_("ISO 3166-1 alpha-2, in lower case; addresses and flags use it."),
    )
    alpha3 = models.CharField(
        _("ISO code of three letters"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{3}$")],
        help_text=_("ISO 3166-1 alpha-3, in capitals; the codes of practices use it."),
    )
    source_language = models.CharField(
        _("language in which its practices are written"),
        max_length=10,
        choices=content_languages,
    )
    introduction = RichTextField(
        _("introduction"), blank=True, features=["bold", "italic", "link", "ul", "ol"]
    )

    template = "practices/country_page.html"
    parent_page_types = ["practices.PracticeIndexPage"]
    subpage_types = ["practices.PracticePage"]
    private_page_options: list[str] = []

    content_panels = [
        *Page.content_panels,
        "iso_code",
        "alpha3",
        "source_language",
        "introduction",
    ]
    search_fields = [*Page.search_fields, index.SearchField("introduction")]
    api_fields = [
        APIField(name, writable=True)
        for name in ("iso_code", "alpha3", "source_language", "introduction")
    ]
    override_translatable_fields = [
        SynchronizedField("slug", overridable=False),
        SynchronizedField("iso_code", overridable=False),
        SynchronizedField("alpha3", overridable=False),
    ]

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")

    def clean(self) -> None:
        """Keep the facts of a country the same in all trees, and fixed once it has practices."""
        super().clean()
        self.require_unique()
        versions = type(self).objects.filter(translation_key=self.translation_key)
        names = ("iso_code", "alpha3", "source_language")
        has_practices = any(version.get_children().exists() for version in versions)
        others = versions if has_practices else versions.exclude(pk=self.pk)
        for name in names:
            known = others.values_list(name, flat=True).first()
            if known and known != getattr(self, name):
                raise ValidationError(
                    {
                        name: _("This is “%(value)s” in all languages and cannot change any more.")
                        % {"value": known}
                    }
                )

    def require_unique(self) -> None:
        """Refuse a second page of the same country in one language. Raises ValidationError."""
        others = type(self).objects.filter(locale_id=self.locale_id).exclude(pk=self.pk)
        for name in ("iso_code", "alpha3"):
            if others.filter(**{name: getattr(self, name)}).exists():
                raise ValidationError(
                    {name: _("There is a page of this country already; edit that one.")}
                )

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """Save the page, unless the country has one already, by whatever way it comes here."""
        if self._state.adding:
            self.require_unique()
        return super().save(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> CountryPermissionTester:
        """What a person may do with the page of the country itself."""
        return CountryPermissionTester(user, self)

    @property
    def is_source_tree(self) -> bool:
        """Whether practices are born below this page, in its language."""
        return self.locale.language_code == self.source_language

    @property
    def flag(self) -> str:
        """Static path of the flag."""
        return f"practices/flags/{self.iso_code}.svg"

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Find a public practice; one that this tree lacks comes from its source tree."""
        if len(path_components) != 1:
            return super().route(request, path_components)
        public = Directory.of(request).public.in_country([self.iso_code]).with_facts()
        versions = {page.locale_id: page for page in public.filter(slug=path_components[0])}
        for page in (versions.get(self.locale_id), *versions.values()):
            if page and (page.locale_id == self.locale_id or page.is_original):
                return RouteResult(page.specific)
        raise Http404

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        directory = Directory.of(request)
        context["practice_count"], context["charts"] = country_charts(
            self.iso_code, directory.themes
        )
        context["listing"] = Listing(request, ("country", self.iso_code))
        return context
