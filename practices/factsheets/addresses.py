"""Where the files of a practice are, and what they are called."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .document import FULL, SUMMARY, Design
from .making import CONTENT_TYPES

DESIGNS: dict[str, Design] = {"ficha": FULL, "resumen": SUMMARY, "resumo": SUMMARY}
"""Designs by their names in addresses; Spanish and Portuguese ones lead to the same."""

SUMMARY_NAMES = {"pt-br": "resumo"}
BLANK_NAMES = {"pt-br": "ficha-em-branco"}


@dataclass(frozen=True)
class File:
    """A link to a file."""

    label: str
    url: str
    content_type: str
    icon: str


def files_of(url: str, language: str) -> list[File]:
    """The files of the practice whose page is at `url`, for readers of a language."""
    summary = SUMMARY_NAMES.get(language, "resumen")
    return [
        File(_("PDF"), f"{url}ficha.pdf", CONTENT_TYPES["pdf"], "file-pdf"),
        File(_("One page"), f"{url}{summary}.pdf", CONTENT_TYPES["pdf"], "file"),
        File(_("Word"), f"{url}ficha.docx", CONTENT_TYPES["docx"], "pencil"),
    ]


def blank_files(url: str, language: str) -> list[File]:
    """The blank ficha, below the index of practices at `url`."""
    name = BLANK_NAMES.get(language, "ficha-en-blanco")
    return [
        File(_("Word"), f"{url}{name}.docx", CONTENT_TYPES["docx"], "pencil"),
        File(_("PDF"), f"{url}{name}.pdf", CONTENT_TYPES["pdf"], "file-pdf"),
    ]
