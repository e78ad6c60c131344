"""What changes the catalogue of public practices beside the saving of a practice itself."""

from collections.abc import Iterator
from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, post_page_move

from .kinds import is_practice
from .models import CatalogueEntry, CatalogueValue, PracticePage

AT_ONCE = 500


def renew_all() -> Iterator[int]:
    """Write the whole catalogue anew, some practices at a time; gives how many are done."""
    yield from _renew(PracticePage.objects.originals())
    CatalogueValue.objects.filter(facts=None).delete()


def renew_below(page: Page) -> None:
    """Write anew the practices at or below a page, which may have become public or ceased to be."""
    for _done in _renew(PracticePage.objects.filter(path__startswith=page.path)):
        pass


def _renew(practices: Any) -> Iterator[int]:
    keys = list(practices.order_by("pk").values_list("translation_key", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        part = keys[start : start + AT_ONCE]
        CatalogueEntry.objects.renew(part)
        yield start + len(part)


def follow_publication(instance: Page, **_kwargs: Any) -> None:
    """A page above practices was published; a practice sees to itself when it is saved."""
    if not is_practice(instance):
        renew_below(instance)


def follow_move(instance: Page, **_kwargs: Any) -> None:
    """A page was moved, a practice or what lies above practices."""
    renew_below(instance)


def follow_restriction(instance: PageViewRestriction, **_kwargs: Any) -> None:
    """A page was restricted, or opened again."""
    renew_below(instance.page)


def follow_row(instance: Page, **_kwargs: Any) -> None:
    """A practice was saved by its row as a plain page."""
    if is_practice(instance):
        CatalogueEntry.objects.renew([instance.translation_key])


def follow_deletion(instance: PracticePage, **_kwargs: Any) -> None:
    """A version was deleted: its tags and its language go with it."""
    CatalogueEntry.objects.renew([instance.translation_key])


def connect() -> None:
    """Connect the handlers; called once the app is ready."""
    page_published.connect(follow_publication)
    post_page_move.connect(follow_move)
    post_save.connect(follow_restriction, sender=PageViewRestriction)
    post_delete.connect(follow_restriction, sender=PageViewRestriction)
    post_save.connect(follow_row, sender=Page)
    post_delete.connect(follow_deletion, sender=PracticePage)
