"""Reading PDF files: their structure, their words in order, and where words stand."""

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf

from tests.programs import program


def poppler(tool: str, content: bytes, *options: str) -> str:
    """What a tool of poppler prints of a PDF."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file.pdf"
        path.write_bytes(content)
        end = () if tool == "pdfinfo" else ("-",)
        command = [program(tool), *options, path, *end]
        done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.decode(errors="replace")


def words(content: bytes) -> str:
    """The text of a PDF with single spaces, in the order of the page."""
    return " ".join(poppler("pdftotext", content).split())


def read_aloud(content: bytes) -> str:
    """The text of a PDF with single spaces, in the order of its structure tree."""
    tree = poppler("pdfinfo", content, "-struct-text")
    return " ".join("".join(re.findall(r'^ +"(.*)"$', tree, re.MULTILINE)).split())


def right_edges(content: bytes) -> list[float]:
    """Where words end, in points from the left."""
    boxes = poppler("pdftotext", content, "-bbox")
    return [float(edge) for edge in re.findall(r'xMax="([0-9.]+)"', boxes)]


@dataclass(frozen=True)
class Element:
    """An element of the structure tree."""

    role: str
    lang: str
    alt: str


def elements(content: bytes) -> list[Element]:
    """The structure tree, depth first."""
    with pikepdf.open(BytesIO(content)) as file:
        return list(_below(file.Root.StructTreeRoot))


def _below(node: Any) -> Iterator[Element]:
    for child in _kids(node):
        if "/S" in child:
            values = [str(child.get(key, "")) for key in ("/Lang", "/Alt")]
            yield Element(str(child.S).removeprefix("/"), *values)
            yield from _below(child)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K", [])
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    return [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)]


@dataclass(frozen=True)
class Bookmark:
    """An entry of the outline and its depth, from 0."""

    title: str
    depth: int


def bookmarks(content: bytes) -> list[Bookmark]:
    """The outline, depth first."""
    with pikepdf.open(BytesIO(content)) as file, file.open_outline() as outline:
        return list(_entries(outline.root, 0))


def _entries(items: Any, depth: int) -> Iterator[Bookmark]:
    for item in items:
        yield Bookmark(str(item.title), depth)
        yield from _entries(item.children, depth + 1)


def count(content: bytes) -> int:
    """How many pages."""
    with pikepdf.open(BytesIO(content)) as file:
        return len(file.pages)
