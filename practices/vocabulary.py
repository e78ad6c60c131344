"""The ficha técnica, item by item: keys, numbers, labels, choices and limits, once.

Models, forms, pages, API and fact sheets read it here. Source: the ficha técnica of the XIV South
American Conference on Migration (Lima, 2014). Labels are English messages; the catalogues carry
the Conference's Spanish and our Portuguese.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Label: TypeAlias = "str | StrPromise"

OTHER = "other"
"""Key of the choice that asks for a text of its own, in every item that offers it."""


class Kind(StrEnum):
    """What an item holds."""

    COUNTRY = "country"
    TEXT = "text"
    EMAIL = "email"
    TEXT_LIST = "text_list"
    CHOICES = "choices"
    RICH_TEXT = "rich_text"
    FIGURES = "figures"
    RESOURCES = "resources"


@dataclass(frozen=True)
class Choice:
    """One value of a closed item; `key` is stable, `label` is what people read."""

    key: str
    label: Label


@dataclass(frozen=True)
class Item:
    """One item of the ficha.

    `words` limits visible words where the site does not. `exclusive` names the choice that excludes all others.
    `shared` items are facts stored once, on the original; the others exist in each language.
    `private` items never leave the admin.
    """

    number: str
    key: str
    kind: Kind
    label: Label
    help: Label = ""
    required: bool = False
    words: int | None = None
    choices: tuple[Choice, ...] = ()
    exclusive: str = ""
    shared: bool = True
    private: bool = False

    @property
    def max_words(self) -> int | None:
        """Visible words that the item may hold: `PRACTICES_WORD_LIMITS`, else as the ficha says."""
        limits: dict[str, int | None] = getattr(settings, "PRACTICES_WORD_LIMITS", {})
        return limits.get(self.key, self.words)

    @property
    def asks_text(self) -> bool:
        """Whether a choice of the item asks for a free text (`<key>_other`)."""
        return any(choice.key == OTHER for choice in self.choices)

    @property
    def heading(self) -> Label:
        """Number and label, starred where a complete ficha needs the item."""
        star = " *" if self.required else ""
        return format_lazy(
            "{number} {label}{star}", number=self.number, label=self.label, star=star
        )

    @property
    def choice_labels(self) -> list[tuple[str, Label]]:
        """Pairs of key and label, as Django's fields take them."""
        return [(choice.key, choice.label) for choice in self.choices]


def _summary_help() -> str:
    limit = SUMMARY.max_words
    return gettext("Summary of no more than %(words)s words.") % {"words": limit} if limit else ""


