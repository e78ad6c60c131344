"""The outlines of the map, from a static file that a host site may replace."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.core.checks import CheckMessage, Error

FILE = "practices/outlines.json"
"""The static file; the first one that the finders of the host site meet."""

PATH = re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9eE\s,.+-]*")
CODE = re.compile(r"[a-z]{2}")
EAST, NORTH = 180, 90
"""Degrees of longitude and latitude at most."""


class OutlinesError(ValueError):
    """The file of outlines is missing or says something else than outlines."""


@dataclass(frozen=True)
class Point:
    """A place of the drawing, in its units."""

    x: int
    y: int


@dataclass(frozen=True)
class Shape:
    """A country: its path (SVG), where its number stands, where a line to the number begins.

    `place` is a point within it on the Earth: longitude and latitude in degrees (WGS 84).
    """

    path: str
    number: Point
    line_from: Point | None = None
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Outlines:
    """The countries by ISO code, and the neighbouring lands as one path, in one drawing."""

    width: int
    height: int
    countries: dict[str, Shape]
    around: str


@lru_cache(maxsize=1)
def outlines() -> Outlines:
    """The outlines of the site, read once. Raises OutlinesError."""
    found = finders.find(FILE)
    if not found:
        raise OutlinesError(f"There is no static file {FILE}.")
    try:
        return _outlines(json.loads(Path(found).read_text(encoding="utf-8")))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise OutlinesError(f"{found}: {error!r}") from error


def _outlines(data: dict[str, Any]) -> Outlines:
    countries = {
        code: Shape(
            _path(shape["path"]),
            _point(shape["number"]),
            _point(shape["line_from"]) if "line_from" in shape else None,
            _place(shape["place"]) if "place" in shape else None,
        )
        for code, shape in data["countries"].items()
    }
    if wrong := [code for code in countries if not CODE.fullmatch(code)]:
        raise ValueError(f"no ISO codes in lower case: {wrong}")
    return Outlines(
        int(data["width"]), int(data["height"]), countries, _path(data.get("around", ""))
    )


def _path(value: str) -> str:
    if not PATH.fullmatch(value):
        raise ValueError(f"no path: {value[:40]}")
    return value


def _point(value: Sequence[float]) -> Point:
    x, y = value
    return Point(round(x), round(y))


def _place(value: Sequence[float]) -> tuple[float, float]:
    longitude, latitude = map(float, value)
    if abs(longitude) > EAST or abs(latitude) > NORTH:
        raise ValueError(f"no longitude and latitude: {value}")
    return longitude, latitude


def check_outlines(**_kwargs: Any) -> list[CheckMessage]:
    """The file that a host site puts in the place of ours must be one."""
    outlines.cache_clear()
    try:
        outlines()
    except OutlinesError as error:
        return [
            Error(
                f"The map cannot be drawn. {error}",
                hint=f"Give the static file {FILE} the form of the plugin's own, or remove yours.",
                id="practices.E011",
            )
        ]
    return []
