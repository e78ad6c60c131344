"""What the admin tells people when a practice with faults is held back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from .completeness import IncompletePracticeError


class FaultsAsMessagesMiddleware:
    """Turn a refused submission or publication into a message above the practice's own form.

    The form itself answers in place; this is for the ways beside it: bulk actions, approval from
    the dashboard, whatever Wagtail adds. Nothing was published: the exception rolled it back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, IncompletePracticeError):
            return None
        practice = exception.practice
        messages.error(
            request,
            _("“%(title)s” was not published: %(faults)s")
            % {"title": practice.title, "faults": "; ".join(map(str, exception.faults))},
        )
        if Page.objects.filter(pk=practice.pk).exists():
            return redirect("wagtailadmin_pages:edit", practice.pk)
        return redirect("wagtailadmin_home")
