"""Lists: one kind of bullets, and numbers that begin anew in each list."""

from .looks import LIST_NUMBERS, twips
from .markup import Xml, el, part

LEVELS = 9
STEP = 16
"""Points by which each level is set in."""

BULLETS, NUMBERS = 1, 2
BULLET_SIGNS = "•◦▪"
NUMBER_FORMATS = ("decimal", "lowerLetter", "lowerRoman")


class Numbering:
    """The lists of a file. Definitions 1 and 2 belong to the list styles."""

    def __init__(self) -> None:
        self._numbered = 0

    def begin(self, ordered: bool) -> int:
        """The definition of a list that begins."""
        if not ordered:
            return LIST_NUMBERS["ListBullet"]
        self._numbered += 1
        return len(LIST_NUMBERS) + self._numbered

    def part(self) -> bytes:
        """The part of the package."""
        restarts = (
            el(
                "w:num",
                el("w:abstractNumId", val=NUMBERS),
                *(
                    el("w:lvlOverride", el("w:startOverride", val=1), ilvl=level)
                    for level in range(LEVELS)
                ),
                numId=len(LIST_NUMBERS) + count,
            )
            for count in range(1, self._numbered + 1)
        )
        return part(
            "w:numbering",
            _definition(BULLETS, ordered=False),
            _definition(NUMBERS, ordered=True),
            el("w:num", el("w:abstractNumId", val=BULLETS), numId=LIST_NUMBERS["ListBullet"]),
            el("w:num", el("w:abstractNumId", val=NUMBERS), numId=LIST_NUMBERS["ListNumber"]),
            *restarts,
        )


def _definition(key: int, ordered: bool) -> Xml:
    return el(
        "w:abstractNum",
        el("w:multiLevelType", val="multilevel"),
        *(_level(level, ordered) for level in range(LEVELS)),
        abstractNumId=key,
    )


def _level(level: int, ordered: bool) -> Xml:
    shape = NUMBER_FORMATS[level % 3] if ordered else "bullet"
    sign = f"%{level + 1}." if ordered else BULLET_SIGNS[level % 3]
    style = "ListNumber" if ordered else "ListBullet"
    named = [el("w:pStyle", val=style)] if level == 0 else []
    return el(
        "w:lvl",
        el("w:start", val=1),
        el("w:numFmt", val=shape),
        *named,
        el("w:lvlText", val=sign),
        el("w:lvlJc", val="left"),
        el("w:pPr", el("w:ind", left=indent(level), hanging=twips(STEP))),
        ilvl=level,
    )


def indent(level: int) -> int:
    """How far the text of a level is set in, in twips."""
    return twips(STEP * (min(level, LEVELS - 1) + 1))
