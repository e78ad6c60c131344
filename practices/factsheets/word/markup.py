"""WordprocessingML as text: the one place where words become XML.

The elements are made as strings: no library offers fields, content controls or bookmarks, and a
compilation has hundreds of thousands of elements. mypy keeps words and markup apart: words become
`Xml` through `run()` or as an attribute, and both escape them.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import NewType
from xml.sax.saxutils import escape

Xml = NewType("Xml", str)
"""Well-formed markup."""

NOTHING = Xml("")
FORBIDDEN = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\u2029\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd"
    "\U00010000-\U0010ffff]"
)
"""What XML or Word refuses, and the marks that would turn the direction of the words around."""

BREAK = re.compile("\r\n|\r|\n")
PLAIN = re.compile("[A-Za-z0-9 :/._#-]*")
"""Values of attributes that stand as they are."""

WORDS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
}
"""Namespaces of the parts by prefix."""

LANGUAGES = {"es": "es-419"}
"""Languages that Word knows by a region only: this is Latin American Spanish."""


def join(parts: Iterable[Xml]) -> Xml:
    """Pieces of markup, one after the other."""
    return Xml("".join(parts))


def el(tag: str, *children: Xml, **attributes: str | int) -> Xml:
    """An element. Attributes of `w:` elements get that prefix; `r__id` stands for `r:id`."""
    prefix = tag.partition(":")[0]
    own = f"{prefix}:" if prefix in ("w", "w14") else ""
    written = "".join(
        f' {name.replace("__", ":") if "__" in name else own + name}="{quoted(value)}"'
        for name, value in attributes.items()
    )
    inside = "".join(children)
    return Xml(f"<{tag}{written}>{inside}</{tag}>" if inside else f"<{tag}{written}/>")


def part(tag: str, *children: Xml, **attributes: str | int) -> bytes:
    """A whole part of the package, whose outermost element is `tag`."""
    spaces: dict[str, str | int] = {f"xmlns__{key}": url for key, url in WORDS.items()}
    root = el(tag, *children, **spaces, mc__Ignorable="w14", **attributes)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()


def clean(text: str) -> str:
    """A text without the characters that a Word file cannot hold."""
    return FORBIDDEN.sub("", text)


def quoted(value: str | int) -> str:
    """A value as it stands between the quotes of an attribute."""
    text = str(value)
    if PLAIN.fullmatch(text):  # as nearly all are
        return text
    entities = {'"': "&quot;", "\n": " ", "\t": " ", "\r": " "}
    return escape(clean(text), entities)


def written(text: str) -> Xml:
    """Words as the character data of an element."""
    return Xml(escape(clean(text)))


def tag_of(language: str) -> str:
    """A language as Word marks it: `pt-br` as `pt-BR`."""
    first, _, region = language.partition("-")
    return LANGUAGES.get(language, f"{first}-{region.upper()}" if region else first)


@cache
def _language(language: str) -> Xml:
    return el("w:lang", val=tag_of(language))


def run(text: str, language: str, look: Xml = NOTHING, style: str = "") -> Xml:
    """Words of one look in their language; line breaks in the text break the line.

    `look` are properties of the run in the order of the schema, `style` is a character style.
    """
    named = el("w:rStyle", val=style) if style else NOTHING
    properties = el("w:rPr", named, look, _language(language))
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in BREAK.split(clean(text)))
    return el("w:r", properties, Xml("<w:br/>".join(lines)))


def paragraph(style: str, *content: Xml, properties: Xml = NOTHING) -> Xml:
    """A paragraph; `properties` follow the style in the order of the schema."""
    return el("w:p", el("w:pPr", el("w:pStyle", val=style), properties), *content)
