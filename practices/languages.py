"""The languages of the collection, as the host's settings give them."""

from django.conf import settings


def content_languages() -> list[tuple[str, str]]:
    """Pairs of code and name; a callable, so that migrations do not fix the languages."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)
