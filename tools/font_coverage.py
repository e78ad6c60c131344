"""Write down which characters the faces of the fact sheets have: `python -m tools.font_coverage`."""

from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parent.parent / "practices" / "factsheets" / "fonts"
COVERAGE = FONTS / "coverage.txt"


def coverage() -> str:
    """Ranges of code points (hexadecimal) that all faces of the fonts have, one a line."""
    sets = [set(TTFont(path).getBestCmap() or {}) for path in sorted(FONTS.glob("*.otf"))]
    ranges: list[list[int]] = []
    for point in sorted(set.intersection(*sets)):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(f"{first:04x}-{last:04x}\n" for first, last in ranges)


if __name__ == "__main__":
    COVERAGE.write_text(coverage(), encoding="ascii")
