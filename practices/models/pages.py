"""The country and the practice below it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.fields import RichTextField
from wagtail.models import Locale, Page
from wagtail.models.pages import PageManager
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from practices import panels
from practices.directory import Directory
from practices.forms import PracticeForm
from practices.languages import content_languages
from practices.listing import Listing
from practices.presentation import practice_context
from practices.querysets import PracticeQuerySet
from practices.statistics import theme_counts
from practices.vocabulary import OTHER_ITEMS

from .mixins import PracticeMixin
from .privacy import RestrictionsByPathMixin
from .records import PracticeContact


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
        versions = type(self).objects.filter(translation_key=self.translation_key)
        names = ("iso_code", "alpha3", "source_language")
        has_practices = PracticePage.objects.filter(
            country__in=versions.values("iso_code")
        ).exists()
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
                return RouteResult(page)
        raise Http404

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        directory = Directory.of(request)
        practices = directory.published.in_country([self.iso_code])
        themes = theme_counts(practices, directory.themes)
        context["listing"] = Listing(request, practices, fixed="country")
        context["total"] = context["listing"].total
        context["themes"] = [theme for theme in themes if theme.count]
        return context


class PracticeManager(PageManager.from_queryset(PracticeQuerySet)):
    """Manager of practices, with their queryset."""


class PracticePage(PracticeMixin, RestrictionsByPathMixin, Page):
    """A practice in one language."""

    objects = PracticeManager()
    changed_contact: PracticeContact | None = None

    template = "practices/practice_page.html"
    parent_page_types = ["practices.CountryPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    base_form_class = PracticeForm
    edit_handler = panels.practice_edit_handler()

    search_fields = [
        *Page.search_fields,
        index.SearchField("search_text"),
        index.FilterField("country"),
    ]
    api_fields = [
        APIField("country"),
        APIField("code"),
        APIField("choices", writable=True),
        APIField("themes", writable=True),
        *(APIField(f"{item.key}_other", writable=True) for item in OTHER_ITEMS),
        APIField("responsible_entity", writable=True),
        APIField("parent_entity", writable=True),
        APIField("entities", writable=True),
        APIField("contact_institution", writable=True),
        APIField("institutional_email", writable=True),
        APIField("sections", writable=True),
        APIField("picture", writable=True),
        APIField("tags", writable=True),
        APIField("references", writable=True),
    ]
    # Nothing else of a practice is handed to translators; shared facts stay on the original.
    translatable_fields = [
        TranslatableField("title"),
        SynchronizedField("slug", overridable=False),
        TranslatableField("sections"),
        *(TranslatableField(f"{item.key}_other") for item in OTHER_ITEMS),
        TranslatableField("seo_title"),
        TranslatableField("search_description"),
    ]

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")

    @property
    def country_page(self) -> CountryPage:
        """The country above this version, in its language."""
        parent = self.get_parent()
        if parent is None or parent.specific_class is not CountryPage:
            raise ValidationError(_("A practice belongs below the page of its country."))
        return parent.specific

    @property
    def code(self) -> str:
        """Citable code, empty until first publication."""
        record = getattr(self.facts, "record", None)
        return record.code if record else ""

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; a contact changed in the form is stored with it, and never in it."""
        if self.changed_contact:
            self.changed_contact.save()
            self.changed_contact = None
        return super().save_revision(*args, **kwargs)

    def private_contact(self) -> PracticeContact:
        """The private contact of the practice, unsaved where none was given yet."""
        key = self.translation_key
        return PracticeContact.objects.filter(translation_key=key).first() or PracticeContact(
            translation_key=key
        )

    def copy_for_translation(
        self,
        locale: Locale,
        copy_parents: bool = False,
        alias: bool = False,
        exclude_fields: list[str] | None = None,
    ) -> "PracticePage":
        """As Wagtail's, leaving the shared facts to the original."""
        excluded = [*(exclude_fields or []), *self.shared_names()]
        return super().copy_for_translation(
            locale, copy_parents=copy_parents, alias=alias, exclude_fields=excluded
        )

    @classmethod
    def can_create_at(cls, parent: Page) -> bool:
        """Practices are born only in the source tree of their country."""
        country = parent.specific
        return super().can_create_at(parent) and country.is_source_tree

    def can_move_to(self, parent: Page) -> bool:
        """Originals move between countries of their language; translations follow them."""
        return self.is_original and super().can_move_to(parent) and parent.specific.is_source_tree

    def settle(self) -> None:
        country = self.country_page
        self.country = country.iso_code
        self.original = self._find_original(country)
        if self.original:
            self.slug = self.original.slug
        elif self.pk and self.first_published_at:
            # The address of a published practice stays, whatever an older revision says.
            self.slug = type(self).objects.values_list("slug", flat=True).get(pk=self.pk)
        if self.slug:
            self.set_url_path(country)
        super().settle()

    def _find_original(self, country: CountryPage) -> "PracticePage | None":
        if country.is_source_tree:
            return None
        source = Locale.objects.get(language_code=country.source_language)
        original = (
            type(self)
            .objects.filter(translation_key=self.translation_key, locale=source)
            .exclude(pk=self.pk)
            .first()
        )
        if original is None:
            raise ValidationError(
                _(
                    "Practices of %(country)s are written in %(language)s; only translations of them belong here."
                )
                % {"country": country.title, "language": source.get_display_name()}
            )
        return original

    def save(
        self, clean: bool = True, user: Any = None, log_action: Any = False, **kwargs: Any
    ) -> Any:
        """Save the page; a live one only without any fault of the ficha.

        Raises IncompletePracticeError (a ValidationError).
        """
        if kwargs.get("update_fields") is None:
            self.settle()
            if clean and self.live:
                self.require_complete()
        saved = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if self.is_original and kwargs.get("update_fields") is None:
            for version in self.translations.exclude(slug=self.slug):
                version.save(clean=False)
        return saved

    def with_content_json(self, content: dict[str, Any]) -> "PracticePage":
        """As Wagtail's, keeping what belongs to the practice and not to a revision."""
        page = super().with_content_json(content)
        page.original = self.original
        page.country = self.country
        if self.first_published_at:
            page.slug = self.slug
            page.set_url_path(page.get_parent())
        return page

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | practice_context(self, request)
