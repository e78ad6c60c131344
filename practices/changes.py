"""What changes lists and details of practices beside the catalogue, which says so itself."""

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_save
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from .models import (
    CollectionChange,
    MergedTag,
    PracticeRecord,
    PracticeTag,
    PracticeVersion,
    Theme,
    ThemeText,
)


def note(**_kwargs: Any) -> None:
    """Something that readers see was changed."""
    CollectionChange.note()


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    for signal in (page_published, page_unpublished, page_slug_changed, post_page_move):
        signal.connect(note)
    post_delete.connect(note, sender=Page)
    shown: tuple[type[Model], ...] = (
        Theme,
        ThemeText,
        Tag,
        PracticeTag,
        MergedTag,
        PracticeRecord,
        PracticeVersion,
        PageViewRestriction,
        Site,
        get_document_model(),
        get_image_model(),
    )
    for model in shown:
        post_save.connect(note, sender=model)
        post_delete.connect(note, sender=model)
