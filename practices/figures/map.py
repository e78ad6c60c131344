"""The map of the countries with their numbers of practices, and the table that is its equal."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from practices.statistics import Counted

from .outlines import Outlines, Shape, outlines
from .steps import Scale, Step

if TYPE_CHECKING:
    from practices.models import CountryPage


@dataclass(frozen=True)
class Place:
    """A country with its number of practices and the address that tells of them.

    `language` is that of the name; `shape` is missing where the file has no outline.
    """

    code: str
    name: str
    language: str
    count: int
    shade: int
    url: str
    shape: Shape | None


@dataclass(frozen=True)
class CountryMap:
    """What the template draws: every place stands in the table, those with an outline on the map."""

    outlines: Outlines
    places: list[Place]
    steps: list[Step]

    @property
    def drawn(self) -> list[Place]:
        return [place for place in self.places if place.shape]

    @property
    def empty(self) -> bool:
        """Whether some country on the map has no practice."""
        return any(not place.count for place in self.drawn)

    @property
    def neutral(self) -> list[str]:
        """The paths of the lands that are no country of the site."""
        codes = {place.code for place in self.places}
        foreign = [
            shape.path for code, shape in self.outlines.countries.items() if code not in codes
        ]
        return list(filter(None, [self.outlines.around, *foreign]))


def country_map(counts: Iterable[Counted], address: "Callable[[CountryPage], str]") -> CountryMap:
    """The map of country pages with their numbers; `address` says where each of them leads."""
    counts = list(counts)
    scale = Scale.up_to(max((counted.count for counted in counts), default=0))
    drawing = outlines()
    places = [
        Place(
            code=counted.what.iso_code,
            name=counted.what.title,
            language=counted.what.locale.language_code,
            count=counted.count,
            shade=scale.shade(counted.count),
            url=address(counted.what),
            shape=drawing.countries.get(counted.what.iso_code),
        )
        for counted in counts
    ]
    return CountryMap(drawing, places, scale.steps)
