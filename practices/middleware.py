"""Moderation in the admin: one decision at a time, and what people are told of refusals.

Beside it, the language of a request, for host sites that have no middleware of their own for it.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware import locale
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .admin import doors
from .completeness import IncompletePracticeError
from .files import refusals
from .files.protection import FileInUseError
from .moderation.review import ReviewRefusedError

ONE_REVIEW = "unique_in_progress_workflow"
"""Wagtail's constraint: one review of a page at a time."""


DECISIONS = (
    "action-submit",
    "action-workflow-action",
    "action-cancel-workflow",
    "action-publish",
)
"""Buttons of the form of a page that do more than save."""


class LocaleMiddleware(locale.LocaleMiddleware):
    """As Django's, but what an API, a file or a code does not find stays not found.

    Django sends every 404 outside of a language's addresses on to one within, where Wagtail has an
    answer for any path.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> Any:
        """The response as it is where a view gave the 404, else as Django's."""
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match:
            return response
        return super().process_response(request, response)


class ModerationMiddleware:
    """Decisions on a page one after the other, and refusals as messages above its form.

    Wagtail saves, then starts or goes on with the workflow, in two transactions; another person's
    text could come in between. The form itself answers faults in place; messages are for the ways
    beside it: decisions on a text that is another by now, two submissions at once, bulk actions,
    whatever Wagtail adds. What was refused did not happen; what was typed stays in the draft.

    Addresses that would show what is others' are answered before their views (`admin.doors`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if answer := doors.answer(request):
            return answer
        match = request.resolver_match
        if match is None or match.view_name != "wagtailadmin_pages:edit":
            return None
        if not any(name in request.POST for name in DECISIONS):
            return None
        with transaction.atomic():
            Page.objects.select_for_update().filter(pk=_page_of(request)).first()
            try:
                return view(request, *args, **kwargs)
            except Exception as exception:
                response = self.process_exception(request, exception)
                if response is None:
                    raise
                return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        match exception:
            case FileInUseError():
                return refusals.answer(request, exception)
            case IncompletePracticeError():
                text = _("“%(title)s” was not published: %(faults)s") % {
                    "title": exception.practice.title,
                    "faults": "; ".join(map(str, exception.faults)),
                }
                page_id = exception.practice.pk
            case ReviewRefusedError():
                text = " ".join(exception.messages)
                page_id = exception.practice.pk
            case ValidationError() if _is_admin_post(request):
                text = " ".join(exception.messages)
                page_id = _page_of(request)
            case IntegrityError() if ONE_REVIEW in str(exception) or "workflowstate" in str(
                exception
            ):
                text = _("Somebody sent this ficha for review a moment before you.")
                page_id = _page_of(request)
            case _:
                return None
        messages.error(request, text)
        if Page.objects.filter(pk=page_id).exists():
            return redirect("wagtailadmin_pages:edit", page_id)
        return redirect("wagtailadmin_home")


def _is_admin_post(request: HttpRequest) -> bool:
    # The form itself is reached by GET: leading there from there would go in circles.
    return request.method == "POST" and request.path.startswith(reverse("wagtailadmin_home"))


def _page_of(request: HttpRequest) -> int | None:
    match = request.resolver_match
    return match.kwargs.get("page_id") or next(iter(match.args), None) if match else None
