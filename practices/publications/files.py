"""Making the files of an edition, each once, by whoever comes first: the worker or a reader."""

import hashlib
from datetime import timedelta
from enum import Enum

from django.core.files.base import ContentFile
from django.db.models import Q
from django.utils import timezone

from practices.factsheets.compiling import AT_ONCE
from practices.factsheets.failures import make_or_tell
from practices.factsheets.pdf import RenderError
from practices.models import PublicationFile

from .freezing import KeptPictures

LOST_AFTER = timedelta(minutes=5)
"""Who began to make a file and has not finished after as long is gone, or failed: another tries."""

LATE_AFTER = timedelta(minutes=1)
"""A large file that no worker began for as long is made by who asks for it."""


class Answer(Enum):
    """What a file is, to who asks for it."""

    MADE = "made"
    BEING_MADE = "being made"
    FAILED = "failed"


def ask(file: PublicationFile) -> Answer:
    """Have a file, making it now where nobody else does."""
    if file.is_made and file.file.storage.exists(str(file.file.name)):
        return Answer.MADE
    if file.is_made:  # lost by the storage; its data are there
        rows = PublicationFile.objects.filter(pk=file.pk, file=file.file.name)
        rows.update(file="", claimed_at=None)
        file.refresh_from_db(fields=["file", "claimed_at"])
    is_large = len(file.edition.data["sheets"]) > AT_ONCE
    is_fresh = timezone.now() - file.asked_at < LATE_AFTER
    if is_large and is_fresh:
        return Answer.BEING_MADE
    make(file)
    file.refresh_from_db(fields=["file", "size", "digest", "fault"])
    if file.is_made:
        return Answer.MADE
    return Answer.FAILED if file.fault else Answer.BEING_MADE


def make(file: PublicationFile) -> None:
    """Make a file of the data of its edition; nothing happens where another is at it.

    A file that cannot be made says why, and is tried again after a while.
    """
    now = timezone.now()
    is_free = Q(claimed_at=None) | Q(claimed_at__lt=now - LOST_AFTER)
    rows = PublicationFile.objects.filter(is_free, pk=file.pk, file="")
    if not rows.update(claimed_at=now):
        return
    edition = file.edition
    try:
        content = make_or_tell(edition.data, KeptPictures(edition), file.extension)
    except RenderError as error:
        PublicationFile.objects.filter(pk=file.pk).update(fault=str(error) or "?")
        return
    file.file.save("", ContentFile(content), save=False)
    name = str(file.file.name)
    made = {
        "file": name,
        "size": len(content),
        "digest": hashlib.sha256(content).hexdigest(),
        "fault": "",
    }
    # Another may have been as slow; the file that readers have stays the same.
    if not PublicationFile.objects.filter(pk=file.pk, file="").update(**made):
        file.file.storage.delete(name)
