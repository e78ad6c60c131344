"""Content controls: what people fill in, and programs read again by their tags.

The tag of a field is the key of its item; that of a box is the key of the item, a colon, and the
key of the choice (`territorial_level:national`).
"""

from collections.abc import Iterable

from practices.factsheets.blank import Option

from .markup import NOTHING, Xml, el, paragraph, run
from .package import Package

LONGEST = 64
"""Characters that Word allows in the tag and the title of a control."""

EMPTY_BOX, TICKED_BOX = "☐", "☒"
BOX_FONT = "MS Gothic"
PROMPT = "PlaceholderText"
"""The style of what a field shows while it is empty."""


class Controls:
    """Makes the controls of a form in a language."""

    def __init__(self, package: Package, language: str) -> None:
        self._package, self._language = package, language

    def checkbox(self, tag: str, title: str) -> Xml:
        """A box to tick, in a run of text."""
        states = (
            el("w14:checked", val=0),
            el("w14:checkedState", val="2612", font=BOX_FONT),
            el("w14:uncheckedState", val="2610", font=BOX_FONT),
        )
        font = el("w:rFonts", ascii=BOX_FONT, hAnsi=BOX_FONT, eastAsia=BOX_FONT, hint="eastAsia")
        box = run(EMPTY_BOX, self._language, font)
        return self._control(tag, title, el("w14:checkbox", *states), box)

    def plain(self, tag: str, title: str, prompt: str) -> Xml:
        """A field for a few words, in a run of text."""
        return self._control(tag, title, el("w:text"), self._prompt(prompt))

    def rich(self, tag: str, title: str, prompt: str) -> Xml:
        """A field for paragraphs and lists."""
        return self._control(tag, title, NOTHING, paragraph("FichaField", self._prompt(prompt)))

    def select(self, tag: str, title: str, options: Iterable[Option], prompt: str) -> Xml:
        """A list to choose from, in a run of text."""
        items = (
            el("w:listItem", displayText=option["label"], value=option["key"]) for option in options
        )
        return self._control(tag, title, el("w:dropDownList", *items), self._prompt(prompt))

    def _prompt(self, words: str) -> Xml:
        return run(words, self._language, style=PROMPT)

    def _control(self, tag: str, title: str, kind: Xml, content: Xml) -> Xml:
        """A control that can be filled in and not be deleted; the order is that of the schema."""
        properties = (
            el("w:alias", val=title[:LONGEST]),
            el("w:tag", val=tag[:LONGEST]),
            el("w:id", val=self._package.count()),
            el("w:lock", val="sdtLocked"),
            *([el("w:showingPlcHdr")] if PROMPT in content else []),
            kind,
        )
        return el("w:sdt", el("w:sdtPr", *properties), el("w:sdtContent", content))
