"""What is known of a translation, section by section, and of the machine at work on it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from practices.translation.sections import SectionState, item_of
from practices.vocabulary import Item


class SectionTranslation(models.Model):
    """One section of a translation: what its latest text is, and which text it was made from.

    `section` is a key of `translation.sections.KEYS`. `source_digest` tells the published text of
    the original that it was made from, `source_revision` is where that text stands. Written by
    `translation.states` alone. What readers see is kept on `PracticeVersion`.
    """

    page = models.ForeignKey(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="section_states"
    )
    section = models.CharField(_("section"), max_length=40)
    state = models.CharField(_("state"), max_length=12, choices=SectionState)
    from_machine = models.BooleanField(_("from a machine"), default=False)
    text_digest = models.CharField(max_length=64)
    source_digest = models.CharField(max_length=64)
    source_revision = models.ForeignKey(
        Revision, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    outdated_since = models.DateTimeField(_("out of date since"), null=True)
    before_check = models.JSONField(null=True)
    """What was known of the text before a person checked it, should they take that back."""
    before_copy = models.JSONField(null=True)
    """What was known of the text whose place a copied one took."""
    earlier = models.JSONField(default=dict)
    """What was known of the texts of earlier revisions, by their digests."""

    is_news: bool
    """Whether a reckoning found anything else than what is stored."""
    left: dict[str, Any]
    """What was known of the text that a reckoning found replaced, by its digest."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "section"], name="section_once_per_translation")
        ]
        verbose_name = _("section of a translation")
        verbose_name_plural = _("sections of translations")

    def __str__(self) -> str:
        return f"{self.page_id} {self.section}: {self.shown}"

    @property
    def item(self) -> Item:
        """The item of the ficha that the section belongs to."""
        return item_of(self.section)

    @property
    def shown(self) -> SectionState:
        """The state that people are told."""
        answered = self.state in (SectionState.TRANSLATED, SectionState.APPROVED)
        return (
            SectionState.OUTDATED if answered and self.outdated_since else SectionState(self.state)
        )

    @property
    def is_open(self) -> bool:
        """Whether a person still has to translate or to check the text before it can be submitted."""
        return self.state in (SectionState.COPIED, SectionState.MACHINE)


class MachineJob(models.Model):
    """A machine translation under way in the background, and how it ended; one for a translation."""

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting to begin")
        RUNNING = "running", _("Translating")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    page = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="machine_job"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(_("texts done"), default=0)
    total = models.PositiveIntegerField(_("texts"), default=0)
    fault = models.CharField(_("what went wrong"), max_length=30, blank=True)
    detail = models.TextField(_("detail"), blank=True)
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    class Meta:
        verbose_name = _("machine translation")
        verbose_name_plural = _("machine translations")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.state} {self.done}/{self.total}"
