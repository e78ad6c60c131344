"""What stands at the margins of pages, and where a section ends."""

from collections.abc import Mapping

from practices.factsheets.sheet import Sheet, Text

from .flow import field, said
from .markup import NOTHING, Xml, el, paragraph, run
from .package import Package

LONGEST_TITLE = 70
"""Characters of a title that fit in the header beside the code."""


def header(package: Package, words: Xml, right: Xml = NOTHING) -> Xml:
    """A header of words, and others on the right."""
    tab = el("w:r", el("w:tab")) if right else NOTHING
    return package.margin("header", paragraph("Header", words, tab, right))


def header_of(package: Package, sheet: Sheet) -> Xml:
    """The header of a practice: the title, cut at a word, and the code."""
    title = Text(text=_short(sheet["title"]["text"]), lang=sheet["title"]["lang"])
    return header(package, said(title), run(sheet["code"], sheet["language"]))


def footer(package: Package, words: str, labels: Mapping[str, str], language: str) -> Xml:
    """A footer of words, and page x of y."""
    return package.margin(
        "footer",
        paragraph(
            "Footer",
            run(words, language),
            el("w:r", el("w:tab")),
            run(f"{labels['page']} ", language),
            field("PAGE", "1", language),
            run(f" {labels['of']} ", language),
            field("NUMPAGES", "1", language),
        ),
    )


def section_end(properties: Xml) -> Xml:
    """The end of a section: a paragraph without height that carries its properties."""
    spacing = el("w:spacing", before=0, after=0, line=20, lineRule="exact")
    return el("w:p", el("w:pPr", spacing, properties))


def _short(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    words = title[:LONGEST_TITLE].rpartition(" ")[0] or title[:LONGEST_TITLE]
    return f"{words.rstrip(',;:.')}…"
