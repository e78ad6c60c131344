"""Steps of shade for counts: few enough to tell apart, in colour and in grey."""

from dataclasses import dataclass

SHADES = {0: (), 1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
"""Which of the five shades are used where fewer steps do, so that neighbours differ."""


@dataclass(frozen=True)
class Step:
    """Counts from `first` to `last`, both included; `shade` is 1 (light) to 5 (dark)."""

    first: int
    last: int
    shade: int


@dataclass(frozen=True)
class Scale:
    """Up to five steps of the same width that hold every count from 1 to the greatest."""

    steps: list[Step]

    @classmethod
    def up_to(cls, most: int) -> "Scale":
        """The scale of counts of which `most` is the greatest."""
        width = -(-most // 5) or 1
        firsts = range(1, most + 1, width)
        shades = SHADES[len(firsts)]
        return cls(
            [
                Step(first, first + width - 1, shade)
                for first, shade in zip(firsts, shades, strict=True)
            ]
        )

    def shade(self, count: int) -> int:
        """The shade of a count; 0 for none."""
        return next((step.shade for step in self.steps if step.first <= count <= step.last), 0)
