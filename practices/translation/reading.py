"""What readers are told of a translation: who made it, and whether the original went on without it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from practices.vocabulary import Item

from .sections import EMPTY, KEYS, digest_of, item_of


@dataclass(frozen=True)
class TranslationNotice:
    """A public translation: `outdated` are its sections that the original has changed since."""

    original_url: str
    from_machine: bool
    outdated_since: datetime | None = None
    outdated: list[str] = field(default_factory=list)

    @property
    def items(self) -> list[Item]:
        """The items of the ficha that are out of date, in its order."""
        return list(dict.fromkeys(item_of(key) for key in self.outdated))


def outdated_sections(version: Any, original: Any) -> list[str]:
    """Keys of the sections whose public translation was made from another text than the original's.

    `version` is the PracticeVersion of the translation. Of a publication that was not written down
    section by section nothing is known: none.
    """
    if not version.sources:
        return []
    made_from = {key: source["digest"] for key, source in version.sources.items()}
    # What is not there was empty in both languages.
    return [key for key in KEYS if made_from.get(key, EMPTY) != digest_of(original, key)]


def notice_of(page: Any, request: HttpRequest | None) -> TranslationNotice | None:
    """What to tell the readers of a practice; None for an original.

    Without a request the address of the original is that of its own site.
    """
    if page.is_original:
        return None
    url = page.original.get_url(request) or ""
    version = page.public_version()
    if version is None:  # the preview of a translation that was never published
        return TranslationNotice(url, from_machine=False)
    outdated = outdated_sections(version, page.original)
    return TranslationNotice(url, version.from_machine, version.outdated_since, outdated)
