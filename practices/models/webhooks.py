"""Addresses that are told what becomes public, changes, or ceases to be public."""

import base64
import secrets
import uuid
from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SECRET_BYTES = 32
SECRET_PREFIX = "whsec_"  # noqa: S105 (Standard Webhooks marks a secret so)

OVERLAP = timedelta(days=1)
"""How long the secret that was replaced signs beside the new one."""


def new_secret() -> str:
    """A secret in the form of Standard Webhooks: `whsec_` and 32 random bytes in Base64."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


class WebhookEvent(models.TextChoices):
    """What an address can be told of a practice."""

    PUBLISHED = "practice.published", _("A practice is published")
    UPDATED = "practice.updated", _("A published practice changes")
    UNPUBLISHED = "practice.unpublished", _("A practice is no longer public")


TEST = "webhook.test"
"""The event of a test, which every address gets that is asked for one."""


class Webhook(models.Model):
    """An address of somebody else's that is told of practices, and the secret that signs it.

    The secret is stored as it is, since it has to sign; nothing ever shows it again. While it is
    being replaced the old one signs as well, so that the receiver may change at leisure.
    """

    name = models.CharField(_("name"), max_length=100, help_text=_("Whose address it is, for you."))
    url = models.CharField(
        _("address"),
        max_length=500,
        unique=True,
        help_text=_("Begins with https:// and can be reached from the internet."),
    )
    events = models.JSONField(_("events"), default=list)
    active = models.BooleanField(_("active"), default=True)
    secret = models.CharField(max_length=100, default=new_secret, editable=False)
    secret_made_at = models.DateTimeField(default=timezone.now, editable=False)
    old_secret = models.CharField(max_length=100, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    taken_at = models.DateTimeField(_("last success"), null=True, editable=False)
    switched_off_at = models.DateTimeField(
        _("switched off by the system"), null=True, editable=False
    )
    switched_off_because = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")

    def __str__(self) -> str:
        return self.name

    def rotate(self) -> None:
        """Replace the secret, and save; the old one signs beside it for a day."""
        self.old_secret, self.secret = self.secret, new_secret()
        self.secret_made_at = timezone.now()
        self.save(update_fields=["secret", "old_secret", "secret_made_at"])

    def keys(self, now: datetime) -> list[bytes]:
        """The keys that sign now, the newest first."""
        names = [self.secret]
        if self.old_secret and now < self.secret_made_at + OVERLAP:
            names.append(self.old_secret)
        return [base64.b64decode(name.removeprefix(SECRET_PREFIX)) for name in names]


class PublicChange(models.Model):
    """That something public of a practice changed, and whether it was public before.

    Written with the change itself, so that neither is without the other. The worker compares with
    what is public when it looks, and makes the deliveries.
    """

    translation_key = models.UUIDField()
    was_public = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.translation_key)


class WebhookDelivery(models.Model):
    """One message to one address: what it says, and what became of it.

    `not_before` is when it may be tried (again); a worker that tries it moves that time ahead first,
    as with mails. `body` is the very text that is signed, the same at each attempt.
    """

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    event = models.CharField(_("event"), max_length=30)
    code = models.CharField(_("code"), max_length=40, blank=True)
    body = models.TextField()
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    not_before = models.DateTimeField(_("next attempt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    delivered_at = models.DateTimeField(_("delivered"), null=True)
    failed_at = models.DateTimeField(_("given up"), null=True)
    status = models.PositiveSmallIntegerField(_("status"), null=True)
    duration = models.PositiveIntegerField(_("duration"), null=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["not_before"],
                name="webhook_due",
                condition=models.Q(delivered_at=None, failed_at=None),
            ),
            models.Index(fields=["webhook", "code"], name="webhook_order"),
        ]
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")

    def __str__(self) -> str:
        return f"{self.event} {self.code}".strip()

    @property
    def waits(self) -> bool:
        """Whether it is still to be tried."""
        return self.delivered_at is None and self.failed_at is None

    @property
    def message_id(self) -> str:
        """The id by which a receiver knows a copy; the same at each attempt."""
        return f"msg_{self.key.hex}"
