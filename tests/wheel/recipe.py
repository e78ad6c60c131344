"""What docs/plugin.md tells people to do, taken out of it word for word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
GUIDE = ROOT / "docs" / "plugin.md"

STEP = re.compile(
    r"^(?:(?P<verb>Append to|Write) `(?P<path>[^`]+)`:\n\n```python\n(?P<code>.*?)```"
    r"|```sh\n(?P<commands>.*?)```)",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Step:
    """Commands to run, or code to write into a file or to append to it."""

    commands: str = ""
    path: str = ""
    code: str = ""
    appends: bool = False


def steps(section: str) -> Iterator[Step]:
    """The steps below a heading of the second level, in their order."""
    text = GUIDE.read_text(encoding="utf-8")
    _before, heading, after = text.partition(f"\n## {section}\n")
    assert heading, section
    for found in STEP.finditer(after.partition("\n## ")[0]):
        if commands := found["commands"]:
            yield Step(commands=commands)
        else:
            yield Step(path=found["path"], code=found["code"], appends=found["verb"] == "Append to")
