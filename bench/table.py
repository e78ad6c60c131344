"""What was measured, as a table in Markdown."""

from collections.abc import Iterator

from .search import Measured

HEADINGS = (
    "Search",
    "Practices",
    "Ours: statement",
    "Ours: page",
    "By hand",
    "Ratio",
    "Limit",
    "Met",
)


def table(measured: list[Measured]) -> str:
    """Times in milliseconds, each the middle of all runs and what 95 of 100 stay below."""
    lines = [_line(HEADINGS), _line(["---", *["--:"] * (len(HEADINGS) - 2), "---"])]
    lines += [_line(_cells(row)) for row in measured]
    return "\n".join([*lines, "", *_others(measured)])


def _cells(row: Measured) -> list[str]:
    return [
        row.case.name,
        f"{row.total:,}",
        str(row.found),
        str(row.ours),
        f"{row.by_hand} ({row.form})",
        f"{row.ours.middle / row.by_hand.middle:.1f}",
        f"{row.limit:,.0f}",
        "yes" if row.is_met else "**no**",
    ]


def _others(measured: list[Measured]) -> Iterator[str]:
    """How other pages compare with the first one."""
    for row in measured:
        if row.first:
            ratio = row.ours.middle / row.first.middle
            yield f"{row.case.name}: {ratio:.1f} times the first page (at most 2)."


def _line(cells: "tuple[str, ...] | list[str]") -> str:
    return f"| {' | '.join(cells)} |"
