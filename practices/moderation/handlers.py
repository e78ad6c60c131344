"""What Wagtail's own events mean for the moderation of a practice."""

from typing import Any

from django.db.models.signals import post_save
from wagtail.models import PageLogEntry
from wagtail.signals import (
    page_published,
    page_unpublished,
    pre_page_move,
    workflow_cancelled,
)

from practices.kinds import practice_models
from practices.models import PracticePage, PublicationPage

from . import events
from .review import UnderReviewError
from .states import WAITING, Action, State


def begin(instance: PracticePage, created: bool, **_kwargs: Any) -> None:
    """Give a new practice its state."""
    if created:
        events.status_of(instance)


def log_publication(instance: Any, revision: Any, **_kwargs: Any) -> None:
    """Write down that a practice or a publication went live, and whether without approval."""
    if instance.live:
        step = events.lines_of(instance).first()
        approved = step and step.action == Action.APPROVED and step.revision_id == revision.pk
        events.record(instance, Action.PUBLISHED, None, revision=revision, exceptional=not approved)


def log_unpublication(instance: Any, **_kwargs: Any) -> None:
    """Write down that a practice or a publication was taken down, and by whom: Wagtail logged it just before."""
    entries = PageLogEntry.objects.filter(page_id=instance.pk, action="wagtail.unpublish")
    entry = entries.order_by("-timestamp", "-pk").first()
    events.record(instance, Action.UNPUBLISHED, entry.user if entry else None)


def log_withdrawal(instance: Any, user: Any, **_kwargs: Any) -> None:
    """Write down that a round of moderation ended without a decision."""
    practice = instance.content_object.specific
    if isinstance(practice, PublicationPage):
        step = events.lines_of(practice).first()
        if step and step.action in (Action.SUBMITTED, Action.RETURNED):
            events.record(practice, Action.WITHDRAWN, user)
    if not isinstance(practice, PracticePage):
        return
    # Wagtail also cancels the workflow of a page that a superuser published around it.
    if events.status_of(practice).state in (*WAITING, State.RETURNED):
        events.record(practice, Action.WITHDRAWN, user)


def refuse_move(instance: Any, **_kwargs: Any) -> None:
    """Keep a practice where it is while a version of it is under review. Raises UnderReviewError.

    Its translations move after it; one that could not would be left behind.
    """
    practice = instance.specific
    if any(version.workflow_in_progress for version in (practice, *practice.translations.all())):
        raise UnderReviewError


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    for model in practice_models():
        post_save.connect(begin, sender=model)
        pre_page_move.connect(refuse_move, sender=model)
    for model in (*practice_models(), PublicationPage):
        page_published.connect(log_publication, sender=model)
        page_unpublished.connect(log_unpublication, sender=model)
    workflow_cancelled.connect(log_withdrawal)
