"""The ficha, item by item, as the API shows it: made from the vocabulary."""

from typing import Any

from ninja import Schema
from pydantic import Field, create_model

from practices.vocabulary import COUNTRY, ITEMS, Kind

from .schemas import LocalText, Named


class ItemSchema(Schema):
    """An item of the ficha; `null` in its place where it holds nothing."""

    number: str = Field(description="Its number in the ficha, such as 2.2.")
    label: str = Field(description="Its name, in the language of the answer.")


class TextItem(ItemSchema):
    """A text of one line."""

    value: LocalText


class CountryItem(ItemSchema):
    """The country."""

    value: Named


class TextListItem(ItemSchema):
    """Several names."""

    values: list[LocalText]


class Chosen(Named):
    """A chosen value; “other” in the practice's own words."""

    locale: str = Field(description="Language of the label.")


class ChoicesItem(ItemSchema):
    """Chosen values of a closed item."""

    values: list[Chosen]


class RichTextItem(ItemSchema):
    """A text of paragraphs and lists."""

    locale: str = Field(description="Language of the text: `es` or `pt-br`.")
    html: str = Field(description="Safe HTML: p, b, i, ul, ol, li, a, br.")
    text: str = Field(description="The same without marks.")


class Figure(Schema):
    """A key figure."""

    figure: str
    description: str


class FiguresItem(ItemSchema):
    """Key figures."""

    locale: str
    values: list[Figure]


class Resource(Schema):
    """A link, a document or a video."""

    kind: str = Field(json_schema_extra={"enum": ["link", "document", "video"]})
    title: str
    url: str
    file_type: str | None = Field(None, description="Of a document: the extension, such as pdf.")
    size: int | None = Field(None, description="Of a document: bytes.")


class ResourcesItem(ItemSchema):
    """Links, documents and videos."""

    locale: str = Field(description="Language of the titles.")
    values: list[Resource]


SCHEMAS: dict[Kind, type[ItemSchema]] = {
    Kind.COUNTRY: CountryItem,
    Kind.TEXT: TextItem,
    Kind.EMAIL: TextItem,
    Kind.TEXT_LIST: TextListItem,
    Kind.CHOICES: ChoicesItem,
    Kind.RICH_TEXT: RichTextItem,
    Kind.FIGURES: FiguresItem,
    Kind.RESOURCES: ResourcesItem,
}

PUBLIC_ITEMS = tuple(item for item in ITEMS if not item.private)
"""The items that the API shows, in their order."""

_fields: dict[str, Any] = {
    item.key: (
        SCHEMAS[item.kind] if item is COUNTRY else SCHEMAS[item.kind] | None,
        Field(description=f"Item {item.number} of the ficha."),
    )
    for item in PUBLIC_ITEMS
}
FichaSchema: type[Schema] = create_model(
    "Ficha", __base__=Schema, __doc__="The items of the ficha by their keys.", **_fields
)
