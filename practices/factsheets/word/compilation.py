"""A compilation: cover, preface, contents, the practices, indexes, colophon."""

from collections.abc import Iterable, Mapping
from itertools import chain

from practices.factsheets.document import Compilation, Document, Group, Index
from practices.factsheets.sheet import Sheet

from .ficha import Practices
from .flow import bookmark, field, inner_link, picture, rich_text, said, table
from .looks import TEXT_WIDTH, TONES, Role, twips
from .margins import footer, header, header_of, section_end
from .markup import NOTHING, Xml, el, join, paragraph, run
from .package import Package, section

COVER_PICTURE = (TEXT_WIDTH, 300)
GROUPED: tuple[Role, ...] = ("part", "sheet", "block")
FLAT: tuple[Role, ...] = ("sheet", "block", "item")


def headings_of(compilation: Compilation) -> tuple[Role, ...]:
    """What the levels of headings stand above."""
    return GROUPED if any(group["title"]["text"] for group in compilation["groups"]) else FLAT


class Volume:
    """Writes a compilation into a package."""

    def __init__(
        self,
        package: Package,
        document: Document,
        compilation: Compilation,
        pictures: Mapping[str, bytes],
    ) -> None:
        self._package, self._document, self._compilation = package, document, compilation
        self._language = document["language"]
        self._labels = document["labels"][self._language]
        self._pictures = pictures
        self._headings = headings_of(compilation)
        self._practices = Practices(package, document, pictures, self._headings)
        self._is_bilingual = len({sheet["language"] for sheet in document["sheets"]}) > 1

    def write(self) -> Xml:
        """The body of the file."""
        words = f"{self._document['site']} · {self._document['title']}"
        foot = footer(self._package, words, self._labels, self._language)
        front = join((self._preface(), self._contents()))
        parts = [
            self._cover(),
            section_end(section(self._no_margin("header"), self._no_margin("footer"))),
            front,
            section_end(section(self._header(), foot)),
            *chain.from_iterable(map(self._group, self._compilation["groups"])),
            *self._indexes(),
            self._colophon(),
            section(),
        ]
        return join(parts)

    def _no_margin(self, kind: str) -> Xml:
        return self._package.margin(kind, paragraph("Normal"))

    def _header(self) -> Xml:
        title = run(self._document["title"], self._language)
        return header(self._package, title)

    def _cover(self) -> Xml:
        known, language = self._compilation, self._language
        lines = (self._labels["organisation"], known["count"], known["date"])
        parts = [
            _gap(40 if known["picture"] else 150),
            _stripe(),
            paragraph("FichaEyebrow", run(known["subtitle"], language)),
            paragraph("FichaCover", run(self._document["title"], language)),
            *(paragraph("Subtitle", run(line, language)) for line in lines),
        ]
        if known["picture"] and known["picture"]["file"] in self._pictures:
            name, alt = known["picture"]["file"], known["picture"]["alt"]
            shape = picture(self._package, name, self._pictures[name], alt["text"], COVER_PICTURE)
            parts.append(paragraph("Normal", shape))
            if known["picture"]["credit"]:
                parts.append(paragraph("Caption", run(known["picture"]["credit"], alt["lang"])))
        return join(parts)

    def _preface(self) -> Xml:
        if not self._compilation["preface"]:
            return NOTHING
        text = rich_text(self._package, self._compilation["preface"], self._language)
        return join((self._chapter("preface"), text))

    def _chapter(self, key: str) -> Xml:
        """The heading of a chapter without practices."""
        name = run(self._labels[key], self._language)
        return paragraph("Heading1", bookmark(self._package, f"_Toc_{key}", name))

    def _contents(self) -> Xml:
        """The table of contents: a field of Word's, filled in."""
        lines = list(self._lines())
        levels = 2 if self._headings is GROUPED else 1
        begin = join(
            (
                el("w:r", el("w:fldChar", fldCharType="begin")),
                el(
                    "w:r",
                    el(
                        "w:instrText",
                        Xml(f' TOC \\o "1-{levels}" \\h \\z \\u '),
                        xml__space="preserve",
                    ),
                ),
                el("w:r", el("w:fldChar", fldCharType="separate")),
            )
        )
        end = el("w:r", el("w:fldChar", fldCharType="end"))
        entries = []
        for place, (level, name, words, shown) in enumerate(lines):
            entry = inner_link(name, words, el("w:r", el("w:tab")), self._page(name, shown))
            around = (begin if place == 0 else NOTHING, entry)
            entries.append(paragraph(f"TOC{level}", *around))
        gallery = el(
            "w:docPartObj",
            el("w:docPartGallery", val="Table of Contents"),
            el("w:docPartUnique"),
        )
        content = (
            paragraph("TOCHeading", run(self._labels["contents"], self._language)),
            *entries,
            paragraph("Normal", end),
        )
        number = el("w:id", val=self._package.count())
        return el("w:sdt", el("w:sdtPr", number, gallery), el("w:sdtContent", *content))

    def _lines(self) -> Iterable[tuple[int, str, Xml, str]]:
        """The entries of the contents: level, bookmark, words, what stands for the page."""
        language, labels = self._language, self._labels
        if self._compilation["preface"]:
            yield 1, "_Toc_preface", run(labels["preface"], language), ""
        level = len(GROUPED) - 1 if self._headings is GROUPED else 1
        for place, group in enumerate(self._compilation["groups"]):
            if group["title"]["text"]:
                yield 1, f"_Toc_part_{place}", said(group["title"]), ""
            for sheet in group["sheets"]:
                title = said(self._sheet(sheet)["title"])
                yield level, f"_Toc_ficha_{sheet}", title, self._short(sheet)
        for index in self._compilation["indexes"]:
            yield 1, f"_Toc_{index['key']}", run(labels[index["key"]], language), ""
        yield 1, "_Toc_colophon", run(labels["colophon"], language), ""

    def _sheet(self, place: int) -> Sheet:
        return self._document["sheets"][place]

    def _page(self, name: str, shown: str = "") -> Xml:
        """The page of a bookmark. Only who lays the pages out knows it; until then, `shown`."""
        return field(f"PAGEREF {name} \\h", shown, self._language)

    def _group(self, group: Group) -> Iterable[Xml]:
        if group["title"]["text"]:
            yield self._section_page(group)
            yield section_end(section(self._header()))
        for place in group["sheets"]:
            sheet = self._sheet(place)
            yield self._practices.write(sheet, (f"_Toc_ficha_{place}", f"ficha_{place}"))
            yield section_end(section(header_of(self._package, sheet)))

    def _section_page(self, group: Group) -> Xml:
        place = self._compilation["groups"].index(group)
        colour = TONES.get(group["colour"])
        look = el("w:color", val=colour) if colour else NOTHING
        title = bookmark(self._package, f"_Toc_part_{place}", said(group["title"], look))
        sheets = (
            paragraph(
                "FichaIndex",
                inner_link(
                    f"ficha_{place}",
                    said(self._sheet(place)["title"]),
                    run(f" ({self._short(place)})", self._language),
                ),
            )
            for place in group["sheets"]
        )
        return join((_gap(150), paragraph("Heading1", title), *sheets))

    def _short(self, place: int) -> str:
        """The short code of a sheet, with its language where there are two; no line breaks it."""
        sheet = self._sheet(place)
        code = f"{sheet['short_code']} {sheet['language']}"
        code = code if self._is_bilingual else sheet["short_code"]
        return code.replace("-", "\u2011").replace(" ", "\xa0")

    def _indexes(self) -> Iterable[Xml]:
        for number, index in enumerate(self._compilation["indexes"]):
            head = self._header() if number == 0 else NOTHING
            yield self._chapter(index["key"])
            yield section_end(section(head))
            yield join(self._index(index))
            yield section_end(section(columns=2, anew=False))

    def _index(self, index: Index) -> Iterable[Xml]:
        for entry in index["entries"]:
            name = said(entry["name"], style="FichaEntry")
            places = [
                inner_link(
                    f"ficha_{place}",
                    run(f"{self._short(place)}, ", self._language),
                    self._page(f"ficha_{place}"),
                )
                for place in entry["sheets"]
            ]
            words = Xml(run(" · ", self._language).join(places))
            yield paragraph("FichaIndex", name, run("  ", self._language), words)

    def _colophon(self) -> Xml:
        parts = [self._chapter("colophon")]
        for line in self._compilation["colophon"]:
            label = run(f"{line['label']}: ", self._language, style="FichaEntry")
            parts.append(paragraph("Normal", label, run(line["text"], self._language)))
        if self._compilation["citation"]:
            cite = run(f"{self._labels['cite']}: ", self._language, style="FichaEntry")
            words = run(self._compilation["citation"], self._language)
            parts.append(paragraph("Normal", cite, words))
        return join(parts)


def _stripe() -> Xml:
    """The colours of the themes side by side: the site's mark, which says nothing."""
    width = TEXT_WIDTH / len(TONES)
    thin = el("w:spacing", before=0, after=0, line=120, lineRule="exact")
    cells = (
        el(
            "w:tc",
            el(
                "w:tcPr",
                el("w:tcW", w=twips(width), type="dxa"),
                el("w:shd", val="clear", color="auto", fill=fill),
            ),
            paragraph("Normal", properties=thin),
        )
        for fill in TONES.values()
    )
    return table("TableNormal", [width] * len(TONES), [el("w:tr", *cells)])


def _gap(points: int) -> Xml:
    """Space at the top of a page."""
    return paragraph("Normal", properties=el("w:spacing", before=points * 20, after=0))
