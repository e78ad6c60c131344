"""The facets by which practices are found: names as in addresses and in the API."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from . import vocabulary
from .vocabulary import Item, Label


@dataclass(frozen=True)
class FacetType:
    """A facet: its parameter, its heading, and the closed item of the ficha that it shows, if any.

    `always_whole`: its values stay visible where no practice has them.
    """

    name: str
    label: Label
    item: Item | None = None
    always_whole: bool = False


COUNTRY = FacetType("country", vocabulary.COUNTRY.label, always_whole=True)
THEME = FacetType("theme", vocabulary.THEMES.label, always_whole=True)
LANGUAGE = FacetType("language", _("Language"))
TAG = FacetType("tag", _("Tags"))
OF_CHOICES = tuple(
    FacetType(name, item.label, item)
    for name, item in (
        ("level", vocabulary.TERRITORIAL_LEVEL),
        ("category", vocabulary.CATEGORIES),
        ("documentation", vocabulary.DOCUMENTATION),
        ("need", vocabulary.TRANSFER_NEEDS),
        ("criterion", vocabulary.SUCCESS_CRITERIA),
    )
)

FACETS = (COUNTRY, THEME, *OF_CHOICES, TAG, LANGUAGE)
"""All facets, in the order in which they are shown."""

FACET_OF_ITEM = {facet.item.key: facet.name for facet in OF_CHOICES if facet.item}
