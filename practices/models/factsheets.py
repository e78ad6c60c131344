"""Fact sheets that take a while, and those that could not be made."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class CompilationJob(models.Model):
    """A compilation that is made in the background.

    `key` is a digest of what was asked for, so that the same asked for twice is one job; `digest`
    names the file once it is made, `pages` are the language versions that it holds. `done` and
    `total` count practices.
    """

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", _("Waiting to begin")
        RUNNING = "running", _("Being made")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    key = models.CharField(max_length=40, primary_key=True)
    order = models.JSONField()
    extension = models.CharField(max_length=4)
    name = models.CharField(_("name of the file"), max_length=160)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    attempt = models.PositiveIntegerField(_("attempt"), default=1)
    done = models.PositiveIntegerField(_("practices read"), default=0)
    total = models.PositiveIntegerField(_("practices"), default=0)
    digest = models.CharField(max_length=40, blank=True)
    pages: models.JSONField[Any] = models.JSONField(default=list)
    created_at = models.DateTimeField(_("asked for at"), default=timezone.now)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, db_index=True)

    class Meta:
        verbose_name = _("compilation being made")
        verbose_name_plural = _("compilations being made")

    def __str__(self) -> str:
        return f"{self.name}: {self.state} {self.done}/{self.total}"


class FailedSheet(models.Model):
    """A fact sheet that could not be made, until it can be; one for each practice and kind of file."""

    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=255)
    language = models.CharField(_("language"), max_length=10)
    design = models.CharField(max_length=10)
    extension = models.CharField(_("file"), max_length=4)
    reason = models.TextField(_("reason"))
    times = models.PositiveIntegerField(_("times"), default=1)
    last = models.DateTimeField(_("last time"), default=timezone.now)

    class Meta:
        ordering = ["-last"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "language", "design", "extension"], name="failed_sheet_once"
            )
        ]
        verbose_name = _("fact sheet that failed")
        verbose_name_plural = _("fact sheets that failed")

    def __str__(self) -> str:
        return f"{self.code} {self.language} {self.design}.{self.extension}"
