"""Older texts of an original, read from its revisions without making pages of them."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from wagtail.models import Revision

from practices import vocabulary

from .sections import OTHER_KEYS


class Snapshot:
    """The translated texts of a revision of a practice, read without a query."""

    def __init__(self, practice: Any, content: dict[str, Any]) -> None:
        for name in (vocabulary.TITLE.key, *OTHER_KEYS):
            setattr(self, name, content.get(name, ""))
        self.sections = practice._meta.get_field("sections").to_python(content.get("sections"))


class OlderTexts:
    """The texts that sections of a translation were made from, found in one query when asked for."""

    def __init__(self, original: Any, states: Iterable[Any]) -> None:
        self._original = original
        self._numbers = {state.source_revision_id for state in states} - {None}

    @cached_property
    def _snapshots(self) -> dict[int, Snapshot]:
        revisions = Revision.objects.in_bulk(self._numbers)
        return {
            number: Snapshot(self._original, revision.content)
            for number, revision in revisions.items()
        }

    def of(self, state: Any) -> Snapshot | None:
        """The text that a section was made from; None where it is not kept."""
        return self._snapshots.get(state.source_revision_id)
