"""The package of a Word file: its parts, what they refer to, and the archive around them.

Nothing of it depends on when or where it is made: the same parts give the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping, Sequence

from .looks import Role
from .markup import Xml, el, part, quoted, tag_of, written
from .numbering import Numbering
from .styles import fonts, styles

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time that the archive gives for its files: the first that ZIP knows."""

A4 = {"w": 11906, "h": 16838}
MARGINS = {
    "top": 1360,
    "right": 1250,
    "bottom": 1250,
    "left": 1250,
    "header": 620,
    "footer": 560,
    "gutter": 0,
}
"""In twips."""


class Package:
    """Collects the parts of a file. `language` is that of its words where they say nothing else."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.numbering = Numbering()
        self._parts: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._relations: dict[tuple[str, str], str] = {}
        self._count = 0

    def count(self) -> int:
        """A number that nothing else in the file has."""
        self._count += 1
        return self._count

    def link(self, url: str) -> str:
        """The relation to an address on the web."""
        return self._relate("hyperlink", url)

    def picture(self, name: str, content: bytes) -> str:
        """The relation to a picture (PNG or JPEG, as its name says)."""
        self._parts[f"word/media/{name}"] = content
        return self._relate("image", f"media/{name}")

    def margin(self, kind: str, content: Xml) -> Xml:
        """A header or a footer, and what a section says to have it."""
        name = f"{kind}{self.count()}.xml"
        root = "w:hdr" if kind == "header" else "w:ftr"
        self._add(f"word/{name}", part(root, content), f"{MAIN}.{kind}+xml")
        return el(f"w:{kind}Reference", type="default", r__id=self._relate(kind, name))

    def _relate(self, kind: str, target: str) -> str:
        key = (kind, target)
        return self._relations.setdefault(key, f"rId{len(self._relations) + 1}")

    def _add(self, name: str, content: bytes, content_type: str) -> None:
        self._parts[name] = content
        self._types[name] = content_type

    def save(
        self,
        body: Xml,
        *,
        title: str,
        author: str,
        date: Sequence[int],
        headings: Sequence[Role],
        is_brief: bool = False,
        refresh: bool = False,
    ) -> bytes:
        """The file. `date` is a year, a month and a day, or nothing; `is_brief` where
        practices are on one page each; `refresh` has Word update the page numbers of contents and
        indexes when it opens the file.
        """
        for name, content, kind in (
            ("styles", styles(self.language, headings, is_brief), "styles"),
            ("numbering", self.numbering.part(), "numbering"),
            ("settings", _settings(self.language, refresh), "settings"),
            ("fontTable", fonts(), "fontTable"),
        ):
            self._add(f"word/{name}.xml", content, f"{MAIN}.{kind}+xml")
            self._relate(kind, f"{name}.xml")
        self._add(
            "word/document.xml", part("w:document", el("w:body", body)), f"{MAIN}.document.main+xml"
        )
        core = _core(self.language, title, author, date)
        self._add(
            "docProps/core.xml", core, "application/vnd.openxmlformats-package.core-properties+xml"
        )
        self._parts["word/_rels/document.xml.rels"] = _relations(self._relations)
        return _archive(
            {
                "[Content_Types].xml": _types(self._types),
                "_rels/.rels": _relations(
                    {
                        ("officeDocument", "word/document.xml"): "rId1",
                        ("core-properties", "docProps/core.xml"): "rId2",
                    }
                ),
                **self._parts,
            }
        )


def section(*content: Xml, columns: int = 1, anew: bool = True) -> Xml:
    """The properties of a section of A4 pages; `anew` where it begins on a new page."""
    return el(
        "w:sectPr",
        *content,
        el("w:type", val="nextPage" if anew else "continuous"),
        el("w:pgSz", **A4),
        el("w:pgMar", **MARGINS),
        el("w:cols", num=columns, space=480),
    )


def _settings(language: str, refresh: bool) -> bytes:
    mode = el(
        "w:compatSetting",
        name="compatibilityMode",
        uri="http://schemas.microsoft.com/office/word",
        val=15,
    )
    words = tag_of(language)
    return part(
        "w:settings",
        el("w:zoom", percent=100),
        el("w:defaultTabStop", val=709),
        el("w:characterSpacingControl", val="doNotCompress"),
        *([el("w:updateFields", val="true")] if refresh else []),
        el("w:compat", mode),
        el("w:themeFontLang", val=words),
    )


def _core(language: str, title: str, author: str, date: Sequence[int]) -> bytes:
    """The properties that file managers and archives show."""
    spaces = {
        "xmlns__cp": f"{PACKAGE}/metadata/core-properties",
        "xmlns__dc": "http://purl.org/dc/elements/1.1/",
        "xmlns__dcterms": "http://purl.org/dc/terms/",
        "xmlns__xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    properties = [
        el("dc:title", written(title)),
        el("dc:creator", written(author)),
        el("cp:lastModifiedBy", written(author)),
        el("dc:language", written(tag_of(language))),
        el("cp:revision", Xml("1")),
    ]
    if date:
        year, month, day = date
        moment = Xml(f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z")
        properties += [
            el(f"dcterms:{name}", moment, xsi__type="dcterms:W3CDTF")
            for name in ("created", "modified")
        ]
    return (DECLARATION + el("cp:coreProperties", *properties, **spaces)).encode()


def _relations(relations: Mapping[tuple[str, str], str]) -> bytes:
    rows = []
    for (kind, target), key in relations.items():
        base = f"{PACKAGE}/relationships/metadata" if kind == "core-properties" else KINDS
        mode = ' TargetMode="External"' if kind == "hyperlink" else ""
        rows.append(
            f'<Relationship Id="{key}" Type="{base}/{kind}" Target="{quoted(target)}"{mode}/>'
        )
    inside = "".join(rows)
    return (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{inside}</Relationships>'
    ).encode()


def _types(types: Mapping[str, str]) -> bytes:
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpg": "image/jpeg",
    }
    rows = [
        f'<Default Extension="{extension}" ContentType="{kind}"/>'
        for extension, kind in defaults.items()
    ]
    rows += [f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in types.items()]
    return (f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">{"".join(rows)}</Types>').encode()


def _archive(parts: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0  # the same on every machine
            archive.writestr(entry, content)
    return file.getvalue()
