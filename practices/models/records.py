"""What a practice is beside its pages: code, versions, private contact."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage, Revision


class CodeCounter(models.Model):
    """The last number given in a country. Numbers are never given twice."""

    country = models.CharField(max_length=3, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.country} {self.last}"

    @classmethod
    def take(cls, country: str) -> int:
        """Take the next number of a country (ISO alpha-3).

        The update holds the row until the transaction ends, so two practices published at once
        get two numbers. Must run inside a transaction.
        """
        cls.objects.get_or_create(country=country)
        cls.objects.filter(country=country).update(last=F("last") + 1)
        return cls.objects.get(country=country).last


class PracticeRecordManager(models.Manager["PracticeRecord"]):
    """Records and the codes they carry."""

    def for_publication(self, practice: Any) -> "PracticeRecord":
        """The record of an original that is being published, made at its first publication."""
        with transaction.atomic():
            record = self.filter(translation_key=practice.translation_key).first()
            if record is None:
                country = practice.country_page.alpha3
                number = CodeCounter.take(country)
                prefix = getattr(settings, "PRACTICES_CODE_PREFIX", "OSUMI")
                record = self.create(
                    translation_key=practice.translation_key,
                    code=f"{prefix}-{country}-{number:04d}",
                    original_language=practice.locale.language_code,
                    practice=practice,
                )
            elif record.practice_id != practice.pk:
                record.practice = practice
                record.save(update_fields=["practice"])
            return record


class PracticeRecord(models.Model):
    """The one row of a practice, in all its languages. It outlives the practice's pages.

    `code` is citable: country (ISO alpha-3) and running number at first publication. Revert,
    move, copy and translation leave it alone.
    """

    translation_key = models.UUIDField(unique=True)
    code = models.CharField(_("code"), max_length=40, unique=True)
    original_language = models.CharField(_("original language"), max_length=10)
    practice = models.OneToOneField(
        "practices.PracticePage",
        on_delete=models.SET_NULL,
        null=True,
        related_name="record",
    )
    archived_at = models.DateTimeField(_("no longer in force since"), null=True, blank=True)

    objects = PracticeRecordManager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("record of a practice")
        verbose_name_plural = _("records of practices")

    def __str__(self) -> str:
        return self.code

    @property
    def in_force(self) -> bool:
        return self.archived_at is None


def protect_while_page_exists(collector: Any, field: Any, sub_objs: Any, using: str) -> None:
    """`on_delete` of a published revision: kept by all purging, freed when its page is deleted."""
    deleted_pages = {
        page.pk
        for model, pages in collector.data.items()
        if issubclass(model, AbstractPage)
        for page in pages
    }
    kept = [version for version in sub_objs if version.page_id not in deleted_pages]
    if kept:
        raise models.ProtectedError(
            "A published version needs this revision; delete its page instead.", set(kept)
        )
    models.SET_NULL(collector, field, sub_objs, using)


class PracticeVersion(models.Model):
    """One publication of one language version; `number` runs from 1 in each language.

    Of a translation it says what readers are told: `sources` holds, for each section, the text of
    the original that it was made from (digest and revision), `outdated_since` when the original
    went on without it, `from_machine` whether a machine had a part in it.
    """

    record = models.ForeignKey(PracticeRecord, on_delete=models.CASCADE, related_name="versions")
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveIntegerField(_("number"))
    page_id = models.PositiveIntegerField(_("page"))
    revision = models.ForeignKey(
        Revision, on_delete=protect_while_page_exists, null=True, related_name="practice_versions"
    )
    published_at = models.DateTimeField(_("published at"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    sources = models.JSONField(default=dict, blank=True)
    from_machine = models.BooleanField(_("from a machine"), default=False)
    outdated_since = models.DateTimeField(_("out of date since"), null=True)

    class Meta:
        ordering = ["record", "language", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "language", "number"], name="version_number_once"
            )
        ]
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")

    def __str__(self) -> str:
        return f"{self.record.code} {self.language} {self.number}"


class PracticeContact(models.Model):
    """The private part of item 1.12: a person, seen by few (`access.may_see_contact`).

    Beside the page on purpose: page fields reach revisions, copies, translators and the API.
    """

    translation_key = models.UUIDField(default=uuid.uuid4, unique=True)
    contact_name = models.CharField(_("Name and surname"), max_length=160, blank=True)
    contact_position = models.CharField(_("Position"), max_length=160, blank=True)
    contact_email = models.EmailField(_("E-mail"), blank=True)

    access: "ContactAccess | None" = None
    """A line of the log that is written with the next save."""

    class Meta:
        verbose_name = _("private contact")
        verbose_name_plural = _("private contacts")

    def __str__(self) -> str:
        return self.contact_name

    @property
    def is_empty(self) -> bool:
        return not (self.contact_name or self.contact_position or self.contact_email)

    def note_change(self, practice: Any, user: Any) -> None:
        """Have the next save say in the log who changed the contact."""
        self.access = ContactAccess.of(practice, user, ContactAccess.Action.CHANGED)

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the contact, and who changed it."""
        super().save(*args, **kwargs)
        if self.access:
            self.access.save()
            self.access = None


class ContactAccess(models.Model):
    """Who read or changed the private contact of a practice, and when. Never what it says."""

    class Action(models.TextChoices):
        """What was done with the contact."""

        READ = "read", _("Read")
        CHANGED = "changed", _("Changed")
        ERASED = "erased", _("Erased")

    translation_key = models.UUIDField(db_index=True)
    code = models.CharField(_("code"), max_length=40, blank=True)
    title = models.CharField(_("title"), max_length=255, blank=True)
    action = models.CharField(_("action"), max_length=10, choices=Action)
    at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("access to a private contact")
        verbose_name_plural = _("accesses to private contacts")

    def __str__(self) -> str:
        return f"{self.code or self.title}: {self.get_action_display()}"

    @classmethod
    def of(
        cls, practice: Any, user: Any, action: str, translation_key: uuid.UUID | None = None
    ) -> "ContactAccess":
        """A line about the contact of a practice (None where its page is gone), unsaved."""
        return cls(
            translation_key=translation_key or practice.translation_key,
            code=practice.code if practice else "",
            title=practice.title if practice else "",
            user=user,
            action=action,
        )
