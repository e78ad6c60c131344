"""Dates as people read them."""

from datetime import datetime

from django.utils import translation
from django.utils.formats import date_format


def day(moment: datetime | None) -> str:
    """A date in words, in small letters as Spanish and Portuguese write months; empty for None."""
    text = date_format(moment, "DATE_FORMAT") if moment else ""
    return text.lower() if (translation.get_language() or "").startswith(("es", "pt")) else text
