"""What the form of a practice does and says beside saving (hooks `before_edit_page`)."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.admin import messages

from practices.models import PracticePage, PublicationPage

from .changes import changes_url
from .states import Action, State
from .withdrawal import withdraw


def withdraw_from_review(request: HttpRequest, page: Any) -> HttpResponse | None:
    """Withdraw a practice on the button of its form; None for everything else.

    Wagtail's own way lets reviewers cancel, without a reason; nor is there a new start of a review
    beside withdrawing and sending again.
    """
    if not isinstance(page, PracticePage | PublicationPage):
        return None
    if "action-restart-workflow" in request.POST:
        raise PermissionDenied
    if "action-cancel-workflow" not in request.POST:
        return None
    withdraw(page.pk, request.user)
    messages.success(
        request, _("“%(title)s” was withdrawn; you can change it again.") % {"title": page.title}
    )
    return redirect("wagtailadmin_pages:edit", page.pk)


def tell_reason(request: HttpRequest, page: Any) -> None:
    """Show the reason above the form of a practice or a publication that was returned."""
    if request.method != "GET" or not isinstance(page, PracticePage | PublicationPage):
        return
    lines = page.moderation_events.all()
    if isinstance(page, PracticePage):
        if page.moderation.state != State.RETURNED:
            return
        lines = lines.filter(action=Action.RETURNED)
    event = lines.first()
    if event is None or event.action != Action.RETURNED:
        return
    buttons = []
    if url := changes_url(page):
        buttons.append(messages.button(url, _("What changed since")))
    text = _("Returned for corrections on %(date)s: %(reason)s") % {
        "date": date_format(timezone.localtime(event.at), "SHORT_DATE_FORMAT"),
        "reason": event.comment,
    }
    messages.warning(request, text, buttons=buttons)
