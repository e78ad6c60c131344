"""A practice: all of its ficha, or what fits on one page."""

from collections.abc import Iterable, Mapping, Sequence

from practices import vocabulary
from practices.factsheets import qr
from practices.factsheets.document import Document
from practices.factsheets.sheet import Entry, Figure, Resource, Sheet, Text

from .flow import (
    bookmark,
    bullets,
    link,
    listed,
    picture,
    printed,
    rich_text,
    row,
    said,
    table,
)
from .looks import PAPER, SURFACE, TEXT_WIDTH, TONES, Role
from .markup import NOTHING, Xml, clean, el, join, paragraph, run
from .package import Package

FIRST = (vocabulary.SUMMARY.key, vocabulary.KEY_FIGURES.key)
"""Items that come before all others."""

PROFILE_KEYS = frozenset(item.key for item in (*vocabulary.PROFILE, *vocabulary.CONTACT))
IN_SUMMARY = (
    vocabulary.RESPONSIBLE_ENTITY.key,
    vocabulary.PARENT_ENTITY.key,
    vocabulary.CATEGORIES.key,
    vocabulary.TRANSFER_NEEDS.key,
    vocabulary.CONTACT_INSTITUTION.key,
    vocabulary.INSTITUTIONAL_EMAIL.key,
)
"""What the profile of the one page keeps."""

FIGURES_IN_A_ROW = 3
LONG_FIGURE = 14
"""Characters from which a figure is set smaller."""

PROFILE_WIDTHS = (150, TEXT_WIDTH - 150)
QR_WIDTHS = (92, TEXT_WIDTH - 92)
PICTURE_SIZE = (TEXT_WIDTH, 220)
QR_SIZE = (78, 78)


