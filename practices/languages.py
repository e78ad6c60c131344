"""The languages of the collection, as the host's settings give them."""

from typing import TYPE_CHECKING

from django.conf import settings
from wagtail.models import Locale

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def content_languages() -> "list[tuple[str, str | StrPromise]]":
    """Pairs of code and name; a callable, so that migrations do not fix the languages."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def content_locales() -> "list[Locale]":
    """The stored locales of these languages, in the order of the settings."""
    found = {locale.language_code: locale for locale in Locale.objects.all()}
    return [found[code] for code, _name in content_languages() if code in found]
