"""Keeping the private contact out of what the admin stores beside it."""

from typing import Any

from django.db.models.signals import pre_save
from django.http import QueryDict
from wagtail.admin.models import FormState

from .vocabulary import PRIVATE_KEYS


def drop_from_preview(instance: FormState, **_kwargs: Any) -> None:
    """Take the contact out of the form that Wagtail keeps for a preview."""
    data = QueryDict(instance.data, mutable=True)
    for name in PRIVATE_KEYS:
        data.pop(name, None)
    instance.data = data.urlencode()


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    pre_save.connect(drop_from_preview, sender=FormState)
