"""What the styles of the files are called, and how they look.

Faces are those of the offices: Cambria and Calibri come with Word, and LibreOffice sets Caladea
and Carlito for them, which run to the same width.
"""

from dataclasses import dataclass
from typing import Literal

INK, MUTED, LINE, SURFACE = "15202B", "4A5865", "D8D2C4", "F4F1EA"
BRAND, ACCENT, PAPER = "0B4F6C", "B5472F", "FFFFFF"
TONES = {
    "tone-1": "1F7A8C",
    "tone-2": "3F6B2F",
    "tone-3": "6B3E75",
    "tone-4": "8A5A2B",
    "tone-5": "0B4F6C",
    "tone-6": "4A5865",
}
"""Colours of themes, as the site's style sheet has them."""

SERIF, SANS = "Cambria", "Calibri"
FONTS = {SERIF: ("Caladea", "roman"), SANS: ("Carlito", "swiss")}
"""Faces with what stands in for them, and their family."""

Role = Literal["part", "sheet", "block", "item"]
"""What a heading stands above: a part of a compilation, a practice, a block of it, an item."""


@dataclass(frozen=True)
class Look:
    """How a style looks. Sizes and spaces in points.

    `border` is a side, or `box`; `inset` is the indent on the right; `stop` is the place of a right
    tab, and `leads` whether dots lead there. What is 0, -1 or empty is as in the style below.
    """

    name: str
    kind: Literal["paragraph", "character"] = "paragraph"
    base: str = "Normal"
    following: str = ""
    font: str = ""
    size: float = 0
    colour: str = ""
    shade: str = ""
    bold: bool = False
    underline: bool = False
    before: float = -1
    after: float = -1
    indent: float = 0
    line: float = 0
    border: str = ""
    border_colour: str = BRAND
    keep: bool = False
    inset: float = 0
    hanging: float = 0
    stop: float = 0
    leads: bool = False
    outline: int = -1
    anew: bool = False


TEXT_WIDTH = 470
"""Points between the margins of an A4 page (595 pt less 62.5 pt on each side)."""

HEADINGS: dict[Role, dict[str, float]] = {
    "part": {"size": 26, "before": 0, "after": 14},
    "sheet": {"size": 21, "before": 0, "after": 6},
    "block": {"size": 13, "before": 12, "after": 3},
    "item": {"size": 11.5, "before": 10, "after": 2},
}
HEADINGS_IN_BRIEF: dict[Role, dict[str, float]] = {
    "sheet": {"size": 18, "after": 3},
    "block": {"size": 11, "before": 7, "after": 2},
}

LOOKS = {
    "Title": Look(
        "Title", font=SERIF, size=25, colour=BRAND, bold=True, line=1.05, after=6, keep=True
    ),
    "FichaCover": Look("Ficha Cover", base="Title", size=36, before=10, after=16),
    "Subtitle": Look("Subtitle", font=SERIF, size=15, colour=MUTED, after=8),
    "TOCHeading": Look("TOC Heading", font=SERIF, size=21, colour=BRAND, bold=True, after=12),
    "TOC1": Look("toc 1", size=11, bold=True, before=8, after=2, stop=TEXT_WIDTH),
    "TOC2": Look("toc 2", size=10.5, indent=12, after=2, stop=TEXT_WIDTH, leads=True),
    "ListBullet": Look("List Bullet", after=2),
    "ListNumber": Look("List Number", after=2),
    "ListContinue": Look("List Continue", after=2),
    "Caption": Look("caption", size=9, colour=MUTED, before=2, after=8),
    "Header": Look(
        "header",
        size=9,
        colour=MUTED,
        after=0,
        border="bottom",
        border_colour=LINE,
        stop=TEXT_WIDTH,
    ),
    "Footer": Look("footer", size=9, colour=MUTED, after=0, stop=TEXT_WIDTH),
    "FichaEyebrow": Look("Ficha Eyebrow", size=10, colour=MUTED, bold=True, after=4, keep=True),
    "FichaMeta": Look("Ficha Meta", size=10, colour=MUTED, after=6),
    "FichaThemes": Look("Ficha Themes", size=9.5, line=1.5, after=8),
    "FichaNotice": Look(
        "Ficha Notice",
        size=10,
        shade=SURFACE,
        border="left",
        border_colour=ACCENT,
        indent=8,
        inset=4,
        after=6,
    ),
    "FichaLead": Look("Ficha Lead", size=12, line=1.12, after=6),
    "FichaFigure": Look(
        "Ficha Figure",
        following="FichaFigureText",
        font=SERIF,
        size=22,
        colour=BRAND,
        bold=True,
        line=1,
        after=0,
        keep=True,
    ),
    "FichaFigureLong": Look("Ficha Figure Long", base="FichaFigure", size=15),
    "FichaFigureText": Look("Ficha Figure Text", size=10, after=4),
    "FichaLabel": Look("Ficha Label", size=9.5, colour=MUTED, bold=True, line=1, before=1, after=1),
    "FichaCell": Look("Ficha Cell", size=10.5, line=1, before=1, after=1),
    "FichaIndex": Look("Ficha Index", size=10, indent=10, hanging=10, after=3),
    "FichaSource": Look("Ficha Source", size=9, colour=MUTED, line=1, after=2),
    "FichaHelp": Look("Ficha Help", size=10, colour=MUTED, after=3, keep=True),
    "FichaField": Look(
        "Ficha Field", border="box", border_colour=MUTED, indent=4, inset=4, before=3, after=8
    ),
    "FichaChoice": Look("Ficha Choice", after=2, indent=14),
    "Hyperlink": Look("Hyperlink", "character", colour=BRAND, underline=True),
    "FichaAside": Look("Ficha Aside", "character", size=9, colour=MUTED),
    "FichaNumber": Look("Ficha Number", "character", colour=MUTED),
    "FichaLimit": Look("Ficha Limit", "character", colour=ACCENT, bold=True),
    "FichaLimitAside": Look("Ficha Limit Aside", "character", font=SANS, size=9.5, colour=ACCENT),
    "FichaEntry": Look("Ficha Entry", "character", bold=True),
    "PlaceholderText": Look("Placeholder Text", "character", colour=MUTED),
}
"""Styles by their id."""


IN_BRIEF: dict[str, dict[str, float]] = {
    "Title": {"size": 20, "after": 3},
    "FichaEyebrow": {"size": 9, "after": 2},
    "FichaMeta": {"size": 9, "after": 3},
    "FichaThemes": {"size": 8.5, "line": 1.3, "after": 2},
    "FichaNotice": {"size": 9, "after": 2},
    "FichaLead": {"size": 10.5, "line": 1.05, "after": 3},
    "FichaFigure": {"size": 18},
    "FichaFigureLong": {"size": 13},
    "FichaFigureText": {"size": 9, "after": 0, "line": 1},
    "FichaCell": {"size": 9.5},
    "FichaLabel": {"size": 9},
    "FichaSource": {"size": 8.5},
}
"""What is smaller where a practice is to fit on one page."""

LIST_NUMBERS = {"ListBullet": 1, "ListNumber": 2}
"""Numbering definitions of the list styles (`numbering`)."""


def twips(points: float) -> int:
    """A length in twentieths of a point, as Word measures."""
    return round(points * 20)
