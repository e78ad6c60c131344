"""Which files pages use: what makes a file public, and what holds it in place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from practices.files.kinds import FileKind


class FileReference(models.Model):
    """A file by its library and its key there.

    No foreign key: a migration would have to name the models of the host site.
    """

    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    file_id = models.PositiveBigIntegerField(_("file"))

    class Meta:
        abstract = True


class FileUse(FileReference):
    """A live page uses a file: the file is public."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "file_id", "page"], name="file_use_once")
        ]
        verbose_name = _("use of a file")
        verbose_name_plural = _("uses of files")

    def __str__(self) -> str:
        return f"{self.page_id}: {self.kind} {self.file_id}"


class FileHold(FileReference):
    """A revision that was submitted or published refers to a file: the file stays what it is."""

    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "file_id", "revision"], name="file_hold_once")
        ]
        verbose_name = _("hold on a file")
        verbose_name_plural = _("holds on files")

    def __str__(self) -> str:
        return f"revision {self.revision_id}: {self.kind} {self.file_id}"