COUNTRY = Item(
    "1.1", "country", Kind.COUNTRY, _("Country"), _("State the name of the country."), required=True
)
TITLE = Item(
    "1.2",
    "title",
    Kind.TEXT,
    _("Title of the experience"),
    _("State the title of the experience."),
    required=True,
    shared=False,
)
THEMES = Item(
    "1.3",
    "themes",
    Kind.CHOICES,
    _("Themes"),
    _(
        "State the thematic area in which the experience took place. Choose one or more options. "
        "If you choose “Other”, state the thematic area."
    ),
    required=True,
)
TERRITORIAL_LEVEL = Item(
    "1.4",
    "territorial_level",
    Kind.CHOICES,
    _("Territorial level of application"),
    _("State the scope of application of the experience."),
    required=True,
    choices=(
        Choice("national", _("National")),
        Choice("provincial", _("Provincial")),
        Choice("local", _("Local")),
        Choice(OTHER, _("Other")),
    ),
)
RESPONSIBLE_ENTITY = Item(
    "1.5",
    "responsible_entity",
    Kind.TEXT,
    _("Responsible entity"),
    _(
        "Name of the entity responsible for developing or coordinating the experience; for "
        "example: Directorate General of Migration."
    ),
    required=True,
)
PARENT_ENTITY = Item(
    "1.6",
    "parent_entity",
    Kind.TEXT,
    _("Parent entity in the State structure"),
    _("State body on which it depends; for example: Ministry of Foreign Affairs."),
)
ASSOCIATED_ENTITIES = Item(
    "1.7",
    "associated_entities",
    Kind.TEXT_LIST,
    _("Other associated entities"),
    _("Entities associated in developing or coordinating the experience."),
)
PARTICIPATING_ENTITIES = Item(
    "1.8",
    "participating_entities",
    Kind.TEXT_LIST,
    _("Other participating entities"),
    _(
        "Main participating entities; where relevant, civil society, academia, international "
        "organisations and the like."
    ),
)
CATEGORIES = Item(
    "1.9",
    "categories",
    Kind.CHOICES,
    _("Category"),
    _("State the category of the experience."),
    required=True,
    choices=(
        Choice("policy_and_norms", _("Policy and norms")),
        Choice("institutionality", _("Institutions")),
        Choice("operational_mechanisms", _("Operational mechanisms")),
    ),
)
DOCUMENTATION = Item(
    "1.10",
    "documentation",
    Kind.CHOICES,
    _("Documentation of the experience"),
    _("State whether there is documentation or a file on the experience."),
    required=True,
    choices=(
        Choice("published_document", _("Published document")),
        Choice("electronic_file", _("Electronic file")),
        Choice("undocumented", _("No documentation")),
    ),
    exclusive="undocumented",
)
TRANSFER_NEEDS = Item(
    "1.11",
    "transfer_needs",
    Kind.CHOICES,
    _("Needs for the transfer to another country"),
    _(
        "Kind of support needed to replicate or transfer the experience. Choose one or more "
        "options."
    ),
    required=True,
    choices=(
        Choice("technician_secondment", _("Secondment of technicians for a period of time")),
        Choice("expert_exchange", _("Exchange of experts")),
        Choice("online_followup", _("Online follow-up")),
        Choice("training", _("Training or courses")),
        Choice("specialised_support", _("Support from a specialised technical body")),
        Choice(OTHER, _("Other")),
    ),
)
CONTACT_NAME = Item("1.12", "contact_name", Kind.TEXT, _("Name and surname"), private=True)
CONTACT_POSITION = Item("1.12", "contact_position", Kind.TEXT, _("Position"), private=True)
CONTACT_INSTITUTION = Item("1.12", "contact_institution", Kind.TEXT, _("Institution"))
CONTACT_EMAIL = Item("1.12", "contact_email", Kind.EMAIL, _("E-mail"), private=True)
INSTITUTIONAL_EMAIL = Item(
    "1.12",
    "institutional_email",
    Kind.EMAIL,
    _("General institutional e-mail"),
    required=True,
)
BACKGROUND = Item(
    "2.1",
    "background",
    Kind.RICH_TEXT,
    _("Background"),
    _("Why the experience arose and what its main objectives are."),
    required=True,
    words=160,
    shared=False,
)
SUMMARY = Item(
    "2.2",
    "summary",
    Kind.RICH_TEXT,
    _("Summary of the experience"),
    lazy(_summary_help, str)(),
    required=True,
    words=200,
    shared=False,
)
RESULTS = Item(
    "2.3",
    "results",
    Kind.RICH_TEXT,
    _("Results achieved"),
    _("Results achieved by applying the experience."),
    required=True,
    words=150,
    shared=False,
)
KEY_FIGURES = Item(
    "2.4",
    "key_figures",
    Kind.FIGURES,
    _("Key figures"),
    _("Outstanding figures during the application or as part of the results."),
    shared=False,
)
PRODUCTS = Item(
    "2.5",
    "products",
    Kind.RESOURCES,
    _("Products"),
    _("Manuals, methodologies, software, process flows, etc. Attach files or links."),
)
WHY_GOOD_PRACTICE = Item(
    "2.6",
    "why_good_practice",
    Kind.RICH_TEXT,
    _("What makes it a successful experience or good practice?"),
    _(
        "Factors that make it successful; for example: participatory processes; inclusion of "
        "elements that arose in practice."
    ),
    required=True,
    words=150,
    shared=False,
)
SUCCESS_CRITERIA = Item(
    "2.6",
    "success_criteria",
    Kind.CHOICES,
    _("Criteria of good practice"),
    _("Criteria of note 6 of the form."),
    choices=(
        Choice("success_factors", _("Success factors")),
        Choice("replicability", _("Replicability")),
        Choice("effectiveness", _("Effectiveness")),
        Choice("sustainability", _("Sustainability")),
        Choice("relevance", _("Relevance")),
        Choice("legitimacy", _("Legitimacy")),
    ),
)
REPLICATION_CONDITIONS = Item(
    "2.7",
    "replication_conditions",
    Kind.RICH_TEXT,
    _("Special conditions or limitations for replication"),
    _("Special conditions, if any, for applying or replicating the experience."),
    shared=False,
)
OTHER_CONSIDERATIONS = Item(
    "2.8",
    "other_considerations",
    Kind.RICH_TEXT,
    _("Other considerations"),
    _("Other conditions, considerations or comments."),
    words=150,
    shared=False,
)
ATTACHMENTS = Item(
    "2.9",
    "attachments",
    Kind.RESOURCES,
    _("Documentation: files and links"),
    _("Current internet addresses or relevant files on the practice."),
)

