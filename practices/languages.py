"""The languages of the collection, as the host's settings give them."""

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def content_languages() -> "list[tuple[str, str | StrPromise]]":
    """Pairs of code and name; a callable, so that migrations do not fix the languages."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)