class Practices:
    """Writes the practices of a document into a package."""

    def __init__(
        self,
        package: Package,
        document: Document,
        pictures: Mapping[str, bytes],
        headings: Sequence[Role],
    ) -> None:
        self.package = package
        self._labels = document["labels"]
        self._pictures = pictures
        self._headings = headings
        self._is_summary = document["design"] == "summary"

    def label(self, sheet: Sheet, key: str) -> str:
        """A word around the text, in the language of the sheet."""
        return self._labels[sheet["language"]][key]

    def heading(self, role: Role, *content: Xml) -> Xml:
        """A heading of the level that its role has in this file."""
        if role not in self._headings:
            return paragraph("Title", *content)
        return paragraph(f"Heading{self._headings.index(role) + 1}", *content)

    def write(self, sheet: Sheet, bookmarks: Iterable[str] = ()) -> Xml:
        """A practice from its title to its QR code; bookmarks stand around the title."""
        entries = {entry["key"]: entry for entry in sheet["entries"]}
        first = [entries[key] for key in FIRST if key in entries]
        profile = [entry for entry in sheet["entries"] if entry["key"] in PROFILE_KEYS]
        rest = [entry for entry in sheet["entries"] if entry["key"] not in {*PROFILE_KEYS, *FIRST}]
        parts = [*self._top(sheet, bookmarks)]
        parts += [self._entry(sheet, entry) for entry in first]
        if self._is_summary:
            brief = [entry for entry in profile if entry["key"] in IN_SUMMARY]
            return join((*parts, self._profile(sheet, brief), self._closing(sheet)))
        parts += [self._picture(sheet), self._profile(sheet, profile)]
        parts += [self._entry(sheet, entry) for entry in rest]
        return join((*parts, self._references(sheet), self._tags(sheet), self._closing(sheet)))

    def _top(self, sheet: Sheet, bookmarks: Iterable[str]) -> Iterable[Xml]:
        words = f"{self.label(sheet, 'collection')} · {self.label(sheet, 'sheet')}"
        yield paragraph("FichaEyebrow", run(words, sheet["language"]))
        title = said(sheet["title"])
        for name in bookmarks:
            title = bookmark(self.package, name, title)
        yield self.heading("sheet", title)
        yield paragraph("FichaMeta", self._facts(sheet))
        if sheet["themes"]:
            yield paragraph("FichaThemes", self._themes(sheet))
        for notice in sheet["notices"]:
            bold = (
                run(notice["title"], sheet["language"], el("w:b")) if notice["title"] else NOTHING
            )
            gap = " " if notice["title"] and notice["text"] else ""
            text = run(gap + notice["text"], sheet["language"])
            yield paragraph("FichaNotice", bold, text)

    def _facts(self, sheet: Sheet) -> Xml:
        """The line of country, level, code and date."""
        language = sheet["language"]
        places = [sheet["country"]["name"], *sheet["levels"]]
        name = self._labels.get(sheet["text_language"], {}).get("language_name")
        facts = [
            sheet["code"],
            f"{self.label(sheet, 'updated')} {sheet['updated']}",
            f"{self.label(sheet, 'version')} {sheet['version']}",
            f"{self.label(sheet, 'language')}: {name or sheet['text_language']}",
        ]
        words = f" · {' · '.join(facts)}"
        return join((listed(places, " · ", language), run(words, language)))

    def _themes(self, sheet: Sheet) -> Xml:
        """The themes as chips, which name them: no colour says anything alone."""
        chips = []
        for theme in sheet["themes"]:
            name = theme["short_name"]
            fill = TONES.get(theme["colour"], TONES["tone-6"])
            look = join(
                (
                    el("w:b"),
                    el("w:color", val=PAPER),
                    el("w:shd", val="clear", color="auto", fill=fill),
                )
            )
            words = f"\xa0\xa0{name['text']}\xa0\xa0".replace(" ", "\xa0")
            chips.append(run(words, name["lang"], look))
        return Xml(run("  ", sheet["language"]).join(chips))

    def _entry(self, sheet: Sheet, entry: Entry) -> Xml:
        parts = [self.heading("block", self._named(sheet, entry))]
        if entry["outdated"]:
            warning = run(self.label(sheet, "outdated"), sheet["language"])
            parts.append(paragraph("FichaSource", warning))
        if entry["kind"] == "rich":
            style = "FichaLead" if entry["key"] == vocabulary.SUMMARY.key else "Normal"
            parts.append(rich_text(self.package, entry["value"], entry["lang"], style))
        elif entry["kind"] == "figures":
            figures = entry["value"][:FIGURES_IN_A_ROW] if self._is_summary else entry["value"]
            parts.append(self._figures(figures, entry["lang"]))
        elif entry["kind"] == "resources":
            parts.append(self._resources(entry["value"], entry["lang"]))
        else:
            parts.append(bullets(self.package, map(said, entry["value"])))
        return join(parts)

    def _named(self, sheet: Sheet, entry: Entry) -> Xml:
        """Number and label of an item."""
        number = run(f"{entry['number']} ", sheet["language"], style="FichaNumber")
        return join((number, run(entry["label"], sheet["language"])))

    def _figures(self, figures: Sequence[Figure], language: str) -> Xml:
        """Figures large, each above what it counts."""
        columns = min(len(figures), FIGURES_IN_A_ROW)
        widths = [TEXT_WIDTH / columns] * columns
        cells = []
        for figure in figures:
            is_long = len(figure["figure"]) >= LONG_FIGURE
            style = "FichaFigureLong" if is_long else "FichaFigure"
            number = paragraph(style, run(figure["figure"], language))
            text = paragraph("FichaFigureText", run(figure["description"], language))
            cells.append(join((number, text)))
        cells += [paragraph("FichaFigureText")] * (-len(cells) % columns)
        rows = (cells[start : start + columns] for start in range(0, len(cells), columns))
        return table("TableNormal", widths, (row(widths, found) for found in rows))

    def _profile(self, sheet: Sheet, entries: Sequence[Entry]) -> Xml:
        """Items of a few words as a table of their labels and what they say."""
        if not entries:
            return NOTHING
        language, contact = sheet["language"], self.label(sheet, "contact")
        head = [
            paragraph("FichaLabel", run(self.label(sheet, key), language))
            for key in ("item", "content")
        ]
        rows = [row(PROFILE_WIDTHS, head, is_head=True, shade=SURFACE)]
        for entry in entries:
            named = paragraph("FichaLabel", self._named(sheet, entry))
            if entry["number"] == vocabulary.CONTACT_INSTITUTION.number:
                named = join((named, paragraph("FichaSource", run(contact, language))))
            rows.append(row(PROFILE_WIDTHS, [named, self._values(entry)]))
        title = self.heading("block", run(self.label(sheet, "at_a_glance"), language))
        return join((title, table("FichaProfile", PROFILE_WIDTHS, rows, has_head=True)))

    def _values(self, entry: Entry) -> Xml:
        texts: list[Text] = entry["value"]
        if len(texts) > 1 and self._is_summary:
            return paragraph("FichaCell", listed(texts, "; ", entry["lang"]))
        if len(texts) > 1:
            return bullets(self.package, map(said, texts))
        words = join(map(said, texts))
        if entry["key"] == vocabulary.INSTITUTIONAL_EMAIL.key:
            text = texts[0]
            address = run(text["text"], text["lang"], style="Hyperlink")
            words = link(self.package, f"mailto:{text['text']}", address)
        return paragraph("FichaCell", words)

    def _resources(self, resources: Iterable[Resource], language: str) -> Xml:
        """Links with their addresses in print, as a list."""
        return bullets(self.package, (self._resource(resource, language) for resource in resources))

    def _resource(self, resource: Resource, language: str) -> Xml:
        title = run(resource["title"] or resource["url"], language, style="Hyperlink")
        about = f" ({resource['about']})" if resource["about"] else ""
        address = resource["url"] if resource["url"] != resource["title"] else ""
        return join(
            (
                link(self.package, resource["url"], title),
                printed(about, language),
                printed(f"\n{address}", language) if address else NOTHING,
            )
        )

    def _picture(self, sheet: Sheet) -> Xml:
        found = sheet["picture"]
        if found is None or found["file"] not in self._pictures:
            return NOTHING
        content = self._pictures[found["file"]]
        shape = picture(self.package, found["file"], content, found["alt"]["text"], PICTURE_SIZE)
        credit = run(found["credit"], found["alt"]["lang"])
        caption = paragraph("Caption", credit) if found["credit"] else NOTHING
        return join((paragraph("Normal", shape, properties=el("w:keepNext")), caption))

    def _references(self, sheet: Sheet) -> Xml:
        if not sheet["references"]:
            return NOTHING
        title = self.heading("block", run(self.label(sheet, "references"), sheet["language"]))
        return join((title, self._resources(sheet["references"], sheet["text_language"])))

    def _tags(self, sheet: Sheet) -> Xml:
        if not sheet["tags"]:
            return NOTHING
        title = self.heading("block", run(self.label(sheet, "tags"), sheet["language"]))
        return join((title, paragraph("Normal", listed(sheet["tags"], ", ", sheet["language"]))))

    def _closing(self, sheet: Sheet) -> Xml:
        """How to cite it, and the code that opens it."""
        cited, language, url = sheet["citation"], sheet["language"], sheet["code_url"]
        alt = self.label(sheet, "qr") % {"url": url}
        shape = picture(self.package, f"{sheet['code']}.png", qr.png(clean(url)), alt, QR_SIZE)
        words = (
            said(cited["entity"]),
            run(f" ({cited['year']}). ", language),
            said(cited["title"], el("w:i")),
            run(f". {cited['collection']}, {cited['code']}. ", language),
            link(self.package, cited["url"], run(cited["url"], language, style="Hyperlink")),
        )
        beside = [
            paragraph("FichaCell", *words),
            paragraph("FichaLabel", run(self.label(sheet, "read_online"), language)),
            paragraph(
                "FichaCell",
                link(self.package, sheet["url"], run(sheet["url"], language, style="Hyperlink")),
            ),
        ]
        if self._is_summary:
            beside.append(paragraph("FichaSource", run(self.label(sheet, "more"), language)))
        cells = (paragraph("FichaCell", shape), join(beside))
        return join(
            (
                self.heading("block", run(self.label(sheet, "cite"), language)),
                table("TableNormal", QR_WIDTHS, [row(QR_WIDTHS, cells)]),
            )
        )
