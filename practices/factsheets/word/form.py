"""The blank ficha as a form of content controls."""

from collections.abc import Iterable
from typing import Any

from practices.factsheets.blank import Option, Part, Question

from .controls import Controls
from .flow import bullets, row, table
from .looks import SURFACE, TEXT_WIDTH, Role
from .margins import footer, header
from .markup import NOTHING, Xml, join, paragraph, run
from .package import Package, section

HEADINGS: tuple[Role, ...] = ("block", "item")
NARROW = 0.36
"""Share of the width that the first of two columns takes."""

BLANK_LINE = "\u2002" * 12
"""What a field for a few words shows while it is empty, where its label says what it is."""


class Form:
    """Writes the blank ficha (`blank.blank`) into a package."""

    def __init__(self, package: Package, data: dict[str, Any]) -> None:
        self._package, self._data = package, data
        self._language: str = data["language"]
        self._words: dict[str, str] = data["words"]
        self._labels: dict[str, str] = data["labels"][self._language]
        self._controls = Controls(package, self._language)

    def write(self) -> Xml:
        """The body of the file."""
        head = header(self._package, self._run(self._data["title"]))
        foot = footer(self._package, self._data["site"], self._labels, self._language)
        words = f"{self._labels['collection']} · {self._labels['organisation']}"
        return join(
            (
                paragraph("FichaEyebrow", self._run(words)),
                paragraph("Title", self._run(self._data["title"])),
                self._instructions(),
                *(self._part(part) for part in self._data["parts"]),
                section(head, foot),
            )
        )

    def _run(self, text: str, style: str = "", look: Xml = NOTHING) -> Xml:
        return run(text, self._language, look, style)

    def _instructions(self) -> Xml:
        lines = map(self._run, self._data["instructions"])
        width = [float(TEXT_WIDTH)]
        title = paragraph("FichaLabel", self._run(self._words["instructions"]))
        cell = join((title, bullets(self._package, lines)))
        return table("TableNormal", width, [row(width, [cell], shade=SURFACE)])

    def _part(self, part: Part) -> Xml:
        help_text = paragraph("FichaHelp", self._run(part["help"])) if part["help"] else NOTHING
        title = paragraph("Heading1", self._run(part["title"]))
        return join((title, help_text, *map(self._question, part["questions"])))

    def _question(self, question: Question) -> Xml:
        return join((self._head(question), self._field(question)))

    def _head(self, question: Question) -> Xml:
        """Number, label, whether it is required or private, the limit, and what is asked."""
        star = self._run(" *", "FichaLimit") if question["required"] else NOTHING
        private = f"  {self._words['private']}" if question["private"] else ""
        limit = f"  {question['limit']}" if question["limit"] else ""
        title = paragraph(
            "Heading2",
            self._run(f"{question['number']} ", "FichaNumber"),
            self._run(question["label"]),
            star,
            self._run(private or limit, "FichaLimitAside") if private or limit else NOTHING,
        )
        if not question["help"]:
            return title
        return join((title, paragraph("FichaHelp", self._run(question["help"]))))

    def _field(self, question: Question) -> Xml:
        key, label = question["key"], f"{question['number']} {question['label']}"
        entry, write = question["entry"], self._words["write"]
        if entry == "choices":
            return join(self._choices(question))
        if entry == "table":
            return self._table(question)
        if entry == "select":
            field = self._controls.select(key, label, question["options"], self._words["choose"])
            return paragraph("FichaField", field)
        if entry == "line":
            field = self._controls.plain(key, label, write)
            return paragraph("FichaField", field)
        return self._controls.rich(key, label, write)

    def _choices(self, question: Question) -> Iterable[Xml]:
        for option in question["options"]:
            tag = f"{question['key']}:{option['key']}"
            box = self._controls.checkbox(tag, option["label"])
            label = run(f" {option['label']}", option["lang"])
            yield paragraph("FichaChoice", box, label, *self._which(question, option))

    def _which(self, question: Question, option: Option) -> Iterable[Xml]:
        """The field of a choice that asks for a text."""
        if option["asks"]:
            which = self._words["which"]
            title = f"{option['label']}: {which}"
            yield self._run(f". {which} ")
            yield self._controls.plain(f"{question['key']}_other", title, self._words["write"])

    def _table(self, question: Question) -> Xml:
        widths = [TEXT_WIDTH * NARROW, TEXT_WIDTH * (1 - NARROW)]
        heads = (paragraph("FichaLabel", self._run(name)) for name in question["columns"])
        rows = [row(widths, heads, is_head=True, shade=SURFACE)]
        for number in range(1, question["rows"] + 1):
            cells = (
                paragraph(
                    "FichaCell",
                    self._controls.plain(
                        f"{question['key']}:{number}:{column}", f"{name} {number}", BLANK_LINE
                    ),
                )
                for column, name in enumerate(question["columns"], start=1)
            )
            rows.append(row(widths, cells))
        return table("TableGrid", widths, rows, has_head=True)
