"""PDF/UA-1 files, made by Typst from templates of ours and data of practices.

Data goes in as JSON and is never read as markup: no text can change the layout or read a file.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from . import qr
from .document import Document

TEMPLATES = resources.files(__package__) / "typst"
FONTS = resources.files(__package__) / "fonts"
FLAGS = resources.files("practices") / "static" / "practices" / "flags"
REPLACEMENT = "?"
"""Stands for a character that one of the faces lacks: PDF/UA lets no character go unseen."""

INVISIBLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
"""Characters without a look of their own, line breaks aside."""


class RenderError(Exception):
    """A file that could not be made; the message says why, for administrators."""


def render(document: Document, pictures: Mapping[str, bytes]) -> bytes:
    """A document as a PDF; the same data gives the same bytes.

    `pictures` are JPEG files by the names that the document gives them. Raises RenderError.
    """
    with TemporaryDirectory(prefix="osumi-sheet-") as directory:
        root = Path(directory)  # the only files that Typst may read
        _lay_out(root, document, pictures)
        try:
            return typst.compile(
                root / f"{document['kind']}.typ",
                root=root,
                font_paths=_fonts(),
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
                timestamp=0,
            )
        except (typst.TypstError, RuntimeError) as error:
            raise RenderError(str(error)) from error


def _lay_out(root: Path, document: Document, pictures: Mapping[str, bytes]) -> None:
    """Write what a template reads into a directory."""
    for name, source in templates().items():
        (root / name).write_bytes(source)
    flags = {code: flag for code in _countries(document) if (flag := _flag(code))}
    data = {**printable(document), "flags": sorted(flags)}
    (root / "data.json").write_text(json.dumps(data), encoding="utf-8")
    for name in ("pictures", "qr", "flags"):
        (root / name).mkdir()
    for code, flag in flags.items():
        (root / "flags" / f"{code}.svg").write_bytes(flag)
    for name, content in pictures.items():
        (root / "pictures" / name).write_bytes(content)
    for sheet in document["sheets"]:
        (root / "qr" / f"{sheet['code']}.png").write_bytes(qr.png(sheet["code_url"]))


def _countries(document: Document) -> set[str]:
    return {sheet["country"]["code"] for sheet in document["sheets"]}


@cache
def _flag(code: str) -> bytes:
    """The flag of a country as SVG; empty where there is none."""
    file = FLAGS / f"{code}.svg"
    return file.read_bytes() if code.isalpha() and file.is_file() else b""


@cache
def templates() -> dict[str, bytes]:
    """The templates by name."""
    return {
        file.name: file.read_bytes() for file in TEMPLATES.iterdir() if file.name.endswith(".typ")
    }


@cache
def _fonts() -> typst.Fonts:
    """The faces of the sheets, read once for each process."""
    with resources.as_file(FONTS) as path:
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[path]
        )


@cache
def _unprintable() -> re.Pattern[str]:
    """Characters that some face lacks."""
    ranges = (FONTS / "coverage.txt").read_text(encoding="ascii").split()
    inside = "".join(
        "-".join(re.escape(chr(int(end, 16))) for end in span.split("-")) for span in ranges
    )
    return re.compile(f"[^{inside}\n]")


def printable(data: Any) -> Any:
    """Data with a question mark for each character of a text that the fonts lack."""
    if isinstance(data, str):
        visible = INVISIBLE.sub("", unicodedata.normalize("NFC", data))
        return _unprintable().sub(REPLACEMENT, visible)
    if isinstance(data, dict):
        return {key: printable(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [printable(value) for value in data]
    return data
