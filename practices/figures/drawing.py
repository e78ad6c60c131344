"""The matrix as a drawing that stands alone: where everything of it stands, in units."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from .matrix import Matrix

FIRST, COLUMN, ROW, HEAD, TOP = 152, 124, 36, 76, 56
"""Measures of the drawing: widths of the columns, heights of rows, column heads and title."""
LETTERS = 14
"""Letters of a column head that fit on a line."""
INK = "#15202b"
COLOURS = ("none", "#e1edf1", "#bdd9e1", "#90bdca", "#5a9aae", "#1f6c88")
INKS = (INK, INK, INK, INK, INK, "#fff")
"""Shades, and what is written on each, as in the style sheet, which the file cannot count on."""


@dataclass(frozen=True)
class Box:
    """A field of the drawing: its corner, its texts line by line, its shade (0: empty)."""

    x: int
    y: int
    lines: list[tuple[int, str]]
    shade: int = 0

    @property
    def colour(self) -> str:
        return COLOURS[self.shade]

    @property
    def ink(self) -> str:
        return INKS[self.shade]


@dataclass(frozen=True)
class Drawing:
    """The matrix in units of a drawing, for the template of the SVG file."""

    width: int
    height: int
    heads: list[Box]
    names: list[Box]
    cells: list[Box]
    totals: list[Box]


def drawing(matrix: Matrix) -> Drawing:
    """Where everything of the matrix stands when it is drawn."""
    head, *body, last = list(matrix.table())
    columns = [FIRST + COLUMN * number for number in range(len(head))]
    lines = [TOP + HEAD + ROW * number for number in range(len(body) + 1)]
    heads = [_head(x, str(text)) for x, text in zip(columns, head[1:], strict=False)]
    names = [_box(0, y, row[0]) for y, row in zip(lines, [*body, last], strict=True)]
    cells = [
        _box(x, y, cell.count or "", cell.shade)
        for y, row in zip(lines, matrix.rows, strict=False)
        for x, cell in zip(columns, row.cells, strict=False)
    ]
    totals = [_box(columns[-2], y, row[-1]) for y, row in zip(lines, body, strict=False)]
    totals += [_box(x, lines[-1], value) for x, value in zip(columns, last[1:], strict=False)]
    return Drawing(columns[-1], lines[-1] + ROW + 44, heads, names, cells, totals)


def _head(x: int, text: str) -> Box:
    lines = wrap(text, LETTERS, break_long_words=False)
    first = TOP + HEAD - 12 - 16 * (len(lines) - 1)
    return Box(x, TOP, [(first + 16 * number, line) for number, line in enumerate(lines)])


def _box(x: int, y: int, text: Any, shade: int = 0) -> Box:
    return Box(x, y, [(y + ROW // 2 + 5, str(text))], shade)
