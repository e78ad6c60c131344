"""When anything that readers are shown of the collection was last changed."""

from django.db import models, transaction
from django.utils import timezone


class CollectionChange(models.Model):
    """One row, for `Last-Modified`: when lists and details of practices last changed.

    `Directory.changed_at` reads it, before anything else of an answer. It is written once a change is committed: whoever reads it and then the data can only get data
    that are newer than it says, never older.
    """

    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.at.isoformat()

    @classmethod
    def note(cls) -> None:
        """Write down that something changes, at the end of the transaction."""
        transaction.on_commit(cls._write, robust=True)

    @classmethod
    def _write(cls) -> None:
        cls.objects.bulk_create(
            [cls(pk=1, at=timezone.now())],
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=["at"],
        )
