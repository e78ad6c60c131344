"""The draft of a practice as programs read it: what they may write, and what is missing."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field, create_model

from practices.blocks import with_all
from practices.completeness import Fault as CompletenessFault
from practices.completeness import completeness
from practices.moderation import events
from practices.vocabulary import CHOICE_ITEMS, ENTITY_ITEMS, OTHER_ITEMS, SECTIONS, Kind

from .auth import TokenAuth
from .ficha_input import ITEM_OF, SHARED, WRITTEN
from .language import LOCALE, answering, spoken
from .preconditions import etag
from .problems import Fault, FaultSchema, ProblemSchema, pointer
from .refs import own_version
from .routing import Router

router = Router(tags=["writing"], auth=TokenAuth())


class StoredFigure(Schema):
    """A key figure."""

    figure: str
    description: str


class StoredResource(Schema):
    """A link, a video or a document."""

    type: str
    title: str
    url: str = ""
    document: int | None = None


class StoredReference(Schema):
    """A source."""

    url: str
    title: str


KINDS: dict[Kind, Any] = {
    Kind.FIGURES: list[StoredFigure],
    Kind.RESOURCES: list[StoredResource],
    Kind.CHOICES: list[str],
    Kind.TEXT_LIST: list[str],
}
"""What is not a text."""

STORED: dict[str, Any] = {
    **{item.key: (KINDS.get(item.kind, str), None) for item in WRITTEN},
    **{f"{item.key}_other": (str, None) for item in OTHER_ITEMS},
    "tags": (list[str], None),
    "references": (list[StoredReference], None),
    "picture": (int | None, None),
}

StoredFicha: Any = create_model(
    "StoredFicha",
    __base__=Schema,
    __doc__="The items as they are stored, in the form in which PATCH takes them. A translation has "
    "those that are its own.",
    **STORED,
)


class Draft(Schema):
    """The latest text of a language version, public or not."""

    id: int = Field(description="The id of the page; it names this language version.")
    code: str = Field(description="The citable code; empty before the first publication.")
    country: str = Field(description="ISO 3166-1 alpha-2, in lower case.")
    locale: str = Field(description="The language of the text.")
    original: int | None = Field(description="Of a translation, the id of its original.")
    state: str = Field(description="How far the text is; see `moderation/`.")
    ficha: StoredFicha = Field(description="The items as PATCH takes them.")
    missing: list[FaultSchema] = Field(
        description="What must be put right before it can be submitted; pointers into `ficha`."
    )
    removed: list[FaultSchema] = Field(
        [], description="Marks of rich texts that are not allowed here and were left out."
    )


def draft_answer(practice: Any, removed: list[Fault] | None = None) -> dict[str, Any]:
    """A text as `Draft` has it, whether stored or just written."""
    status = events.status_of(practice)
    return {
        "id": practice.pk,
        "code": practice.code,
        "country": practice.country,
        "locale": practice.locale.language_code,
        "original": practice.original_id,
        "state": status.state,
        "ficha": _values(practice),
        "missing": missing(practice),
        "removed": removed or [],
    }


def missing(practice: Any) -> list[Fault]:
    """What keeps a text from being submitted, each fault where it is."""
    return [fault_at(fault) for fault in completeness(practice)]


def fault_at(fault: CompletenessFault) -> Fault:
    """A fault of the ficha with its place in the body."""
    name = fault.item.key if fault.field == "sections" else fault.field
    return {"pointer": pointer([name]), "detail": fault.message}


def _values(practice: Any) -> dict[str, Any]:
    """The items that are the version's own, by key."""
    values: dict[str, Any] = {}
    for item in WRITTEN:
        if item not in CHOICE_ITEMS and item not in ENTITY_ITEMS and item not in SECTIONS:
            values[item.key] = getattr(practice, item.key)
    values["themes"] = [theme.code for theme in practice.themes.all()]
    values |= {item.key: [row.key for row in practice.rows(item)] for item in CHOICE_ITEMS}
    values |= {item.key: [row.name for row in practice.rows(item)] for item in ENTITY_ITEMS}
    values |= {f"{item.key}_other": practice.other_text(item) for item in OTHER_ITEMS}
    for block in with_all(practice.sections, SECTIONS):
        values[block.block_type] = _section(block)
    values["tags"] = [tag.name for tag in practice.tags.all()]
    values["references"] = [
        {"url": row.url, "title": row.title} for row in practice.references.all()
    ]
    values["picture"] = practice.picture_id
    if not practice.is_original:
        values = {name: value for name, value in values.items() if name not in SHARED}
    return values


def _section(block: Any) -> Any:
    kind = ITEM_OF[block.block_type].kind
    if kind is Kind.RICH_TEXT:
        return re.sub(r' data-block-key="\w+"', "", block.value.source)
    if kind is Kind.FIGURES:
        return [dict(part.value) for part in block.value]
    return [_resource(part) for part in block.value]


def _resource(part: Any) -> dict[str, Any]:
    value = {"type": part.block_type, "title": part.value["title"]}
    if part.block_type == "document":
        document = part.value["document"]
        return {**value, "document": document.pk if document else None}
    return {**value, "url": part.value["url"] or ""}


@router.get(
    "/practices/{ref}/draft/",
    url_name="get_draft",
    operation_id="get_draft",
    summary="Read the draft of a practice",
    response={200: Draft, 401: ProblemSchema, 404: ProblemSchema, 422: ProblemSchema},
    exclude_unset=True,
)
def get_draft(
    request: HttpRequest, response: HttpResponse, ref: str, locale: str | None = LOCALE
) -> Any:
    """The latest text, as PATCH takes it. Its `ETag` is what `If-Match` names.

    For those who may open the form of the practice in the admin.
    """
    with answering(request, spoken(request, locale)):
        practice = own_version(request, ref, locale).get_latest_revision_as_object()
        response.headers["ETag"] = etag(practice)
        return draft_answer(practice)
