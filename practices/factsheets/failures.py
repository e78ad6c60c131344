"""Fact sheets that cannot be made: which, and why, for the Secretaría."""

import logging
from typing import Any

from django.db.models import F
from django.utils import timezone

from practices.models import FailedSheet

from .document import Document, ficha
from .making import make
from .pdf import RenderError
from .pictures import Pictures
from .sheet import Sheet

logger = logging.getLogger(__name__)

LONGEST = 2_000
"""Letters of a reason that are kept."""


def make_or_tell(document: Document, pictures: Pictures, extension: str) -> bytes:
    """The bytes of a file. A sheet that cannot be made is written down. Raises RenderError."""
    files = pictures.files()
    try:
        content = make(document, files, extension)
    except Exception as error:
        sheets = document["sheets"]
        guilty = sheets if document["kind"] == "ficha" else _guilty(document, files, extension)
        for sheet in guilty:
            named = sheet["code"], sheet["title"]["text"], sheet["language"]
            _write_down(named, document["design"], extension, error)
        if not guilty:  # the whole, or the blank ficha
            named = "", document["title"], document["language"]
            _write_down(named, document.get("design", ""), extension, error)
        codes = ", ".join(sheet["code"] for sheet in guilty)
        logger.exception("A fact sheet could not be made: %s", codes or document["title"])
        raise RenderError(str(error)) from error
    if document["kind"] == "ficha":
        [sheet] = document["sheets"]
        _of(sheet["code"], sheet["language"], document["design"], extension).delete()
    else:
        whole = _of("", document["language"], document.get("design", ""), extension)
        whole.filter(title=document["title"][:255]).delete()
    return content


def _guilty(document: Document, files: dict[str, bytes], extension: str) -> list[Sheet]:
    """The sheets of a compilation that cannot be made alone either."""
    found = []
    for sheet in document["sheets"]:
        try:
            make(ficha(sheet, document["design"]), files, extension)
        except Exception:
            found.append(sheet)
    return found


def _of(code: str, language: str, design: str, extension: str) -> Any:
    return FailedSheet.objects.filter(
        code=code, language=language, design=design, extension=extension
    )


def _write_down(sheet: tuple[str, str, str], design: str, extension: str, error: Exception) -> None:
    """Write down a failure; `sheet` is code, title and language, the code empty for a whole file."""
    code, title, language = sheet
    values = {"title": title[:255], "reason": (str(error) or repr(error))[:LONGEST]}
    told = _of(code, language, design, extension)
    if not told.update(times=F("times") + 1, last=timezone.now(), **values):
        FailedSheet.objects.get_or_create(
            code=code, language=language, design=design, extension=extension, defaults=values
        )
