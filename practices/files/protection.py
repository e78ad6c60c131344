"""Files are checked when they come in, and stay what they are once they were submitted."""

from typing import Any

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete, pre_save
from django.utils.translation import gettext as _

from .references import kind_of, ref_of
from .uploads import check_upload
from .uses import is_held


class FileInUseError(ProtectedError):
    """A file that is published or in moderation was about to be replaced or deleted."""

    def __init__(self, file: Any) -> None:
        self.file = file
        super().__init__(in_use_text(file), {file})

    def __str__(self) -> str:
        return in_use_text(self.file)


def in_use_text(file: Any) -> str:
    """Why a file can neither be replaced nor deleted, in the active language."""
    return _(
        "“%(title)s” is used in a text that is published or under review: its file can neither be replaced nor deleted. Upload a new one and choose it instead."
    ) % {"title": file.title}


def check_new_file(
    sender: Any, instance: Any, raw: bool = False, update_fields: Any = None, **_kwargs: Any
) -> None:
    """Check a file by whatever way it comes, and let it replace none that is held.

    Raises ValidationError or FileInUseError.
    """
    kind = kind_of(sender)
    if not kind or raw or (update_fields is not None and "file" not in update_fields):
        return
    stored = sender._default_manager.filter(pk=instance.pk).values_list("file", flat=True).first()
    if instance.file._committed and instance.file.name == stored:
        return
    if stored is not None and is_held(ref_of(instance)):
        raise FileInUseError(instance)
    check_upload(instance.file, kind)


def keep_held_file(sender: Any, instance: Any, **_kwargs: Any) -> None:
    """Let no held file be deleted, alone or in bulk. Raises FileInUseError."""
    if kind_of(sender) and is_held(ref_of(instance)):
        raise FileInUseError(instance)


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    pre_save.connect(check_new_file)
    pre_delete.connect(keep_held_file)
