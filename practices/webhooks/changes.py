"""What changes for the public, written down in the transaction that changes it."""

from typing import Any

from django.db import transaction
from django.db.models.signals import pre_delete
from wagtail.signals import page_published

from practices.kinds import practice_models
from practices.models import CatalogueEntry, ModerationEvent, PracticePage, PublicChange, Webhook
from practices.models.catalogue import catalogue_changed
from practices.moderation.signals import moderated
from practices.moderation.states import Action

from .queue import wake

IN_FORCE = (Action.ARCHIVED, Action.REINSTATED)


def note(practices: dict[Any, bool]) -> None:
    """Write down that practices changed: translation keys, and whether they were public before."""
    if not practices or not Webhook.objects.filter(active=True).exists():
        return
    with transaction.atomic():
        PublicChange.objects.bulk_create(
            PublicChange(translation_key=key, was_public=was) for key, was in practices.items()
        )
        wake()


def note_catalogue(changed: dict[Any, bool], **_kwargs: Any) -> None:
    """Practices entered the catalogue or left it, or got another country or language."""
    note(changed)


def note_text(instance: PracticePage, **_kwargs: Any) -> None:
    """A text was published: new, or in the place of an older one."""
    if instance.live:  # scheduled for later: Wagtail signals it all the same
        _note_public(instance.translation_key)


def note_deletion(instance: PracticePage, **_kwargs: Any) -> None:
    """A version is about to be deleted; what the catalogue says of it goes with it."""
    _note_public(instance.translation_key)


def note_force(event: ModerationEvent, practice: PracticePage, **_kwargs: Any) -> None:
    """A practice was marked as no longer in force, or as in force again."""
    if event.action in IN_FORCE:
        _note_public(practice.translation_key)


def _note_public(key: Any) -> None:
    if CatalogueEntry.objects.filter(practice__translation_key=key).exists():
        note({key: True})


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    catalogue_changed.connect(note_catalogue)
    for model in practice_models():
        page_published.connect(note_text, sender=model)
    pre_delete.connect(note_deletion, sender=PracticePage)
    moderated.connect(note_force)
