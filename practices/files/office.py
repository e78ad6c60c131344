"""Looking into office files: a ZIP package is unpacked in memory, in pieces, before it is kept."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any, BinaryIO

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from django.utils.translation import gettext as _

MAX_MEMBERS = 5_000
MAX_UNPACKED = 150 * 1024 * 1024
"""Bytes that a package may unpack to, the packages within it included."""

FREE_UNPACKED = 10 * 1024 * 1024
MAX_RATIO = 150
"""Above FREE_UNPACKED bytes, how many times its size a package may unpack to."""

MAX_DIRECTORY = 2 * 1024 * 1024
MAX_MANIFEST = 5 * 1024 * 1024
CHUNK = 256 * 1024

OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "docx": f"{OOXML}wordprocessingml.document.main+xml",
    "pptx": f"{OOXML}presentationml.presentation.main+xml",
    "xlsx": f"{OOXML}spreadsheetml.sheet.main+xml",
}
ODF_TYPES = {
    "odp": "application/vnd.oasis.opendocument.presentation",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
END_OF_DIRECTORY = b"PK\x05\x06"
END_LENGTH = 22
ENCRYPTED = 0x1
MACRO_PARTS = re.compile(
    r"vbaproject|vbadata|(^|/)activex/|^xl/(macrosheets|dialogsheets)/|^(basic|dialogs|scripts)/"
)
MACRO_TYPES = re.compile(r"macroenabled|vbaproject|activex|macrosheet")
LOADED_TYPES = ("/attachedTemplate", "/oleObject", "/frame")
"""Relations whose target an office program fetches or runs when it opens the file."""

NESTED = re.compile(r"(^|/)embeddings/[^/]+\.(docx|pptx|xlsx)$")
FOREIGN = {
    b"MZ": "program",
    b"\x7fELF": "program",
    b"\xca\xfe\xba\xbe": "program",
    b"#!": "program",
    b"PK\x03\x04": "archive",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\xd0\xcf\x11\xe0": "object",
}
ENTITIES = tuple("<!ENTITY".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))


class UnfitContentError(Exception):
    """What is wrong with a file, as a clause in the active language."""


class Allowance:
    """How much a package may still unpack to."""

    def __init__(self, packed: int) -> None:
        self.left = min(MAX_UNPACKED, max(FREE_UNPACKED, packed * MAX_RATIO))

    def take(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise UnfitContentError(_("it unpacks to far more than its size"))


def check_office(file: BinaryIO, extension: str, allowance: Allowance | None = None) -> None:
    """Look through a package of one of the office types. Raises UnfitContentError."""
    size = file.seek(0, 2)
    _check_frame(file, size, extension)
    try:
        with zipfile.ZipFile(file) as package:
            members = package.infolist()
            _check_names(members)
            _read_members(package, members, allowance or Allowance(size), nested=allowance is None)
            if extension in MAIN_PARTS:
                _check_ooxml(package, extension)
            else:
                _check_odf(package, extension)
    except (zipfile.BadZipFile, zlib.error, EOFError, ParseError, KeyError, ValueError) as error:
        raise UnfitContentError(_("it is damaged")) from error
    except DefusedXmlException as error:
        raise UnfitContentError(_("it holds definitions that can exhaust a computer")) from error
    except (NotImplementedError, RuntimeError) as error:
        raise UnfitContentError(_("it is packed in an unusual way")) from error


def _check_frame(file: BinaryIO, size: int, extension: str) -> None:
    """A package begins and ends as one: nothing stands before or behind it."""
    file.seek(0)
    head = file.read(4)
    if head == b"\xd0\xcf\x11\xe0":
        raise UnfitContentError(_("it is protected by a password or of an old format"))
    if head != b"PK\x03\x04" or size < END_LENGTH:
        raise UnfitContentError(
            _("its content is not that of a .%(type)s file") % {"type": extension}
        )
    file.seek(size - END_LENGTH)
    end = file.read(END_LENGTH)
    count = int.from_bytes(end[10:12], "little")
    directory = int.from_bytes(end[12:16], "little")
    offset = int.from_bytes(end[16:20], "little")
    if end[:4] != END_OF_DIRECTORY or offset + directory + END_LENGTH != size:
        raise UnfitContentError(_("something else is attached to its end"))
    if count > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise UnfitContentError(_("it holds too many parts"))


def _check_names(members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename.lower() for member in members]
    if len(set(names)) != len(names):
        raise UnfitContentError(_("it is damaged"))
    for member, name in zip(members, names, strict=True):
        if member.flag_bits & ENCRYPTED:
            raise UnfitContentError(_("it is protected by a password or of an old format"))
        if name.startswith("/") or "\\" in name or ".." in name.split("/"):
            raise UnfitContentError(_("its parts have unsafe names"))
        if MACRO_PARTS.search(name):
            raise UnfitContentError(_("it holds macros"))


def _read_members(
    package: zipfile.ZipFile,
    members: list[zipfile.ZipInfo],
    allowance: Allowance,
    nested: bool,
) -> None:
    for member in members:
        name = member.filename.lower()
        inner = NESTED.search(name) if nested else None
        kept = BytesIO()
        tail = b""
        for number, chunk in enumerate(_chunks(package, member, allowance)):
            if inner:
                kept.write(chunk)
                continue
            if number == 0:
                _check_beginning(chunk)
            if name.endswith((".xml", ".rels")) and any(word in tail + chunk for word in ENTITIES):
                raise UnfitContentError(_("it holds definitions that can exhaust a computer"))
            tail = chunk[-16:]
        if inner:
            check_office(kept, inner[2], allowance)


def _chunks(
    package: zipfile.ZipFile, member: zipfile.ZipInfo, allowance: Allowance
) -> Iterator[bytes]:
    with package.open(member) as opened:
        while chunk := opened.read(CHUNK):
            allowance.take(len(chunk))
            yield chunk


def _check_beginning(chunk: bytes) -> None:
    found = next((kind for magic, kind in FOREIGN.items() if chunk.startswith(magic)), None)
    if found == "program":
        raise UnfitContentError(_("it holds a program"))
    if found == "archive":
        raise UnfitContentError(_("it holds an archive"))
    if found == "object":
        raise UnfitContentError(_("it holds an embedded object that cannot be checked"))


def _check_ooxml(package: zipfile.ZipFile, extension: str) -> None:
    types = [
        element.get("ContentType", "").lower() for element in _xml(package, "[Content_Types].xml")
    ]
    if any(MACRO_TYPES.search(content_type) for content_type in types):
        raise UnfitContentError(_("it holds macros"))
    if MAIN_PARTS[extension] not in types:
        raise UnfitContentError(
            _("its content is not that of a .%(type)s file") % {"type": extension}
        )
    for name in package.namelist():
        if name.lower().endswith(".rels"):
            for relation in _xml(package, name):
                _check_relation(relation)


def _check_relation(relation: Any) -> None:
    kind = relation.get("Type", "")
    if MACRO_TYPES.search(kind.lower()):
        raise UnfitContentError(_("it holds macros"))
    if relation.get("TargetMode", "").lower() == "external" and kind.endswith(LOADED_TYPES):
        raise UnfitContentError(_("it loads other files from outside when it is opened"))


def _check_odf(package: zipfile.ZipFile, extension: str) -> None:
    first = package.infolist()[0]
    if (
        first.filename != "mimetype"
        or first.compress_type != zipfile.ZIP_STORED
        or package.read(first).decode("ascii") != ODF_TYPES[extension]
        or "content.xml" not in package.namelist()
    ):
        raise UnfitContentError(
            _("its content is not that of a .%(type)s file") % {"type": extension}
        )
    for element in _xml(package, "META-INF/manifest.xml").iter():
        if element.tag.endswith("}encryption-data"):
            raise UnfitContentError(_("it is protected by a password or of an old format"))


def _xml(package: zipfile.ZipFile, name: str) -> Any:
    if package.getinfo(name).file_size > MAX_MANIFEST:
        raise UnfitContentError(_("it is damaged"))
    return fromstring(package.read(name))
