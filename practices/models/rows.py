"""Child rows of a practice: its choices, entities and references.

Each closed item of the ficha that takes several values is a table of its own, so that it is typed,
checked and indexed; the relation on the practice is named after the item's key.
"""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from practices import vocabulary
from practices.vocabulary import Item


class ChoiceRow(models.Model):
    """One chosen value of a closed item; `ITEM` names the item."""

    ITEM: Item

    key = models.CharField(_("value"), max_length=40, db_index=True)

    api_fields = [APIField("key", writable=True)]

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(dict(self.ITEM.choice_labels).get(self.key, self.key))


def practice_key(related_name: str) -> Any:
    """The parental key of a child row, under the name that the ficha gives to the item."""
    return ParentalKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name=related_name
    )


class PracticeLevel(ChoiceRow):
    """Item 1.4."""

    ITEM = vocabulary.TERRITORIAL_LEVEL
    practice = practice_key(ITEM.key)

    class Meta(ChoiceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="level_once_per_practice")
        ]


class PracticeCategory(ChoiceRow):
    """Item 1.9."""

    ITEM = vocabulary.CATEGORIES
    practice = practice_key(ITEM.key)

    class Meta(ChoiceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="category_once_per_practice")
        ]


class PracticeDocumentation(ChoiceRow):
    """Item 1.10."""

    ITEM = vocabulary.DOCUMENTATION
    practice = practice_key(ITEM.key)

    class Meta(ChoiceRow.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "key"], name="documentation_once_per_practice"
            )
        ]


class PracticeNeed(ChoiceRow):
    """Item 1.11."""

    ITEM = vocabulary.TRANSFER_NEEDS
    practice = practice_key(ITEM.key)

    class Meta(ChoiceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="need_once_per_practice")
        ]


class PracticeSuccessCriterion(ChoiceRow):
    """Criteria of item 2.6."""

    ITEM = vocabulary.SUCCESS_CRITERIA
    practice = practice_key(ITEM.key)

    class Meta(ChoiceRow.Meta):
        constraints = [
            models.UniqueConstraint(fields=["practice", "key"], name="criterion_once_per_practice")
        ]


CHOICE_ROWS: tuple[type[ChoiceRow], ...] = (
    PracticeLevel,
    PracticeCategory,
    PracticeDocumentation,
    PracticeNeed,
    PracticeSuccessCriterion,
)


class EntityRow(Orderable):
    """One entity in a list of entities."""

    name = models.CharField(_("name"), max_length=255)

    panels = [FieldPanel("name")]
    api_fields = [APIField("name", writable=True)]

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name


class AssociatedEntity(EntityRow):
    """Item 1.7."""

    practice = practice_key(vocabulary.ASSOCIATED_ENTITIES.key)


class ParticipatingEntity(EntityRow):
    """Item 1.8."""

    practice = practice_key(vocabulary.PARTICIPATING_ENTITIES.key)


class PracticeReference(Orderable):
    """A source of the practice: an address, with a title where one was given."""

    practice = practice_key("references")
    url = models.URLField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=255, blank=True)

    panels = [FieldPanel("url"), FieldPanel("title")]
    api_fields = [APIField("url", writable=True), APIField("title", writable=True)]

    def __str__(self) -> str:
        return self.title or self.url
