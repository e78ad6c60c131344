"""A practice in full, and its published versions."""

from datetime import datetime

from ninja import Schema
from pydantic import Field

from .ficha_schemas import FichaSchema
from .schemas import Named, PracticeLink, VersionLink


class TranslationState(Schema):
    """Of a translation: what its readers are told."""

    original_locale: str
    original_id: int
    original_url: str | None = None
    from_machine: bool = Field(description="Whether a machine had a part in it.")
    outdated_since: datetime | None = Field(
        None, description="Since when the original has gone on without it."
    )
    outdated_items: list[str] = Field(
        [], description="Keys of the items that the original has changed since."
    )


class Reference(Schema):
    """A source."""

    title: str
    url: str


class Picture(Schema):
    """The picture of a practice, as large as it was uploaded."""

    url: str
    width: int
    height: int
    alt: str
    credit: str = ""
    locale: str = Field(description="Language of its texts.")


class PracticeDetail(Schema):
    """A practice in one language, with the whole ficha. Private items are not part of it."""

    id: int = Field(description="The id of the page of this language version.")
    original_id: int = Field(description="The id of the page of the original.")
    code: str
    title: str
    locale: str = Field(description="Language of this version.")
    locales: list[VersionLink] = Field(description="The languages that it can be read in.")
    country: str = Field(description="ISO 3166-1 alpha-2, in lower case.")
    in_force: bool
    archived_at: datetime | None = Field(None, description="No longer in force since.")
    status: str = Field(description="`published`, or how far a draft is.")
    published_at: datetime | None = Field(None, description="First publication.")
    updated_at: datetime | None = Field(None, description="Latest publication of this text.")
    translation: TranslationState | None = Field(None, description="Null for an original.")
    ficha: FichaSchema  # type: ignore[valid-type]
    picture: Picture | None = None
    references: list[Reference]
    tags: list[Named] = Field(description="Keys are what the filter `tag` takes.")
    related: list[PracticeLink] = Field(description="Practices on the same themes.")
    url: str | None = Field(None, description="The page for people; null for a draft.")
    pdf_url: str | None = None
    docx_url: str | None = None
    versions_url: str = Field(description="The published versions in this API.")


class PublishedVersion(Schema):
    """One publication of one language version."""

    number: int
    locale: str
    published_at: datetime
    is_current: bool
    api_url: str | None = Field(description="Where it can be read; null where its text is gone.")


class Versions(Schema):
    """The published versions of a practice, the newest first."""

    code: str
    items: list[PublishedVersion]


class VersionDetail(Schema):
    """What a published version said."""

    code: str
    number: int
    locale: str
    published_at: datetime
    is_current: bool
    title: str
    ficha: FichaSchema  # type: ignore[valid-type]
    references: list[Reference]
