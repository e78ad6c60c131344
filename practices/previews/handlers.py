"""Previews end with what they show: once it is published, or its page is gone."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_delete
from wagtail.signals import page_published

from practices.kinds import practice_models
from practices.models import PracticePage

from .modes import APP


def forget_previews(instance: PracticePage, **_kwargs: Any) -> None:
    """Delete the previews of a page that was published or deleted."""
    from .headless import forget  # the package is optional

    forget(instance)


def connect() -> None:
    """Connect the handlers, where the host has the package; called once the app is ready."""
    if apps.is_installed(APP):
        for model in practice_models():
            page_published.connect(forget_previews, sender=model)
        post_delete.connect(forget_previews, sender=PracticePage)
