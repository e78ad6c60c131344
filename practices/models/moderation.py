"""Where practices stand in moderation, and the log of how they came there."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from practices.moderation.states import Action, State
from practices.translation.item_names import in_words


class ModerationStatus(models.Model):
    """The state of the latest text of one language version, for lists and queues.

    Written by `practices.moderation.events` alone, in the transaction of what changed it. Beside
    the page, because a revert or a copy must not carry it along.
    """

    page = models.OneToOneField(
        "practices.PracticePage", on_delete=models.CASCADE, related_name="moderation"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State, default=State.DRAFT, db_index=True
    )
    since = models.DateTimeField(_("since"), default=timezone.now)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reminded_at = models.DateTimeField(_("reminded at"), null=True, blank=True)

    class Meta:
        verbose_name = _("state of a practice")
        verbose_name_plural = _("states of practices")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.state}"

    @property
    def days(self) -> int:
        """Whole days in the present state."""
        return (timezone.now() - self.since).days


class ModerationEvent(models.Model):
    """One line of the moderation log. It outlives the page; nothing edits or deletes it."""

    page = models.ForeignKey(
        "practices.PracticePage",
        verbose_name=_("practice"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="moderation_events",
    )
    publication = models.ForeignKey(
        "practices.PublicationPage",
        verbose_name=_("publication"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="moderation_events",
    )
    title = models.CharField(_("title"), max_length=255)
    code = models.CharField(_("code"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)
    language = models.CharField(_("language"), max_length=10)
    action = models.CharField(_("action"), max_length=20, choices=Action, db_index=True)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    comment = models.TextField(_("comment"), blank=True)
    revision_id = models.PositiveBigIntegerField(_("revision"), null=True, blank=True)
    waited = models.PositiveIntegerField(
        _("days taken"),
        null=True,
        blank=True,
        help_text=_("Whole days in the state before."),
    )
    exceptional = models.BooleanField(
        _("outside of the rules"),
        default=False,
        help_text=_("An administrator acted where the rules let nobody else act."),
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["page", "-at"], name="event_of_page")]
        verbose_name = _("event of moderation")
        verbose_name_plural = _("moderation log")

    def __str__(self) -> str:
        return f"{self.title}: {self.get_action_display()}"

    def get_comment_display(self) -> str:
        """The comment; what the system itself wrote there, in the reader's language.

        That is why an endorsement was skipped, and which items of an original changed.
        """
        if self.comment and self.action == Action.ENDORSEMENT_SKIPPED:
            return gettext(self.comment)
        if self.action == Action.OUTDATED:
            return str(in_words(self.comment, "; "))
        return self.comment

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new line; a stored one takes no other change than who did it."""
        if self.pk and set(kwargs.get("update_fields") or ("",)) != {"user"}:
            raise ValueError("Lines of the moderation log do not change.")
        super().save(*args, **kwargs)
