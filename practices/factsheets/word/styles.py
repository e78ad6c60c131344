"""The style sheet of a file, and its table of faces."""

from collections.abc import Sequence
from dataclasses import replace

from .looks import (
    BRAND,
    FONTS,
    HEADINGS,
    HEADINGS_IN_BRIEF,
    IN_BRIEF,
    INK,
    LINE,
    LIST_NUMBERS,
    LOOKS,
    MUTED,
    SANS,
    SERIF,
    Look,
    Role,
    twips,
)
from .markup import Xml, el, join, part, tag_of


def styles(language: str, headings: Sequence[Role], is_brief: bool) -> bytes:
    """The part of styles; `headings` says what each level of heading stands above.

    `is_brief` where each practice is to fit on one page.
    """
    looks = dict(LOOKS)
    if is_brief:
        looks |= {key: replace(LOOKS[key], **smaller) for key, smaller in IN_BRIEF.items()}  # type: ignore[arg-type]
    for level, role in enumerate(headings, start=1):
        size = HEADINGS[role] | (HEADINGS_IN_BRIEF.get(role, {}) if is_brief else {})
        looks[f"Heading{level}"] = Look(
            f"heading {level}",
            following="Normal",
            font=SERIF,
            colour=BRAND,
            bold=True,
            line=1.1,
            keep=True,
            outline=level - 1,
            **size,  # type: ignore[arg-type]
        )
    return part(
        "w:styles",
        _defaults(language),
        el(
            "w:style",
            el("w:name", val="Normal"),
            el("w:qFormat"),
            type="paragraph",
            default=1,
            styleId="Normal",
        ),
        join(_style(key, look) for key, look in looks.items()),
        *_tables(),
    )


def _defaults(language: str) -> Xml:
    words = tag_of(language)
    return el(
        "w:docDefaults",
        el(
            "w:rPrDefault",
            el(
                "w:rPr",
                _font(SANS),
                el("w:color", val=INK),
                el("w:sz", val=22),
                el("w:szCs", val=22),
                el("w:lang", val=words, eastAsia=words, bidi="ar-SA"),
            ),
        ),
        el("w:pPrDefault", el("w:pPr", el("w:spacing", after=100, line=259, lineRule="auto"))),
    )


def _font(name: str) -> Xml:
    return el("w:rFonts", ascii=name, hAnsi=name, cs=name, eastAsia=name)


def _style(key: str, look: Look) -> Xml:
    is_own = key.startswith("Ficha")
    parts = [el("w:name", val=look.name)]
    if look.kind == "paragraph":
        parts.append(el("w:basedOn", val=look.base))
        if look.following:
            parts.append(el("w:next", val=look.following))
    parts += [el("w:uiPriority", val=1 if is_own else 9), el("w:qFormat")]
    if look.kind == "paragraph" and (properties := _of_paragraph(key, look)):
        parts.append(el("w:pPr", properties))
    if properties := _of_run(look):
        parts.append(el("w:rPr", properties))
    if is_own:
        return el("w:style", *parts, type=look.kind, customStyle=1, styleId=key)
    return el("w:style", *parts, type=look.kind, styleId=key)


def _of_paragraph(key: str, look: Look) -> Xml:
    """The properties of a paragraph in the order of the schema."""
    parts: list[Xml] = []
    if look.keep:
        parts += [el("w:keepNext"), el("w:keepLines")]
    if look.anew:
        parts.append(el("w:pageBreakBefore"))
    if key in LIST_NUMBERS:
        parts.append(el("w:numPr", el("w:numId", val=LIST_NUMBERS[key])))
    if look.border:
        parts.append(_borders(look))
    if look.shade:
        parts.append(el("w:shd", val="clear", color="auto", fill=look.shade))
    if look.stop:
        leader = "dot" if look.leads else "none"
        parts.append(el("w:tabs", el("w:tab", val="right", leader=leader, pos=twips(look.stop))))
    if spacing := _spacing(look):
        parts.append(el("w:spacing", **spacing))
    sides = {"left": look.indent, "right": look.inset, "hanging": look.hanging}
    if indents := {side: twips(points) for side, points in sides.items() if points}:
        parts.append(el("w:ind", **indents))
    if look.outline >= 0:
        parts.append(el("w:outlineLvl", val=look.outline))
    return join(parts)


def _borders(look: Look) -> Xml:
    sides = ("top", "left", "bottom", "right") if look.border == "box" else (look.border,)
    size, space = (24, 6) if look.border == "left" else (4, 4)
    return el(
        "w:pBdr",
        *(
            el(f"w:{side}", val="single", sz=size, space=space, color=look.border_colour)
            for side in sides
        ),
    )


def _spacing(look: Look) -> dict[str, str | int]:
    spacing: dict[str, str | int] = {}
    if look.before >= 0:
        spacing["before"] = twips(look.before)
    if look.after >= 0:
        spacing["after"] = twips(look.after)
    if look.line:
        spacing |= {"line": round(look.line * 240), "lineRule": "auto"}
    return spacing


def _of_run(look: Look) -> Xml:
    parts: list[Xml] = []
    if look.font:
        parts.append(_font(look.font))
    if look.bold:
        parts.append(el("w:b"))
    if look.colour:
        parts.append(el("w:color", val=look.colour))
    if look.size:
        parts += [el("w:sz", val=round(look.size * 2)), el("w:szCs", val=round(look.size * 2))]
    if look.underline:
        parts.append(el("w:u", val="single"))
    return join(parts)


def _tables() -> list[Xml]:
    """The styles of tables: a plain one, and one with lines between the rows."""
    sides = ("top", "left", "bottom", "right")
    margins = el(
        "w:tblCellMar",
        *(
            el(f"w:{side}", w=40 if side in ("top", "bottom") else 100, type="dxa")
            for side in sides
        ),
    )
    lines = el(
        "w:tblBorders",
        *(
            el(f"w:{side}", val="single", sz=4, space=0, color=LINE)
            for side in ("top", "bottom", "insideH")
        ),
    )
    grid = el(
        "w:tblBorders",
        *(
            el(f"w:{side}", val="single", sz=4, space=0, color=MUTED)
            for side in (*sides, "insideH", "insideV")
        ),
    )
    return [
        el(
            "w:style",
            el("w:name", val="Normal Table"),
            el("w:uiPriority", val=99),
            el("w:tblPr", el("w:tblInd", w=0, type="dxa"), margins),
            type="table",
            default=1,
            styleId="TableNormal",
        ),
        _table("TableGrid", "Table Grid", grid),
        _table("FichaProfile", "Ficha Profile", lines),
    ]


def _table(key: str, name: str, borders: Xml) -> Xml:
    own = {"customStyle": 1} if key.startswith("Ficha") else {}
    return el(
        "w:style",
        el("w:name", val=name),
        el("w:basedOn", val="TableNormal"),
        el("w:uiPriority", val=39),
        el("w:tblPr", borders),
        type="table",
        styleId=key,
        **own,
    )


def fonts() -> bytes:
    """The table of faces, with what to set where one is missing."""
    return part(
        "w:fonts",
        *(
            el("w:font", el("w:altName", val=stand_in), el("w:family", val=family), name=name)
            for name, (stand_in, family) in FONTS.items()
        ),
    )
