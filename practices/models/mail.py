"""Mail on its way, and who wants which."""

import base64
from email.utils import formatdate, make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.utils import DNS_NAME
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

RECIPIENT_HEADERS = frozenset(("to", "cc", "bcc"))


class QueuedMail(models.Model):
    """A mail to one person that the mail server has not taken yet; deleted once it has.

    `not_before` is when it may be tried (again). Whoever tries it moves that time ahead first, so
    that no other worker tries it meanwhile, and a worker that dies holds it up for a while only.
    """

    recipient = models.CharField(_("to"), max_length=320)
    subject = models.TextField(_("subject"), blank=True)
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(_("written at"), default=timezone.now)
    not_before = models.DateTimeField(_("next attempt"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    failed_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["not_before", "pk"]
        indexes = [models.Index(fields=["failed_at", "not_before"], name="mail_due")]
        verbose_name = _("mail not delivered")
        verbose_name_plural = _("mails not delivered")

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"

    @classmethod
    def copies_of(cls, message: EmailMessage) -> "list[QueuedMail]":
        """The mails, unsaved, that a message becomes: one for each of its recipients.

        Raises what Django raises at sending where a header holds a line break. In subjects, which
        hold titles that people wrote, line breaks become spaces.
        """
        message.subject = " ".join(str(message.subject).split())
        given = {name: str(value) for name, value in message.extra_headers.items()}
        headers = {"Date": formatdate(), "Message-ID": make_msgid(domain=str(DNS_NAME))} | {
            name: value for name, value in given.items() if name.lower() not in RECIPIENT_HEADERS
        }
        if message.reply_to:
            headers.setdefault("Reply-To", ", ".join(str(address) for address in message.reply_to))
        message.message()
        content = {
            "body": str(message.body),
            "subtype": message.content_subtype,
            "from": str(message.from_email),
            "headers": headers,
            "alternatives": [
                [str(text), kind] for text, kind in getattr(message, "alternatives", None) or []
            ],
            "attachments": [_stored(attachment) for attachment in message.attachments],
        }
        return [
            cls(recipient=address, subject=message.subject, content=content)
            for address in dict.fromkeys(message.recipients())
        ]

    def message(self) -> EmailMultiAlternatives:
        """The mail, to be handed over. The same at each attempt, so that receivers know a copy."""
        message = EmailMultiAlternatives(
            self.subject,
            self.content["body"],
            self.content["from"],
            [self.recipient],
            headers=self.content["headers"],
        )
        message.content_subtype = self.content["subtype"]
        for text, kind in self.content["alternatives"]:
            message.attach_alternative(text, kind)
        for name, data, kind in self.content["attachments"]:
            message.attach(name, base64.b64decode(data), kind)
        return message


def _stored(attachment: Any) -> list[Any]:
    if not isinstance(attachment, tuple):
        raise TypeError("Attach files by name and content; ready-made MIME parts are not stored.")
    name, content, kind = attachment
    data = content.encode() if isinstance(content, str) else content
    return [name, base64.b64encode(data).decode(), kind]


class PendingNotice(models.Model):
    """A line of the moderation log that people are still to be told about.

    Written with the line itself, so that neither is without the other. The worker writes the
    mails, once all lines of the transaction are there and the person who acted is known.
    """

    event = models.OneToOneField(
        "practices.ModerationEvent", on_delete=models.CASCADE, related_name="+"
    )
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.event)


class MailPreference(models.Model):
    """Which mails on moderation a person wants. Without a row: all of them."""

    class Wanted(models.TextChoices):
        """From nothing to everything."""

        ALL = "all", _("All that happens to my fichas")
        ACT = "act", _("Only what I must act on")
        NONE = "none", _("None")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preference"
    )
    wanted = models.CharField(
        _("Mails on the review of fichas"), max_length=4, choices=Wanted, default=Wanted.ALL
    )
    digest = models.BooleanField(
        _("Weekly summary"),
        default=True,
        help_text=_("One mail a week with what waits for you. None when nothing waits."),
    )

    class Meta:
        verbose_name = _("mail preference")
        verbose_name_plural = _("mail preferences")

    def __str__(self) -> str:
        return f"{self.user}: {self.wanted}"
