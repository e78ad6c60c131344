"""Countries, themes, tags and their numbers of practices."""

from ninja import Schema
from pydantic import Field

from .schemas import FacetSchema


class Facets(Schema):
    """All facets of all public practices."""

    count: int = Field(description="Public practices.")
    items: list[FacetSchema]


class Country(Schema):
    """A country of the collection."""

    key: str = Field(description="ISO 3166-1 alpha-2, in lower case.")
    alpha3: str = Field(description="ISO 3166-1 alpha-3, as in the codes of practices.")
    label: str
    locale: str = Field(description="Language of the label.")
    source_locale: str = Field(description="Language in which its practices are written.")
    count: int = Field(description="Public practices.")
    url: str


class Countries(Schema):
    """The countries, by name."""

    items: list[Country]


class ThemeTerm(Schema):
    """A theme of item 1.3."""

    key: str
    label: str
    short_label: str
    description: str
    locale: str = Field(description="Language of these texts.")
    count: int = Field(description="Public practices.")


class Themes(Schema):
    """The themes, in their order."""

    items: list[ThemeTerm]


class TagTerm(Schema):
    """A free tag."""

    key: str = Field(description="What the filter `tag` takes.")
    label: str
    locale: str = Field(description="Language in which it is written.")
    count: int = Field(description="Practices of which any public version has it.")


class Tags(Schema):
    """A part of the tags, from A to Z."""

    count: int
    items: list[TagTerm]


class MatrixCell(Schema):
    """A country and a theme."""

    theme: str
    count: int


class MatrixRow(Schema):
    """A country; `count` has each of its practices once."""

    country: str
    label: str
    count: int
    cells: list[MatrixCell]


class MatrixTheme(Schema):
    """A column."""

    theme: str
    label: str
    count: int


class MatrixAnswer(Schema):
    """Countries and themes: totals count each practice once, though it may have more themes."""

    count: int
    themes: list[MatrixTheme]
    rows: list[MatrixRow]
