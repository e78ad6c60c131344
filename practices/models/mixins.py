"""Fields and behaviour of a practice; `pages.PracticePage` adds only the page itself."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField
from wagtail.images import get_image_model_string

from practices import vocabulary
from practices.blocks import SectionsField, empty_sections, in_order, without
from practices.completeness import IncompletePracticeError, completeness
from practices.querysets import fold
from practices.vocabulary import SHARED_SECTIONS, Item, Kind
from practices.words import first_words, visible_text

if TYPE_CHECKING:
    from wagtail.models import Locale

SHARED_FIELDS = (
    "responsible_entity",
    "parent_entity",
    "contact_institution",
    "institutional_email",
)
SHARED_RELATIONS = (
    "themes",
    "choices",
    "entities",
    "references",
)


class PracticeMixin(models.Model):
    """The ficha of a practice (all items of `vocabulary`, but for what a page type changes).

    Shared facts are stored once, on the original; a translation keeps them empty and reads them
    through `original` (`facts`). `country` and `original` follow from the place in the tree.
    """

    if TYPE_CHECKING:
        locale: Locale
        original_id: int | None
        choices: Any
        public_translations: list[Any]
        entities: Any
        title: str
        pk: int
        specific_class: type[Any] | None
        live: bool

    original = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="translations",
    )
    country = models.CharField(
        vocabulary.COUNTRY.label, max_length=2, db_index=True, editable=False, blank=True
    )
    sort_title = models.CharField(max_length=255, db_index=True, editable=False, blank=True)

    themes = ParentalManyToManyField(
        "practices.Theme",
        verbose_name=vocabulary.THEMES.label,
        related_name="practices",
        blank=True,
    )
    themes_other = models.CharField(_("Other theme: which?"), max_length=255, blank=True)
    territorial_level_other = models.CharField(
        _("Other territorial level: which?"), max_length=255, blank=True
    )
    transfer_needs_other = models.CharField(_("Other need: which?"), max_length=255, blank=True)
    responsible_entity = models.CharField(
        vocabulary.RESPONSIBLE_ENTITY.label, max_length=500, blank=True
    )
    parent_entity = models.CharField(vocabulary.PARENT_ENTITY.label, max_length=500, blank=True)
    contact_institution = models.CharField(
        vocabulary.CONTACT_INSTITUTION.label, max_length=255, blank=True
    )
    institutional_email = models.EmailField(vocabulary.INSTITUTIONAL_EMAIL.label, blank=True)
    sections = SectionsField(
        verbose_name=_("Description of the experience"), blank=True, default=empty_sections
    )
    picture = models.ForeignKey(
        get_image_model_string(),
        verbose_name=_("Picture"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    tags = ClusterTaggableManager(
        through="practices.PracticeTag", verbose_name=_("Tags"), blank=True
    )

    added_items: ClassVar[tuple[Item, ...]] = ()
    """Items that a page type has beyond the ficha: texts, in fields of its own of the same name."""
    left_out: ClassVar[frozenset[str]] = frozenset()
    """Keys of the items that a page type does without, of `kinds.MAY_BE_LEFT_OUT`."""

    class Meta:
        abstract = True

    @classmethod
    def profile_items(cls) -> tuple[Item, ...]:
        """The items of section 1 of this page type, those that it adds last."""
        kept = (item for item in vocabulary.PROFILE if item.key not in cls.left_out)
        return (*kept, *cls.added_items)

    @property
    def page_type(self) -> "type[PracticeMixin]":
        """The page type of the practice, whichever class it is at hand as."""
        return self.specific_class or type(self)

    def added_text(self, item: Item) -> str:
        """The text of an item that the page type adds, from the original where it is shared."""
        page: Any = self.facts if item.shared else self
        return getattr(page.specific, item.key)

    @property
    def facts(self) -> Any:
        """The page that holds the shared facts: the original."""
        return self.original or self

    @property
    def is_original(self) -> bool:
        return self.original_id is None and self.original is None

    def section(self, key: str) -> Any:
        """Value of a section, from the original where the item is shared; None where absent."""
        page = self.facts if key in SHARED_SECTIONS else self
        return next((block.value for block in page.sections if block.block_type == key), None)

    def section_html(self, key: str) -> str:
        """HTML of a rich text section as stored, empty where absent."""
        value = self.section(key)
        return value.source if value else ""

    def rows(self, item: Item) -> list[Any]:
        """The stored rows of a closed item or of a list of entities, of this page itself."""
        relation = self.choices if item.choices else self.entities
        return [row for row in relation.all() if row.item == item.key]

    def chosen(self, item: Item) -> list[Any]:
        """Chosen rows of a closed item, in the order of the ficha."""
        order = [choice.key for choice in item.choices]
        rows = [row for row in self.facts.rows(item) if row.key in order]
        return sorted(rows, key=lambda row: order.index(row.key))

    def other_text(self, item: Item) -> str:
        """The free text of “other” in this language."""
        return getattr(self, f"{item.key}_other")

    @property
    def summary_text(self) -> str:
        """The summary as plain text, for the search index."""
        return visible_text(self.section_html(vocabulary.SUMMARY.key))

    @property
    def entity_names(self) -> list[str]:
        """Institutions of the practice, for the search index."""
        facts = self.facts
        names = [facts.responsible_entity, facts.parent_entity, facts.contact_institution]
        return [*names, *(entity.name for entity in facts.entities.all())]

    @property
    def subject_names(self) -> list[str]:
        """Names of themes in all languages, own words for “other”, tags; for the search index."""
        return [
            *(theme.names for theme in self.facts.themes.all()),
            *(self.other_text(item) for item in vocabulary.OTHER_ITEMS),
            *(self.added_text(item) for item in self.page_type.added_items),
            *(tag.name for tag in self.tags.all()),
        ]

    @property
    def section_texts(self) -> list[str]:
        """The sections but the summary as plain text, for the search index."""
        texts = []
        for block in self.sections:
            kind = vocabulary.kind_of_section(block.block_type)
            if block.block_type == vocabulary.SUMMARY.key:
                continue
            if kind is Kind.RICH_TEXT:
                texts.append(visible_text(block.value.source))
            elif kind is Kind.FIGURES:
                texts += [f"{f.value['figure']} {f.value['description']}" for f in block.value]
            else:
                texts += [resource.value["title"] for resource in block.value]
        return texts

    def summary_lines(self, limit: int = 40) -> str:
        """The first words of the summary, as plain text, for cards."""
        return first_words(visible_text(self.section_html(vocabulary.SUMMARY.key)), limit)

    @classmethod
    def shared_names(cls) -> tuple[str, ...]:
        """Names of the fields and relations that only an original fills."""
        return (*cls._shared_fields(), *SHARED_RELATIONS, "picture")

    @classmethod
    def _shared_fields(cls) -> tuple[str, ...]:
        return (*SHARED_FIELDS, *(item.key for item in cls.added_items if item.shared))

    def settle(self) -> None:
        """Put in order what follows from the ficha and the tree, before each save."""
        self.sort_title = fold(self.title)[:255]
        self.sections = in_order(self.sections)
        if not self.is_original:
            self.drop_shared_facts()

    def drop_shared_facts(self) -> None:
        """Empty the shared facts of a translation: they live on the original alone."""
        for name in self._shared_fields():
            setattr(self, name, "")
        self.picture = None
        self.sections = without(self.sections, SHARED_SECTIONS)
        for name in SHARED_RELATIONS:
            if self.pk is None or getattr(self, name).all():
                setattr(self, name, [])

    def require_complete(self) -> None:
        """Refuse to go public with a fault, by whatever way it comes here.

        Raises IncompletePracticeError with every fault of the ficha.
        """
        faults = completeness(self)
        if faults:
            raise IncompletePracticeError(self, faults)
