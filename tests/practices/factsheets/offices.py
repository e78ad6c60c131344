"""What offices see of a Word file: read with python-docx, or laid out by LibreOffice."""

import io
import re
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from docx import Document
from lxml import etree

from tests.programs import program

from .pages import poppler

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HYPHENS = re.compile("[-\u2010\u2011\xad]")
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def opened(content: bytes) -> Any:
    """The file as python-docx reads it."""
    return Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    """The parts of the package by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def body(content: bytes) -> Any:
    """The outermost element of the text."""
    return etree.fromstring(parts(content)["word/document.xml"])


def paragraphs(content: bytes) -> list[str]:
    """The texts of all paragraphs, those in tables and content controls among them."""
    found = []
    for paragraph in body(content).iter(f"{W}p"):
        pieces = paragraph.iter(f"{W}t", f"{W}br", f"{W}tab")
        found.append(
            "".join((piece.text or "") if piece.tag == f"{W}t" else "\n" for piece in pieces)
        )
    return found


def in_libreoffice(content: bytes, folder: Path) -> Path:
    """The PDF that LibreOffice makes of a file. Where CI is set it must be there."""
    office = program("soffice")
    source = folder / "file.docx"
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(source),
    ]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    return source.with_suffix(".pdf")


def text_of_pdf(path: Path) -> str:
    return poppler("pdftotext", path.read_bytes())


def pages_of_pdf(path: Path) -> list[str]:
    return text_of_pdf(path).split("\f")[:-1]


def lost(content: bytes, text: str) -> list[str]:
    """The words of a Word file that a text has less often, and the addresses that it has not.

    Hyphens do not count: pdftotext drops those at the ends of lines. An address may be broken
    anywhere, be it at the end of a page.
    """
    text = HYPHENS.sub("", text)
    squeezed = "".join(text.split())
    wanted = HYPHENS.sub("", "\n".join(paragraphs(content))).split()
    addresses = {word.strip("().,;") for word in wanted if "://" in word}
    words = _words(" ".join(word for word in wanted if "://" not in word)) - _words(text)
    ends = ((address[:20], address[-6:]) for address in addresses)
    return [*words.elements(), *(first for first, last in ends if not _has(squeezed, first, last))]


def _has(text: str, *pieces: str) -> bool:
    return all(piece in text for piece in pieces)


def _words(text: str) -> Counter[str]:
    return Counter(word for word in re.findall(r"\w+", text) if len(word) > 1)
