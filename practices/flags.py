"""The flags of countries: static files, of the plugin or of the host site."""

from functools import lru_cache

from django.contrib.staticfiles import finders


def flag_file(iso_code: str) -> str:
    """The static file of a country's flag (ISO alpha-2)."""
    return f"practices/flags/{iso_code}.svg"


@lru_cache(maxsize=512)
def has_flag(iso_code: str) -> bool:
    """Whether there is one; looked up once for each country and process."""
    return finders.find(flag_file(iso_code)) is not None
