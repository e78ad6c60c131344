"""Child rows of a practice: its choices, entities and references."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.models import Orderable

from practices.vocabulary import CHOICE_ITEMS, ENTITY_ITEMS, MAX_ENTITY_LENGTH

CHOICE_LABELS = {
    (item.key, choice.key): choice.label for item in CHOICE_ITEMS for choice in item.choices
}


class PracticeChoice(models.Model):
    """One chosen value of a closed item (1.4, 1.9, 1.10, 1.11, criteria of 2.6)."""

    practice = ParentalKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="choices"
    )
    item = models.CharField(
        _("item"), max_length=30, choices=[(item.key, item.label) for item in CHOICE_ITEMS]
    )
    key = models.CharField(_("value"), max_length=40)

    api_fields = [APIField("item", writable=True), APIField("key", writable=True)]

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["item", "key"])]
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "item", "key"], name="choice_once_per_practice"
            )
        ]

    def __str__(self) -> str:
        return str(CHOICE_LABELS.get((self.item, self.key), self.key))


class PracticeEntity(Orderable):
    """One entity of item 1.7 or 1.8; `item` says which."""

    practice = ParentalKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="entities"
    )
    item = models.CharField(
        _("item"), max_length=30, choices=[(item.key, item.label) for item in ENTITY_ITEMS]
    )
    name = models.CharField(_("name"), max_length=MAX_ENTITY_LENGTH)

    api_fields = [APIField("item", writable=True), APIField("name", writable=True)]

    def __str__(self) -> str:
        return self.name


class PracticeReference(Orderable):
    """A source of the practice: an address, with a title where one was given."""

    practice = ParentalKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="references"
    )
    url = models.URLField(_("address"), max_length=2000)
    title = models.CharField(_("title"), max_length=255, blank=True)

    panels = [FieldPanel("url"), FieldPanel("title")]
    api_fields = [APIField("url", writable=True), APIField("title", writable=True)]

    def __str__(self) -> str:
        return self.title or self.url
