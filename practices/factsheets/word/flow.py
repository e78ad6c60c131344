"""What flows in the text: rich text, links, fields, bookmarks, pictures, tables."""

import io
import re
from collections.abc import Iterable, Sequence

from PIL import Image

from practices.factsheets.richtext import Block, Span
from practices.factsheets.sheet import Text

from .looks import twips
from .markup import NOTHING, Xml, clean, el, join, paragraph, quoted, run
from .numbering import indent
from .package import Package

EMU_PER_POINT = 12_700

LONGEST_ADDRESS = 2_000
"""Characters of a link that Word still follows."""
UNSAFE = re.compile('[\x00-\x20"<>\\\\^`{|}]|%(?![0-9A-Fa-f]{2})')
"""ASCII characters that an address must not hold as they are."""


def said(text: Text, look: Xml = NOTHING, style: str = "") -> Xml:
    """A text of the data in its language."""
    return run(text["text"], text["lang"], look, style)


def listed(texts: Iterable[Text], between: str, language: str) -> Xml:
    """Texts one after the other, `between` them something in a language."""
    pieces: list[Xml] = []
    for text in texts:
        if pieces:
            pieces.append(run(between, language))
        pieces.append(said(text))
    return join(pieces)


def link(package: Package, url: str, *content: Xml) -> Xml:
    """A link to the web around runs; the runs alone where no file may carry the address."""
    target = address(url)
    if not target or len(target) > LONGEST_ADDRESS:
        return join(content)
    return el("w:hyperlink", *content, r__id=package.link(target), w__history=1)


def address(url: str) -> str:
    """An address as a relation may hold it: a file with another does not open in Word."""
    return UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", clean(url))


def inner_link(bookmark: str, *content: Xml) -> Xml:
    """A link to a bookmark of the file."""
    return el("w:hyperlink", *content, anchor=bookmark, history=1)


def bookmark(package: Package, name: str, *content: Xml) -> Xml:
    """Content that links and page numbers can refer to."""
    number = package.count()
    return join(
        (
            el("w:bookmarkStart", id=number, name=name),
            *content,
            el("w:bookmarkEnd", id=number),
        )
    )


def field(instruction: str, shown: str, language: str, style: str = "") -> Xml:
    """A field that Word computes, and what it shows until then."""
    return join(
        (
            el("w:r", el("w:fldChar", fldCharType="begin")),
            el("w:r", el("w:instrText", Xml(quoted(f" {instruction} ")), xml__space="preserve")),
            el("w:r", el("w:fldChar", fldCharType="separate")),
            run(shown, language, style=style),
            el("w:r", el("w:fldChar", fldCharType="end")),
        )
    )


def rich_text(
    package: Package, blocks: Sequence[Block], language: str, style: str = "Normal"
) -> Xml:
    """Paragraphs and lists, paragraphs outside of lists in a style."""
    return join(
        paragraph(style, _spans(package, block["spans"], language))
        if block["kind"] == "paragraph"
        else _items(package, block["items"], block["ordered"], 0, language)
        for block in blocks
    )


def _items(
    package: Package, items: Sequence[Sequence[Block]], ordered: bool, level: int, language: str
) -> Xml:
    number = package.numbering.begin(ordered)
    style = "ListNumber" if ordered else "ListBullet"
    place = el("w:numPr", el("w:ilvl", val=min(level, 8)), el("w:numId", val=number))
    pieces = []
    for blocks in items:
        is_marked = False
        for block in blocks:
            if block["kind"] == "list":
                if not is_marked:  # a list alone in an item
                    pieces.append(paragraph(style, properties=place))
                    is_marked = True
                pieces.append(
                    _items(package, block["items"], block["ordered"], level + 1, language)
                )
            elif is_marked:
                inset = el("w:ind", left=indent(level))
                spans = _spans(package, block["spans"], language)
                pieces.append(paragraph("ListContinue", spans, properties=inset))
            else:
                spans = _spans(package, block["spans"], language)
                pieces.append(paragraph(style, spans, properties=place))
                is_marked = True
    return join(pieces)


