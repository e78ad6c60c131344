"""The practice."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.api import APIField
from wagtail.models import Locale, Page
from wagtail.models.pages import PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from practices import panels
from practices.forms import PracticeForm
from practices.presentation import practice_context
from practices.previews import modes
from practices.querysets import PracticeQuerySet
from practices.translation.states import Marks, follow
from practices.vocabulary import OTHER_ITEMS

from .catalogue import CatalogueEntry
from .countries import CountryPage
from .mixins import PracticeMixin
from .moderated import ModeratedMixin
from .privacy import RestrictionsByPathMixin
from .records import PracticeContact, PracticeRecord, PracticeVersion

OWN_OF_EACH_LANGUAGE = ("tagged_items", "seo_title", "search_description")
"""What a translation begins without."""


class PracticeManager(PageManager.from_queryset(PracticeQuerySet)):
    """Manager of practices, with their queryset."""


class PracticePage(PracticeMixin, RestrictionsByPathMixin, ModeratedMixin, Page):
    """A practice in one language. A host site may derive one page type from it (`kinds`)."""

    objects = PracticeManager()
    changed_contact: PracticeContact | None = None
    marks = Marks()
    """What the next save says of a translation's sections beside their text."""

    template = "practices/practice_page.html"
    parent_page_types = ["practices.CountryPage"]
    subpage_types: list[str] = []
    private_page_options: list[str] = []
    base_form_class = PracticeForm

    search_fields = [
        *Page.search_fields,
        index.SearchField("summary_text", weight="a"),
        index.SearchField("entity_names", weight="b", excerpt=False),
        index.SearchField("subject_names", weight="b", excerpt=False),
        index.SearchField("section_texts", weight="c"),
        index.SearchField("code", weight="a", excerpt=False),
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
    # The native editor, which has drafts, workflow and locks; the segment editor has none.
    localize_default_translation_mode = "simple"
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

    @classproperty
    def edit_handler(cls) -> Any:  # noqa: N805
        """The form of this page type, with what it adds and without what it leaves out."""
        return panels.practice_edit_handler(cls.added_items, cls.left_out)

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

    @transaction.atomic
    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; a contact changed in the form is stored with it, and never in it."""
        if self.changed_contact:
            self.changed_contact.save()
            self.changed_contact = None
        if self.is_original:
            return super().save_revision(*args, **kwargs)
        self.drop_shared_facts()
        revision = super().save_revision(*args, **kwargs)
        # The text was read before others had to wait; the original may have been published since.
        self._state.fields_cache.pop("original", None)
        overwritten = kwargs.get("overwrite_revision")
        follow(self, revision.user, overwrites=overwritten == revision)
        return revision

    def private_contact(self) -> PracticeContact:
        """The private contact of the practice, unsaved where none was given yet."""
        key = self.translation_key
        return PracticeContact.objects.filter(translation_key=key).first() or PracticeContact(
            translation_key=key
        )

    def public_version(self) -> PracticeVersion | None:
        """The last publication of this language version; None before the first."""
        record = getattr(self.facts, "record", None)
        versions = PracticeVersion.objects.filter(record=record, page_id=self.pk)
        return versions.order_by("-number").first() if record else None

    def copy_for_translation(
        self,
        locale: Locale,
        copy_parents: bool = False,
        alias: bool = False,
        exclude_fields: list[str] | None = None,
    ) -> "PracticePage":
        """As Wagtail's, leaving facts, tags and texts for search engines to the original.

        What nobody has to translate would stay in the other language.
        """
        excluded = [*(exclude_fields or []), *self.shared_names(), *OWN_OF_EACH_LANGUAGE]
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
        if not (
            self.is_original and super().can_move_to(parent) and parent.specific.is_source_tree
        ):
            return False
        languages = self.translations.values_list("locale_id", flat=True)
        homes = parent.get_translations(inclusive=True).values_list("locale_id", flat=True)
        return set(languages) <= set(homes)

    @transaction.atomic
    def move(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; the practice and its translations move together or not at all."""
        return super().move(*args, **kwargs)

    def hold_translations(self) -> None:
        """Hold the translations of an original until the transaction ends.

        Before anything else of a practice is locked: an approval of a translation does so.
        """
        translations = self.translations.order_by().values("pk")
        list(Page.objects.select_for_update().filter(pk__in=translations).order_by("pk"))

    @transaction.atomic
    def publish(self, revision: Any, **kwargs: Any) -> Any:
        """As Wagtail's, refusing faults, and dates of publication.

        Raises IncompletePracticeError (a ValidationError) or ValidationError.
        """
        self.hold_translations()
        practice = revision.as_object()
        practice.refuse_schedule()
        practice.require_complete()
        return super().publish(revision, **kwargs)

    def settle(self) -> None:
        country = self.country_page
        if self.alias_of_id or self.locale_id != country.locale_id:
            raise ValidationError(
                _("A practice cannot be an alias, nor lie in the tree of another language.")
            )
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
        """Save the page; a live one only without any fault of the ficha, and with its code.

        Raises IncompletePracticeError (a ValidationError). Only `QuerySet.update` goes around it.
        """
        update_fields = kwargs.get("update_fields")
        if update_fields is None:
            self.refuse_schedule()
            self.settle()
        writes_live = self.live and (update_fields is None or "live" in update_fields)
        if writes_live and (clean or not self._is_stored_live()):
            self.require_complete()
        with transaction.atomic():
            if update_fields is None and self.was_published_meanwhile():
                return self
            saved = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            if writes_live:
                PracticeRecord.objects.for_publication(self.facts)
            if self.is_original and update_fields is None:
                for version in self.translations.exclude(slug=self.slug):
                    version.save(clean=False)
            if update_fields is None or "live" in update_fields:
                CatalogueEntry.objects.renew([self.translation_key])
        return saved

    def _is_stored_live(self) -> bool:
        return self.pk is not None and type(self).objects.live().filter(pk=self.pk).exists()

    def with_content_json(self, content: dict[str, Any]) -> "PracticePage":
        """As Wagtail's, keeping what belongs to the practice and not to a revision."""
        page = super().with_content_json(content)
        page.original = self.original
        page.country = self.country
        if self.first_published_at or self.original_id:
            page.slug = self.slug
            page.set_url_path(page.get_parent())
        return page

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The page as readers see it, and what the host's front end makes of it."""
        return [*super().preview_modes, *modes.modes_of(self)]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """As Wagtail's, or on the front end."""
        if mode_name in dict(modes.modes_of(self)):
            return modes.serve(self, request)
        return super().serve_preview(request, mode_name)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | practice_context(self, request)
