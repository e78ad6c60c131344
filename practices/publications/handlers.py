"""What publishing and deleting mean for publications."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import page_published

from practices.models import PublicationEdition, PublicationFile, PublicationPage

from .freezing import freeze


def freeze_what_is_published(instance: PublicationPage, **_kwargs: Any) -> None:
    """Keep an edition, in the transaction that publishes."""
    if instance.live:  # scheduled for later: Wagtail signals it all the same
        freeze(instance)


def delete_stored(instance: Any, **_kwargs: Any) -> None:
    """Delete what lies in the storage once its row is gone."""
    stored = instance.file if isinstance(instance, PublicationFile) else instance.pictures
    if stored:
        transaction.on_commit(partial(stored.storage.delete, str(stored.name)))


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    page_published.connect(freeze_what_is_published, sender=PublicationPage)
    for model in (PublicationEdition, PublicationFile):
        post_delete.connect(delete_stored, sender=model)
