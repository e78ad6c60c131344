"""Whether a practice is in force: it may end, and stays public with a notice."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from practices.models import PracticePage, PracticeRecord

from . import events
from .access import oversees
from .states import Action


class ForceForm(forms.Form):
    """The reason, without which nobody could follow the decision later."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("It is kept in the moderation log and sent to the country's team."),
        error_messages={"required": gettext_lazy("Write why; the country's team will read it.")},
        widget=forms.Textarea({"rows": 4}),
    )


@transaction.atomic
def set_in_force(practice: PracticePage, user: Any, *, in_force: bool, reason: str) -> None:
    """Mark a practice, in all its languages, as in force or not. Nothing happens where it is so.

    Raises PermissionDenied for others than the Secretaría and superusers.
    """
    if not oversees(user):
        raise PermissionDenied
    records = PracticeRecord.objects.select_for_update()
    record = records.get(translation_key=practice.translation_key)
    if record.in_force == in_force:
        return
    record.archived_at = None if in_force else timezone.now()
    record.save(update_fields=["archived_at"])
    action = Action.REINSTATED if in_force else Action.ARCHIVED
    events.record(practice, action, user, comment=reason)


def practice_force(request: HttpRequest, pk: str) -> HttpResponse:
    """Ask for the reason, then mark a published practice as no longer in force, or as in force."""
    if not oversees(request.user):
        raise PermissionDenied
    practice = get_object_or_404(PracticePage.objects.originals().live(), pk=pk)
    in_force = practice.record.in_force
    form = ForceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("in_force") == "yes"
        set_in_force(practice, request.user, in_force=wanted, reason=form.cleaned_data["reason"])
        text = _("“%(title)s” is marked as in force.")
        if not wanted:
            text = _("“%(title)s” is marked as no longer in force; it stays public.")
        messages.success(request, text % {"title": practice.title})
        return redirect("wagtailadmin_pages:edit", practice.pk)
    context = {"practice": practice, "form": form, "in_force": in_force}
    return render(request, "practices/admin/force.html", context)
