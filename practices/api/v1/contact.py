"""The private contact, for those who see it in the admin; who reads and changes it is noted."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Body
from pydantic import Field

from practices.models import PracticePage
from practices.moderation.access import may_see_contact
from practices.private import note_reader
from practices.vocabulary import PRIVATE_KEYS

from .auth import TokenAuth
from .ficha_input import Line, Strict
from .language import LOCALE, answering, spoken
from .preconditions import hold
from .problems import ProblemSchema, not_found
from .refs import own_version
from .routing import Router
from .writing import REFUSALS, require_writable, write

router = Router(tags=["contact"], auth=TokenAuth())


class Contact(Strict):
    """The person who can support the application of the experience. Never public."""

    contact_name: Annotated[Line, Field(max_length=160)] = Field(description="Name and surname.")
    contact_position: Annotated[Line, Field(max_length=160)] = Field(description="Position.")
    contact_email: Annotated[Line, Field(max_length=254)] = Field(description="E-mail, or empty.")


def _practice(request: HttpRequest, ref: str) -> PracticePage:
    """The original that a contact belongs to. Raises Problem (404) for all who may not see it."""
    practice = own_version(request, ref)
    allowed = practice.is_original and may_see_contact(request.user, practice.country)
    if not allowed or not practice.permissions_for_user(request.user).can_edit():
        raise not_found()
    return practice


def _answer(practice: PracticePage, response: HttpResponse) -> dict[str, str]:
    response.headers["Cache-Control"] = "private, no-store"
    contact = practice.private_contact()
    return {name: getattr(contact, name) for name in PRIVATE_KEYS}


@router.get(
    "/practices/{ref}/contact/",
    operation_id="get_contact",
    summary="Read the private contact",
    response={200: Contact, 401: ProblemSchema, 404: ProblemSchema, 422: ProblemSchema},
)
def get_contact(
    request: HttpRequest, response: HttpResponse, ref: str, locale: str | None = LOCALE
) -> Any:
    """Empty texts where none was given. The log says who read it, and when.

    For the editors and the focal point of the country, and the Secretaría; 404 for all others.
    """
    with answering(request, spoken(request, locale)):
        practice = _practice(request, ref)
        note_reader(practice, request.user)
        return _answer(practice, response)


@router.put(
    "/practices/{ref}/contact/",
    operation_id="set_contact",
    summary="Store the private contact",
    response={200: Contact, **REFUSALS},
)
def set_contact(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    data: Body[Contact],
    locale: str | None = LOCALE,
) -> Any:
    """Replace the contact; empty texts erase it. The log says who changed it, never what it says.

    The same is stored once. While the ficha is under review nothing changes (409).
    """
    with answering(request, spoken(request, locale)), transaction.atomic():
        practice = hold(_practice(request, ref))
        require_writable(practice, request.user)
        items = data.model_dump()
        contact = practice.private_contact()
        if any(getattr(contact, name) != value for name, value in items.items()):
            write(practice, items, request.user)
        return _answer(practice, response)
