"""Which files may be uploaded: by their name, by their content, and by their size."""

import codecs
import re
import zipfile
from collections.abc import Callable
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image
from wagtail.images.utils import get_allowed_image_extensions

from .kinds import FileKind
from .office import MAIN_PARTS, ODF_TYPES, UnfitContentError, check_office

MEGABYTE = 1024 * 1024
DEFAULT_MAX_SIZE = {FileKind.DOCUMENT: 20 * MEGABYTE, FileKind.IMAGE: 10 * MEGABYTE}
SIZE_SETTINGS = {
    FileKind.DOCUMENT: "WAGTAILDOCS_MAX_UPLOAD_SIZE",
    FileKind.IMAGE: "WAGTAILIMAGES_MAX_UPLOAD_SIZE",
}
DEFAULT_MAX_PIXELS = 60_000_000

IMAGE_FORMATS = {
    "avif": "AVIF",
    "gif": "GIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
PDF_END = b"%%EOF"
PDF_TAIL = 2048
ACTIVE = re.compile(rb"<(!doctype|html|head|body|script|svg|iframe|\?php|\?xml|%)", re.IGNORECASE)
PROGRAM = re.compile(
    r"#!|@echo\b|MZ|<(!doctype|html|head|body|script|svg|iframe|\?|%)", re.IGNORECASE
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
BYTE_ORDER_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def accepted_extensions(kind: str) -> list[str]:
    """Extensions that may be uploaded: those of the site's settings that can be checked here."""
    if kind == FileKind.IMAGE:
        asked, known = get_allowed_image_extensions(), set(IMAGE_FORMATS)
    else:
        asked, known = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None), set(DOCUMENT_CHECKS)
    return sorted(known if asked is None else known & set(asked))


def max_size(kind: str) -> int:
    """Bytes that a file may have."""
    limit = getattr(settings, SIZE_SETTINGS[FileKind(kind)], None)
    return DEFAULT_MAX_SIZE[FileKind(kind)] if limit is None else limit


def accepted_text(kind: str) -> str:
    """What may be uploaded, in the active language."""
    return _("Accepted: %(types)s; at most %(size)s each.") % {
        "types": ", ".join(accepted_extensions(kind)).upper(),
        "size": filesizeformat(max_size(kind)),
    }


def check_upload(file: Any, kind: str) -> None:
    """Refuse a file that is not what it may be. Raises ValidationError that says what may be.

    `file` has a name, a size and can be read and rewound, as an UploadedFile or a FieldFile.
    """
    name = file.name.replace("\\", "/").rpartition("/")[2]
    extension = name.rpartition(".")[2].lower() if "." in name else ""
    try:
        _check(file, kind, extension)
    except UnfitContentError as error:
        raise ValidationError(
            _("“%(name)s” was refused: %(reason)s. %(accepted)s")
            % {"name": name, "reason": error, "accepted": accepted_text(kind)},
            code="unfit_file",
        ) from error
    finally:
        file.seek(0)


def _check(file: Any, kind: str, extension: str) -> None:
    if extension not in accepted_extensions(kind):
        raise UnfitContentError(_("files of this type are not accepted"))
    if file.size > max_size(kind):
        raise UnfitContentError(_("it is too large"))
    file.seek(0)
    if kind == FileKind.IMAGE:
        _check_image(file, extension)
    else:
        DOCUMENT_CHECKS[extension](file, extension)


def _check_image(file: BinaryIO, extension: str) -> None:
    limit = getattr(settings, "WAGTAILIMAGES_MAX_IMAGE_PIXELS", DEFAULT_MAX_PIXELS)
    try:
        with Image.open(file, formats=[IMAGE_FORMATS[extension]]) as image:
            pixels = image.width * image.height * getattr(image, "n_frames", 1)
    except Image.DecompressionBombError:
        raise UnfitContentError(_("it has too many pixels")) from None
    except (OSError, SyntaxError, ValueError):
        raise _unlike(extension) from None
    if pixels > limit:
        raise UnfitContentError(_("it has too many pixels"))


def _check_pdf(file: BinaryIO, extension: str) -> None:
    """A PDF from its first byte to its last, so that nothing else reads it as something else."""
    if file.read(5) != b"%PDF-":
        raise _unlike(extension)
    size = file.seek(0, 2)
    file.seek(max(size - PDF_TAIL, 0))
    _body, mark, behind = file.read().rpartition(PDF_END)
    if not mark:
        raise UnfitContentError(_("it is damaged"))
    if ACTIVE.search(behind) or behind.strip(b"\x00 \r\n\t").startswith((b"PK", b"MZ", b"Rar!")):
        raise UnfitContentError(_("something else is attached to its end"))
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise UnfitContentError(_("it holds an archive"))


def _check_text(file: BinaryIO, extension: str) -> None:
    """Text in UTF-8, UTF-16 or Windows' code page, and no program that passes for it."""
    content = file.read()
    encoding = BYTE_ORDER_MARKS.get(content[:2], "utf-8-sig")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        if "\ufffd" in text:
            raise _unlike(extension) from None
    if CONTROL.search(text):
        raise _unlike(extension)
    if PROGRAM.match(text.lstrip()) or re.search(r"<script|<\?php", text, re.IGNORECASE):
        raise UnfitContentError(_("it holds a program"))


def _unlike(extension: str) -> UnfitContentError:
    return UnfitContentError(_("its content is not that of a .%(type)s file") % {"type": extension})


DOCUMENT_CHECKS: dict[str, Callable[[BinaryIO, str], None]] = {
    "csv": _check_text,
    "pdf": _check_pdf,
    "txt": _check_text,
    **dict.fromkeys((*MAIN_PARTS, *ODF_TYPES), check_office),
}
