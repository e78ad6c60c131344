"""Making a file of its data, in either format."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

from . import pdf, word

Extension = Literal["pdf", "docx"]

CONTENT_TYPES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MAKERS = {"pdf": pdf.render, "docx": word.render}
_LIBRARIES = {"pdf": "typst", "docx": "segno"}


def make(document: Any, pictures: Mapping[str, bytes], extension: str) -> bytes:
    """The bytes of a file; the same data gives the same bytes. Raises pdf.RenderError."""
    return _MAKERS[extension](document, pictures)


def digest(document: Any, extension: str) -> str:
    """What a file is known by: its data, and the version of what makes it of them.

    A theme that was renamed, or a template that was changed, gives another one.
    """
    data = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{_version(extension)}\n{data}".encode()).hexdigest()[:40]


@cache
def _version(extension: str) -> str:
    """A digest of what makes a format: our modules and templates, and the library at work there."""
    found = hashlib.sha256(metadata.version(_LIBRARIES[extension]).encode())
    for name, source in sorted(_sources(resources.files(__package__)).items()):
        found.update(name.encode() + source.read_bytes())
    return found.hexdigest()


def _sources(package: Traversable) -> dict[str, Traversable]:
    """The modules and templates of this package."""
    found: dict[str, Traversable] = {}
    for entry in package.iterdir():
        if entry.is_dir():
            found |= {f"{entry.name}/{name}": file for name, file in _sources(entry).items()}
        elif entry.name.endswith((".py", ".typ", ".txt")):
            found[entry.name] = entry
    return found
