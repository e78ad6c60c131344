"""Writing drafts: through the admin's own form and actions, so that its rules hold."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Body, Status
from wagtail.actions.create_page import CreatePageAction
from wagtail.actions.edit_page import EditPageAction
from wagtail.models import Page

from practices.files.references import FileRef, files_in
from practices.models import CountryPage, PracticePage

from . import details, lists
from .auth import TokenAuth
from .drafts import Draft, draft_answer
from .ficha_form import bound_form, faults_of, require_usable_files
from .ficha_input import FichaChanges, NewFicha, given
from .language import LOCALE, answering, spoken
from .preconditions import IF_MATCH, etag, hold, require_match
from .problems import Fault, Problem, ProblemSchema, invalid
from .refs import own_version

REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 412, 422), ProblemSchema)


@lists.router.post(
    "/practices/",
    operation_id="create_practice",
    summary="Begin a practice",
    tags=["writing"],
    auth=TokenAuth(),
    response={
        201: Draft,
        400: ProblemSchema,
        401: ProblemSchema,
        403: ProblemSchema,
        422: ProblemSchema,
    },
    exclude_unset=True,
)
def create_practice(
    request: HttpRequest,
    response: HttpResponse,
    data: Body[NewFicha],
    locale: str | None = LOCALE,
) -> Any:
    """A new draft below a country, in the language of that country; a title is enough.

    `locale` is the language of messages. The private contact has an address of its own.
    """
    with answering(request, spoken(request, locale)), transaction.atomic():
        parent = _birthplace(data.country, request.user)
        user: Any = request.user
        page = PracticePage(owner=user, locale=parent.locale)
        items = {**given(data), "slug": ""}
        form, removed = bound_form(page, parent, items, user)
        action = CreatePageAction(page, parent, user=user, form=form)
        practice = _written(action, form, items, set())
        response.headers["Location"] = reverse("practices_v1:get_practice", args=[practice.pk])
        response.headers["ETag"] = etag(practice)
        return Status(HTTPStatus.CREATED, draft_answer(practice, removed))


def _birthplace(country: str, user: Any) -> CountryPage:
    """The page below which the practices of a country are born, held.

    Raises Problem (422) for a country that there is not, PermissionDenied for one of others.
    """
    pages = CountryPage.objects.filter(iso_code=country.lower()).select_related("locale")
    page = next((page for page in pages if page.is_source_tree), None)
    if page is None:
        detail = _("There is no such country here.")
        raise invalid({"pointer": "/country", "detail": detail})
    if not page.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied(_("You may not write practices of this country."))
    # Two that begin at once get two places in the tree.
    Page.objects.select_for_update().get(pk=page.pk)
    return page


@details.router.patch(
    "/practices/{ref}/",
    operation_id="update_practice",
    summary="Change the draft of a practice",
    tags=["writing"],
    auth=TokenAuth(),
    response={200: Draft, **REFUSALS},
    exclude_unset=True,
)
def update_practice(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    *,
    data: Body[FichaChanges],
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """Store a new draft: items that are left out stay as they are, lists are stored as they come.

    What is public changes by approval alone. `If-Match` with the `ETag` of the draft refuses (412)
    where somebody else wrote meanwhile. A translation takes texts and tags; facts stand on the
    original. While it is under review nothing changes (409).
    """
    with answering(request, spoken(request, locale)), transaction.atomic():
        practice = hold(own_version(request, ref, locale))
        require_match(if_match, practice)
        draft, removed = write(practice, given(data), request.user)
        response.headers["ETag"] = etag(draft)
        return draft_answer(draft, removed)


def write(
    practice: PracticePage, items: dict[str, Any], user: Any
) -> tuple[PracticePage, list[Fault]]:
    """Store a new draft of a held practice, as the admin's form does.

    Returns it, and what was left out of rich texts. Raises Problem and PermissionDenied.
    """
    require_writable(practice, user)
    draft = practice.get_latest_revision_as_object()
    before = files_in(draft)
    form, removed = bound_form(draft, draft.get_parent(), items, user)
    action = EditPageAction(draft, user=user, form=form)
    return _written(action, form, items, before), removed


def require_writable(practice: PracticePage, user: Any) -> None:
    """Refuse where a person may not change the text now.

    Raises PermissionDenied, or Problem (409) while it is under review or locked.
    """
    if not practice.permissions_for_user(user).can_edit():
        raise PermissionDenied
    if practice.workflow_in_progress:
        raise Problem(HTTPStatus.CONFLICT, _("The ficha is under review and cannot change."))
    lock = practice.get_lock()
    if lock is not None and lock.for_user(user):
        raise Problem(HTTPStatus.CONFLICT, _("Somebody has locked the ficha; it cannot change."))


def _written(action: Any, form: Any, items: dict[str, Any], before: set[FileRef]) -> PracticePage:
    """The page that an action stores. Raises Problem (422), with nothing stored."""
    form.defer_required_fields()
    is_valid = form.is_valid()
    form.restore_required_fields()
    require_usable_files(before, form.instance, action.user)
    if not is_valid:
        raise invalid(*faults_of(form, items))
    page: PracticePage = action.execute()
    return page