def _spans(package: Package, spans: Iterable[Span], language: str) -> Xml:
    pieces = []
    for span in spans:
        looks = (("w:b", span["bold"]), ("w:i", span["italic"]))
        look = join(el(name) for name, has in looks if has)
        href = span["href"]
        words = run(span["text"], language, look, "Hyperlink" if href else "")
        pieces.append(link(package, href, words))
        if href and span["text"].strip() not in href:
            pieces.append(printed(f" ({href.removeprefix('mailto:')})", language))
    return join(pieces)


def printed(words: str, language: str) -> Xml:
    """Words beside the text, such as an address for readers of paper."""
    return run(words, language, style="FichaAside")


def bullets(package: Package, paragraphs: Iterable[Xml]) -> Xml:
    """Runs as the items of a list."""
    number = package.numbering.begin(ordered=False)
    place = el("w:numPr", el("w:ilvl", val=0), el("w:numId", val=number))
    return join(paragraph("ListBullet", words, properties=place) for words in paragraphs)


def picture(
    package: Package, name: str, content: bytes, alt: str, within: tuple[float, float]
) -> Xml:
    """A picture in a run, as large as fits `within` a width and a height in points."""
    with Image.open(io.BytesIO(content)) as image:
        width, height = image.size
    scale = min(within[0] / width, within[1] / height)
    size = {
        "cx": round(width * scale * EMU_PER_POINT),
        "cy": round(height * scale * EMU_PER_POINT),
    }
    key, number = package.picture(name, content), package.count()
    kind = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    shape = el(
        "pic:pic",
        el(
            "pic:nvPicPr",
            el("pic:cNvPr", id=number, name=name, descr=alt),
            el("pic:cNvPicPr"),
        ),
        el(
            "pic:blipFill",
            el("a:blip", r__embed=key),
            el("a:stretch", el("a:fillRect")),
        ),
        el(
            "pic:spPr",
            el("a:xfrm", el("a:off", x=0, y=0), el("a:ext", **size)),
            el("a:prstGeom", el("a:avLst"), prst="rect"),
        ),
    )
    inline = el(
        "wp:inline",
        el("wp:extent", **size),
        el("wp:docPr", id=number, name=name, descr=alt),
        el("a:graphic", el("a:graphicData", shape, uri=kind)),
        distT=0,
        distB=0,
        distL=0,
        distR=0,
    )
    return el("w:r", el("w:drawing", inline))


def table(style: str, widths: Sequence[float], rows: Iterable[Xml], has_head: bool = False) -> Xml:
    """A table of rows; widths of columns in points. `has_head` where its first row heads it."""
    look = {"firstRow": int(has_head), "lastRow": 0, "firstColumn": 1, "lastColumn": 0}
    return join(
        (
            el(
                "w:tbl",
                el(
                    "w:tblPr",
                    el("w:tblStyle", val=style),
                    el("w:tblW", w=twips(sum(widths)), type="dxa"),
                    el("w:tblLayout", type="fixed"),
                    el(
                        "w:tblLook",
                        val="00A0" if has_head else "0080",
                        **look,
                        noHBand=1,
                        noVBand=1,
                    ),
                ),
                el("w:tblGrid", *(el("w:gridCol", w=twips(width)) for width in widths)),
                *rows,
            ),
            # Word asks for a paragraph between tables and at the end of what holds one.
            el("w:p", el("w:pPr", el("w:spacing", before=0, after=0, line=60, lineRule="exact"))),
        )
    )


def row(
    widths: Sequence[float], cells: Iterable[Xml], is_head: bool = False, shade: str = ""
) -> Xml:
    """A row of cells, each of whole paragraphs; a head is repeated on each page."""
    head = [el("w:tblHeader")] if is_head else []
    fill = [el("w:shd", val="clear", color="auto", fill=shade)] if shade else []
    return el(
        "w:tr",
        el("w:trPr", el("w:cantSplit"), *head),
        *(
            el("w:tc", el("w:tcPr", el("w:tcW", w=twips(width), type="dxa"), *fill), cell)
            for width, cell in zip(widths, cells, strict=True)
        ),
    )
