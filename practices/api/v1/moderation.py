"""The ways of a practice to the public: the very decisions that people take in the admin."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Body
from wagtail.models import WorkflowState

from practices.completeness import IncompletePracticeError
from practices.models import PracticePage
from practices.moderation.review import OWN_WORK, RETURN, SKIP, ReviewRefusedError
from practices.moderation.withdrawal import withdraw

from .auth import TokenAuth
from .drafts import fault_at, missing
from .language import LOCALE, answering, spoken
from .preconditions import IF_MATCH, etag, hold, require_match
from .problems import Problem, ProblemSchema, invalid
from .refs import own_version
from .routing import Router
from .standing import Moderation, Reason, Remark, decisions, moderation_answer
from .writing import REFUSALS

router = Router(tags=["moderation"], auth=TokenAuth())


@router.get(
    "/practices/{ref}/moderation/",
    operation_id="get_moderation",
    summary="Where a practice stands",
    response={200: Moderation, 401: ProblemSchema, 404: ProblemSchema, 422: ProblemSchema},
)
def get_moderation(
    request: HttpRequest, response: HttpResponse, ref: str, locale: str | None = LOCALE
) -> Any:
    """State and history of the latest text. Its `ETag` is what decisions name in `If-Match`.

    For those who see the practice in the lists of the admin.
    """
    with answering(request, spoken(request, locale)):
        practice = own_version(request, ref, locale)
        response.headers["ETag"] = etag(practice)
        return moderation_answer(practice, request.user)


Step = Callable[[PracticePage, Any], None]


def _take(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    asked: tuple[str | None, str | None],
    step: Step,
    *,
    names_text: bool = False,
) -> dict[str, Any]:
    """Take a step with a held practice, and answer where it stands then.

    Raises Problem: 409 where the state is another by now, 422 with what is missing.
    """
    locale, if_match = asked
    with answering(request, spoken(request, locale)), transaction.atomic():
        practice = hold(own_version(request, ref, locale))
        require_match(if_match, practice, needed=names_text)
        try:
            step(practice, request.user)
        except ReviewRefusedError as error:
            raise Problem(HTTPStatus.CONFLICT, " ".join(error.messages)) from error
        except IncompletePracticeError as error:
            raise invalid(*map(fault_at, error.faults)) from error
        practice = PracticePage.objects.get(pk=practice.pk)
        response.headers["ETag"] = etag(practice)
        return moderation_answer(practice, request.user)


@router.post(
    "/practices/{ref}/submit/",
    operation_id="submit_practice",
    summary="Send a practice for review",
    response={200: Moderation, **REFUSALS},
)
def submit_practice(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """Submit the latest text, which stands still from then on.

    Whatever is missing is answered with 422, each fault where it is in the ficha.
    """
    return _take(request, response, ref, (locale, if_match), _submit)


def _submit(practice: PracticePage, user: Any) -> None:
    permissions = practice.permissions_for_user(user)
    if not permissions.can_edit():
        raise PermissionDenied
    if practice.workflow_in_progress:
        raise ReviewRefusedError(practice, _("It is under review already."))
    if not permissions.can_submit_for_moderation():
        raise PermissionDenied
    if faults := missing(practice.get_latest_revision_as_object()):
        raise invalid(*faults)
    state = practice.current_workflow_state
    if state and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        practice.get_workflow().start(practice, user)


@router.post(
    "/practices/{ref}/withdraw/",
    operation_id="withdraw_practice",
    summary="Take a practice back from review",
    response={200: Moderation, **REFUSALS},
)
def withdraw_practice(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """For the authors, to change it before it is decided; reviewers return it, with a reason."""
    return _take(
        request, response, ref, (locale, if_match), lambda page, user: withdraw(page.pk, user)
    )


def _decide(name: str, comment: str) -> Step:
    """The step of a decision, by its name in the workflow, on the latest text."""

    def step(practice: PracticePage, user: Any) -> None:
        state = practice.current_workflow_task_state
        if state is None or not practice.workflow_in_progress:
            raise ReviewRefusedError(practice, _("This text is not under review."))
        task = state.task.specific
        offered = decisions(practice, user)
        if not offered:
            raise PermissionDenied
        if name not in offered:
            if name == getattr(task, "decision_name", ""):
                raise PermissionDenied(str(OWN_WORK))
            raise ReviewRefusedError(practice, _("Another decision is waited for."))
        revision = practice.get_latest_revision()
        task.on_action(
            state,
            user,
            name,
            comment=comment,
            revision=revision.pk,
            revision_created_at=revision.created_at.isoformat(),
        )

    return step


def _review(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    asked: tuple[str | None, str | None],
    decision: tuple[str, Any],
) -> dict[str, Any]:
    """Decide on the text that `If-Match` names: the decision's name, and what is said with it."""
    name, said = decision
    step = _decide(name, said.comment if said else "")
    return _take(request, response, ref, asked, step, names_text=True)


REVIEWS = {200: Moderation, **REFUSALS, 428: ProblemSchema}


@router.post(
    "/practices/{ref}/endorse/",
    operation_id="endorse_practice",
    summary="Endorse a practice",
    response=REVIEWS,
)
def endorse_practice(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    *,
    data: Body[Remark | None] = None,
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """For the focal point of the country: the text that `If-Match` names goes to the Secretaría."""
    return _review(request, response, ref, (locale, if_match), ("endorse", data))


@router.post(
    "/practices/{ref}/skip/",
    operation_id="skip_endorsement",
    summary="Go on without endorsement",
    response=REVIEWS,
)
def skip_endorsement(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    *,
    data: Body[Remark | None] = None,
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """For the Secretaría, where a country has no focal point any more."""
    return _review(request, response, ref, (locale, if_match), (SKIP, data))


@router.post(
    "/practices/{ref}/approve/",
    operation_id="approve_practice",
    summary="Approve and publish a practice",
    response=REVIEWS,
)
def approve_practice(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    *,
    data: Body[Remark | None] = None,
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """For the Secretaría: the text that `If-Match` names is public from then on.

    Nobody approves what they submitted or last edited themselves (403).
    """
    return _review(request, response, ref, (locale, if_match), ("approve_and_publish", data))


@router.post(
    "/practices/{ref}/return/",
    operation_id="return_practice",
    summary="Return a practice for corrections",
    response=REVIEWS,
)
def return_practice(
    request: HttpRequest,
    response: HttpResponse,
    ref: str,
    *,
    data: Body[Reason],
    if_match: str | None = IF_MATCH,
    locale: str | None = LOCALE,
) -> Any:
    """For who has to decide on the text that `If-Match` names: to its authors, with the reason."""
    return _review(request, response, ref, (locale, if_match), (RETURN, data))
