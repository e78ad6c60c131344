"""What keeps a publication from being submitted or published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from practices.factsheets.document import MOST_PRACTICES as MOST
from practices.languages import content_languages

NAMED = 5
"""Practices that are named in a message; the others are counted."""


@dataclass(frozen=True)
class Fault:
    """A fault, and the field of the form where it is shown."""

    field: str
    message: str


def faults_of(page: Any) -> list[Fault]:
    """Every fault of a publication as it stands in memory."""
    return faults(page.practice_keys, page.languages)


def faults(practices: Sequence[int], languages: Sequence[str]) -> list[Fault]:
    """The same, of what was chosen: primary keys of originals, and codes of languages."""
    found = []
    if not practices:
        text = _("Choose the practices: pick them one by one, or paste the address of a list.")
        found.append(Fault("list_address", text))
    elif len(practices) > MOST:
        found.append(Fault("list_address", too_many(len(practices))))
    elif away := not_public(practices):
        found.append(Fault("list_address", _told(list(away.values()))))
    known = {code for code, _name in content_languages()}
    if not languages or not set(languages) <= known:
        found.append(Fault("languages", _("Choose at least one language.")))
    return found


def too_many(count: int) -> str:
    """What is said of a choice that is too large."""
    return _("These are %(count)s practices; a publication holds at most %(most)s.") % {
        "count": count,
        "most": MOST,
    }


def not_public(practices: Sequence[int]) -> dict[int, str]:
    """The titles of those that readers cannot see (any more), by their keys."""
    pages = apps.get_model("practices", "PracticePage").objects
    public = set(pages.published().filter(pk__in=practices).values_list("pk", flat=True))
    away = [key for key in practices if key not in public]
    if not away:
        return {}
    titles = dict(pages.filter(pk__in=away).values_list("pk", "title"))
    return {key: titles.get(key, "?") for key in away}


def _told(titles: list[str]) -> str:
    text = ngettext(
        "This practice is not public (any more): %(titles)s. Take it out, or freeze the list "
        "again.",
        "These practices are not public (any more): %(titles)s. Take them out, or freeze the list "
        "again.",
        len(titles),
    )
    named = "; ".join(f"“{title}”" for title in titles[:NAMED])
    return text % {"titles": named if len(titles) <= NAMED else f"{named}; …"}
