"""Wagtail's own way to copy a page into another language, as its APIs offer it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.models import Page

from practices.models import PracticePage, PublicationPage


def reaches_practices(page: Page, *, with_pages_below: bool) -> bool:
    """Whether copying a page into another language would copy practices or publications."""
    pages = page.get_descendants(inclusive=True) if with_pages_below else [page]
    keys = [one.pk for one in pages]
    return Page.objects.filter(pk__in=keys).type(PracticePage, PublicationPage).exists()


class CopyForTranslationAction(CopyPageForTranslationAction):
    """As Wagtail's, for all pages but practices: a translation of those begins in its own view.

    Wagtail asks for no permission below the page of the country, and copies drafts as well.
    """

    def check(self, skip_permission_checks: bool = False) -> None:
        """Raises PermissionDenied."""
        super().check(skip_permission_checks=skip_permission_checks)
        if reaches_practices(self.page, with_pages_below=self.include_subtree):
            raise PermissionDenied


def replace_copy_action(registry: Any) -> None:
    """Hook `register_actions`: put the action in the place of Wagtail's."""
    registry.register(Page, CopyForTranslationAction)
