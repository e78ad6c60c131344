"""The private contact: kept out of what the admin stores beside it, and its readers noted."""

from typing import Any

from django.apps import apps
from django.db.models.signals import pre_save
from django.http import HttpRequest, QueryDict
from wagtail.admin.models import FormState

from .moderation.access import may_see_contact
from .vocabulary import PRIVATE_KEYS


def drop_from_preview(instance: FormState, **_kwargs: Any) -> None:
    """Take the contact out of the form that Wagtail keeps for a preview."""
    data = QueryDict(instance.data, mutable=True)
    for name in PRIVATE_KEYS:
        data.pop(name, None)
    instance.data = data.urlencode()


def note_reading(request: HttpRequest, page: Any) -> None:
    """Write in the log who opens the form of a practice with a stored contact in it.

    Hook `before_edit_page`; Wagtail has made sure that the person may open the form.
    """
    if request.method != "GET" or not isinstance(page, apps.get_model("practices", "PracticePage")):
        return
    if page.is_original and may_see_contact(request.user, page.country):
        note_reader(page, request.user)


def note_reader(practice: Any, user: Any) -> None:
    """Write in the log who is shown the contact of an original, if there is one."""
    if not practice.private_contact().is_empty:
        access = apps.get_model("practices", "ContactAccess")
        access.of(practice, user, access.Action.READ).save()


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    pre_save.connect(drop_from_preview, sender=FormState)
