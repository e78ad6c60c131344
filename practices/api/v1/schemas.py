"""What answers are made of, wherever they occur."""

from datetime import datetime

from ninja import Schema
from pydantic import Field


class Named(Schema):
    """A value by its stable key, and what people read."""

    key: str = Field(description="Stable; what filters take.")
    label: str = Field(description="In the language of the answer.")


class LocalText(Schema):
    """Words and the language they are in."""

    text: str
    locale: str = Field(description="Language of the text: `es` or `pt-br`.")


class VersionLink(Schema):
    """A public language version of a practice."""

    locale: str
    id: int = Field(description="The id of its page, in Wagtail's APIs as well.")


class PracticeLink(Schema):
    """A practice, with what a list of links needs."""

    id: int = Field(description="The id of the page of the original.")
    code: str
    title: str
    locale: str = Field(description="Language of the title.")
    country: str = Field(description="ISO 3166-1 alpha-2, in lower case.")
    url: str


class ListItem(Schema):
    """A practice in a list, once for all its languages. With `fields`, only what was asked for."""

    id: int = Field(description="The id of the page of the original; always there.")
    code: str = Field("", description="The citable code, such as OSUMI-PER-0007.")
    title: str = Field("", description="In the language `locale`.")
    summary: str = Field("", description="The first 40 words of the summary, as plain text.")
    locale: str = Field(
        "", description="Language of title and summary: the one asked for, else the original's."
    )
    locales: list[VersionLink] = Field([], description="The languages that it can be read in.")
    country: str = Field("", description="ISO 3166-1 alpha-2, in lower case.")
    country_name: str = ""
    themes: list[Named] = []
    territorial_level: list[Named] = []
    categories: list[Named] = []
    documentation: list[Named] = []
    transfer_needs: list[Named] = []
    success_criteria: list[Named] = []
    responsible_entity: str = Field("", description="In the language of the original.")
    in_force: bool = Field(True, description="False once it is marked as no longer in force.")
    status: str = Field("", description="`published`, or how far a draft is.")
    url: str | None = Field(None, description="The page for people; null for a draft.")
    api_url: str = Field(
        "", description="The whole ficha in this API; of a draft, its latest text."
    )
    pdf_url: str | None = Field(None, description="The fact sheet; null for a draft.")
    docx_url: str | None = Field(None, description="The ficha in Word; null for a draft.")
    published_at: datetime | None = Field(None, description="First publication.")
    updated_at: datetime | None = Field(
        None, description="Latest publication of this text; of a draft, its latest change."
    )


class FacetValue(Schema):
    """A value of a facet."""

    value: str
    label: str
    locale: str = Field(description="Language of the label.")
    count: int = Field(description="Practices that one would get by choosing it alone.")
    selected: bool


class FacetSchema(Schema):
    """A facet and its values; values that nothing has are left out of most."""

    name: str = Field(description="The parameter of lists.")
    label: str
    values: list[FacetValue]


class ReadingSchema(Schema):
    """How the words of `q` were understood."""

    text: str = Field(description="The words that were sought.")
    manner: str = Field(
        description="`as_typed`, `unfinished` (the last word goes on), `corrected`, or `some` "
        "(of the words).",
        json_schema_extra={"enum": ["as_typed", "unfinished", "corrected", "some"]},
    )


class ListAnswer(Schema):
    """A part of a list."""

    count: int = Field(description="Practices that fit, in all parts.")
    items: list[ListItem]
    reading: ReadingSchema | None = Field(None, description="Where `q` was given.")
    facets: list[FacetSchema] | None = Field(None, description="Where `facets=true`.")
