"""What the host site calls the collection and those who keep it; OSUMI's names where it says nothing.

Each setting is a text, or a text for each language: `{"es": "…", "pt-br": "…"}`.
"""

import re
from typing import Any

from django.conf import settings
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

ARTICLE = re.compile(r"^(el|la|los|las|o|a|os|as|the) ", re.IGNORECASE)

NAMES = (
    "PRACTICES_COLLECTION_NAME",
    "PRACTICES_ORGANISATION",
    "PRACTICES_SECRETARIAT",
    "PRACTICES_PUBLISHER",
)
"""The settings that hold names."""


def collection_name() -> str:
    """What the collection is, in the active language: in citations, feeds and fact sheets."""
    return _set("PRACTICES_COLLECTION_NAME") or gettext(
        "Bank of good practices in migration policy"
    )


def organisation() -> str:
    """To whom the collection belongs, in the active language."""
    return _set("PRACTICES_ORGANISATION") or gettext("South American Conference on Migration")


def secretariat() -> str:
    """Who reviews and publishes, as within a sentence: with its article where it has one."""
    return _set("PRACTICES_SECRETARIAT") or gettext("the Secretaría Técnica")


def secretariat_label() -> str:
    """The same, as it stands alone: without the article."""
    return capfirst(ARTICLE.sub("", secretariat()))


def publisher() -> str:
    """The author of publications, as they are cited."""
    named = _set("PRACTICES_PUBLISHER")
    if named or not any(map(_set, ("PRACTICES_SECRETARIAT", "PRACTICES_ORGANISATION"))):
        return named or gettext(
            "Secretaría Técnica of the South American Conference on Migration (CSM)"
        )
    return f"{secretariat_label()}, {organisation()}"


def told(message: Any) -> str:
    """A message with the secretariat in the place of `%(secretariat)s`, its first letter a capital.

    For what is read later, in whichever language is active then, use `told_lazy`.
    """
    return capfirst(str(message).replace("%(secretariat)s", secretariat()))


told_lazy = lazy(told, str)
collection_name_lazy = lazy(collection_name, str)
organisation_lazy = lazy(organisation, str)


def _set(name: str) -> str:
    """The text of a setting in the active language, or in that of the site; empty where unset."""
    value = getattr(settings, name, "")
    if isinstance(value, dict):
        return value.get(get_language() or "") or value.get(settings.LANGUAGE_CODE, "")
    return value
