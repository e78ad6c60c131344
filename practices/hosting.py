"""System checks: what a host site says of itself, and where it puts the plugin's addresses."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import register as register_check
from django.urls import NoReverseMatch, reverse

from .organisation import NAMES
from .vocabulary import SECTIONS, Kind


def check_worker(**_kwargs: Any) -> list[CheckMessage]:
    """Long work needs a backend of its own."""
    if "background" in getattr(settings, "TASKS", {}):
        return []
    return [
        Error(
            "Files of compilations, mails and drafts of a machine have nobody who makes them.",
            hint=(
                'Add to TASKS: "background": {"BACKEND": "django_tasks_db.DatabaseBackend"}, and '
                '"django_tasks_db" to INSTALLED_APPS.'
            ),
            id="practices.E020",
        )
    ]


ADDRESSES = {
    "practice_by_code": 'path("", include("practices.urls")), outside of i18n_patterns',
    "practices_search": (
        'path("", include("practices.list_urls")), within i18n_patterns, before wagtail.urls'
    ),
}
ARGUMENTS = {"practice_by_code": ["A-1"]}


def check_addresses(**_kwargs: Any) -> list[CheckMessage]:
    """Codes and lists must have their addresses."""
    return [
        Error(
            "Pages link to addresses that are missing.",
            hint=f"Add to the URLs: {line}.",
            id="practices.E021",
        )
        for name, line in ADDRESSES.items()
        if not _exists(name)
    ]


def _exists(name: str) -> bool:
    try:
        reverse(name, args=ARGUMENTS.get(name, []))
    except NoReverseMatch:
        return False
    return True


def check_names(**_kwargs: Any) -> list[CheckMessage]:
    """Names are texts, or texts by language."""
    return [
        Error(
            f"{name} is neither a text nor a text for each language.",
            hint=f'Write {name} = "…" or {name} = {{"{settings.LANGUAGE_CODE}": "…"}}.',
            id="practices.E022",
        )
        for name in NAMES
        if not _is_name(getattr(settings, name, ""))
    ]


def _is_name(value: Any) -> bool:
    if isinstance(value, dict):
        return settings.LANGUAGE_CODE in value and all(isinstance(v, str) for v in value.values())
    return isinstance(value, str)


def check_word_limits(**_kwargs: Any) -> list[CheckMessage]:
    """Limits are whole numbers, of items that hold text."""
    texts = [item.key for item in SECTIONS if item.kind is Kind.RICH_TEXT]
    limits = getattr(settings, "PRACTICES_WORD_LIMITS", {})
    if isinstance(limits, dict) and all(
        key in texts and (limit is None or (type(limit) is int and limit > 0))
        for key, limit in limits.items()
    ):
        return []
    return [
        Error(
            "PRACTICES_WORD_LIMITS does not say how many words which item may have.",
            hint=f"Write {{item: words}}, None for no limit; items are {', '.join(texts)}.",
            id="practices.E023",
        )
    ]


def register() -> None:
    """Register the checks; called once the app is ready."""
    for check in (check_worker, check_addresses, check_names, check_word_limits):
        register_check(check)
