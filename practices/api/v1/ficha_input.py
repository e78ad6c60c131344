"""What a program may say of a ficha: the items by their keys, made from the vocabulary.

The forms of the admin hold the rules. Here stands only what JSON could say and no form: other
types, keys that there are not, characters that no database stores.
"""

from typing import Annotated, Any, Literal

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from practices import vocabulary
from practices.models import PracticePage
from practices.vocabulary import OTHER_ITEMS, PRIVATE_KEYS, Item, Kind

LONGEST_HTML = 100_000
"""Characters of one rich text, marks included; the limits of the ficha count words."""

MOST_PARTS = 200
"""Entries of one list."""


def fault(message: str) -> PydanticCustomError:
    """A fault with words of our own."""
    # Pydantic fills braces in.
    return PydanticCustomError("invalid", message.replace("{", "{{").replace("}", "}}"))


def _storable(text: str) -> str:
    if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise fault(_("It contains characters that cannot be stored."))
    return text


def _one_line(text: str) -> str:
    if len(text.splitlines()) > 1:
        raise fault(_("It must be one line."))
    return text.strip()


def _tag(text: str) -> str:
    if '"' in text:
        raise fault(_("A tag contains no quotation marks."))
    return text


Text = Annotated[str, AfterValidator(_storable)]
Line = Annotated[Text, AfterValidator(_one_line)]
Key = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
Html = Annotated[Text, Field(max_length=LONGEST_HTML)]


class Strict(Schema):
    """An object without other keys than its own."""

    model_config = ConfigDict(extra="forbid")


class SentFigure(Strict):
    """A key figure."""

    figure: Annotated[Line, Field(max_length=80)] = Field("", description="The number, as text.")
    description: Annotated[Line, Field(max_length=300)] = Field("", description="What it counts.")


class SentResource(Strict):
    """A link, a video or a document from the library."""

    type: Literal["link", "video", "document"]
    title: Annotated[Line, Field(max_length=255)] = ""
    url: Annotated[Line, Field(max_length=2000)] = Field(
        "", description="Address of a link, or of a video on a known service."
    )
    document: Key | None = Field(
        None, description="Id of a document that the owner of the token may use."
    )


class SentReference(Strict):
    """A source that supports what the ficha says."""

    url: Annotated[Line, Field(max_length=2000)]
    title: Annotated[Line, Field(max_length=255)] = ""


def _listed(kind: Any) -> Any:
    return Annotated[list[kind], Field(max_length=MOST_PARTS)]


def _line(name: str) -> Any:
    """A text as long as its column."""
    field: Any = PracticePage._meta.get_field(name)
    return Annotated[Line, Field(max_length=field.max_length)]


KINDS: dict[Kind, Any] = {
    Kind.RICH_TEXT: Html,
    Kind.FIGURES: _listed(SentFigure),
    Kind.RESOURCES: _listed(SentResource),
    Kind.TEXT_LIST: _listed(Annotated[Line, Field(max_length=vocabulary.MAX_ENTITY_LENGTH)]),
    # Themes are data; the others name their choices.
    Kind.CHOICES: _listed(Annotated[Line, Field(max_length=60)]),
}
"""What is not a line of text."""


def _of(item: Item) -> tuple[Any, Any]:
    """Type and default of an item; the default is never read: what is left out stays as it is."""
    default = "" if item.kind in (Kind.TEXT, Kind.EMAIL, Kind.RICH_TEXT) else []
    if item.choices:
        return _listed(Literal[tuple(choice.key for choice in item.choices)]), default
    return KINDS.get(item.kind) or _line(item.key), default


def _description(item: Item) -> str:
    text = f"Item {item.number}."
    if item.kind is Kind.RICH_TEXT:
        text += " HTML with p, b, i, ol, ul, li and a; other marks are left out."
    if item.max_words:
        text += f" At most {item.max_words} words to be submitted."
    if item.required:
        text += " Needed to be submitted."
    if item is vocabulary.THEMES:
        text += " Keys of themes."
    return text


OF_THE_TREE = (vocabulary.COUNTRY.key,)

WRITTEN = [item for item in vocabulary.ITEMS if item.key not in (*PRIVATE_KEYS, *OF_THE_TREE)]
"""Items that programs write: all but the country and the private contact, which have ways of their
own."""

ITEM_OF = {item.key: item for item in WRITTEN} | {f"{item.key}_other": item for item in OTHER_ITEMS}
"""The item of each key that is one of the ficha's."""


def _fields() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for item in WRITTEN:
        kind, default = _of(item)
        fields[item.key] = (kind, Field(default, description=_description(item)))
        if item in OTHER_ITEMS:
            name = f"{item.key}_other"
            which = f"Item {item.number}: which, where `other` is chosen."
            fields[name] = (_line(name), Field("", description=which))
    tag = Annotated[Line, AfterValidator(_tag), Field(min_length=1, max_length=100)]
    fields["tags"] = (
        _listed(tag),
        Field([], description="Free tags, in the language of the page."),
    )
    fields["references"] = (_listed(SentReference), Field([], description="Sources."))
    picture = Field(
        None, description="Id of an image that the owner of the token may use, or null."
    )
    fields["picture"] = (Key | None, picture)
    return fields


FichaChanges: Any = create_model(
    "FichaChanges", __base__=Strict, __doc__="Items of a ficha by their keys.", **_fields()
)
"""The items, all of them optional: those that are left out stay as they are."""

Title = Annotated[Line, Field(min_length=1, max_length=255, description="Item 1.2.")]

NewFicha: Any = create_model(
    "NewFicha",
    __base__=FichaChanges,
    __doc__="A new ficha: its country, its title, and whatever is known already.",
    country=(
        Annotated[Text, Field(min_length=2, max_length=2)],
        Field(description="Item 1.1: ISO 3166-1 alpha-2, in any case."),
    ),
    title=(Title, Field(description="Item 1.2, in the language of the country.")),
)

SHARED = frozenset((*(item.key for item in WRITTEN if item.shared), "references", "picture"))
"""Keys of facts that stand on the original alone."""


def given(ficha: Any) -> dict[str, Any]:
    """The items that a program said something of, as plain data."""
    names = set(ficha.model_fields_set) - set(OF_THE_TREE)
    found: dict[str, Any] = ficha.model_dump(include=names)
    return found
