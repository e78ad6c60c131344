"""What a fact sheet says, as plain data: the one thing that PDF and Word templates read.

All of it can be written as JSON. Words of the interface are in the language of the reader; each
text of a practice tells its own, so that it can be marked.
"""

from typing import Any, Literal, TypedDict

EntryKind = Literal["texts", "rich", "figures", "resources"]
NoticeKind = Literal["foreign", "translation", "outdated", "archived"]


class Text(TypedDict):
    """Words, and the language they are in."""

    text: str
    lang: str


class Figure(TypedDict):
    """A key figure: the number as text, and what it counts."""

    figure: str
    description: str


class Resource(TypedDict):
    """A link, a document or a video; `about` is its type and size, host or service."""

    kind: str
    title: str
    url: str
    about: str


class Entry(TypedDict):
    """An item of the ficha that holds something.

    `kind` says what `value` is a list of: Text, Block of rich text, Figure or Resource. `lang` is
    that of the whole value; texts have their own. `outdated` where the original went on without
    this translation.
    """

    number: str
    key: str
    label: str
    kind: EntryKind
    lang: str
    value: list[Any]
    outdated: bool


class Theme(TypedDict):
    """A theme; `colour` is a name of `models.Tone`."""

    code: str
    name: Text
    short_name: Text
    colour: str


class Country(TypedDict):
    """The country; `code` is ISO alpha-2 in lower case."""

    code: str
    name: Text


class Picture(TypedDict):
    """A picture; `file` is its name among the files that are given beside the data."""

    file: str
    alt: Text
    credit: str


class Notice(TypedDict):
    """Something that readers must know of the text; a title and a sentence, either may be empty."""

    kind: NoticeKind
    title: str
    text: str


class Citation(TypedDict):
    """How to cite the practice, in parts: entity (year). *title*. collection, code. url."""

    entity: Text
    year: str
    title: Text
    collection: str
    code: str
    url: str


class Sheet(TypedDict):
    """A practice in one language version, for readers of `language`.

    `entries` are the items that hold something, in the order of the ficha (1.1, 1.2, … 2.9), no
    private one among them. `text_language` is that of title and prose, `page` the
    primary key of the page that has them.
    """

    page: int
    code: str
    short_code: str
    language: str
    text_language: str
    title: Text
    country: Country
    themes: list[Theme]
    levels: list[Text]
    notices: list[Notice]
    updated: str
    version: int
    modified: list[int]
    picture: Picture | None
    entries: list[Entry]
    references: list[Resource]
    tags: list[Text]
    institutions: list[Text]
    citation: Citation
    url: str
    code_url: str