PROFILE = (
    COUNTRY,
    TITLE,
    THEMES,
    TERRITORIAL_LEVEL,
    RESPONSIBLE_ENTITY,
    PARENT_ENTITY,
    ASSOCIATED_ENTITIES,
    PARTICIPATING_ENTITIES,
    CATEGORIES,
    DOCUMENTATION,
    TRANSFER_NEEDS,
)
CONTACT = (
    CONTACT_NAME,
    CONTACT_POSITION,
    CONTACT_INSTITUTION,
    CONTACT_EMAIL,
    INSTITUTIONAL_EMAIL,
)
DESCRIPTION = (
    BACKGROUND,
    SUMMARY,
    RESULTS,
    KEY_FIGURES,
    PRODUCTS,
    WHY_GOOD_PRACTICE,
    SUCCESS_CRITERIA,
    REPLICATION_CONDITIONS,
    OTHER_CONSIDERATIONS,
    ATTACHMENTS,
)
ITEMS = PROFILE + CONTACT + DESCRIPTION

PRIVATE_KEYS = tuple(item.key for item in ITEMS if item.private)
"""Items that never leave the admin."""

CHOICE_ITEMS = tuple(item for item in ITEMS if item.choices)
"""Items with closed choices stored as child rows; themes are data and not among them."""

ENTITY_ITEMS = (ASSOCIATED_ENTITIES, PARTICIPATING_ENTITIES)
"""Items that are lists of entities, stored as child rows."""

OTHER_ITEMS = (THEMES, TERRITORIAL_LEVEL, TRANSFER_NEEDS)
"""Items whose choice “other” asks for a text, kept in `<key>_other`."""

SECTIONS = tuple(
    item for item in DESCRIPTION if item.kind in {Kind.RICH_TEXT, Kind.FIGURES, Kind.RESOURCES}
)
"""Items that are blocks of the page's `sections`, in the order of the ficha."""

TRANSLATED_SECTIONS = tuple(item for item in SECTIONS if not item.shared)
SHARED_SECTIONS = frozenset(item.key for item in SECTIONS if item.shared)
"""Keys of the sections that stand on the original alone."""

MAX_ENTITY_LENGTH = 255
"""Characters of one entity in the lists of 1.7 and 1.8."""

CONTACT_LABEL = _("Contact person")
CONTACT_HELP = _(
    "Person able to support the application of the experience. Only the general institutional "
    "e-mail and the institution are published."
)


def section_order(key: str) -> int:
    """Place of a section in the ficha, from 0; unknown keys come last."""
    keys = [item.key for item in SECTIONS]
    return keys.index(key) if key in keys else len(keys)


def kind_of_section(key: str) -> Kind:
    """What a section holds. Raises KeyError for what is no section."""
    return {item.key: item.kind for item in SECTIONS}[key]
