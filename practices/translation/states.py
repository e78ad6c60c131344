"""Keeping the states of a translation's sections true, whatever way its text is saved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone

from .sections import KEYS, SectionState, digest_of, is_copied, may_be_equal, text_of


@dataclass(frozen=True)
class Marks:
    """What a save says of sections beside their text; `PracticePage.marks` carries it.

    `seen` is the revision of the original that the person had before them, None for the present
    one. `checked` sections they answer for; of `unchecked` ones they take that back. `machine`
    sections were just written by a machine.
    """

    seen: int | None = None
    checked: frozenset[str] = field(default_factory=frozenset)
    unchecked: frozenset[str] = field(default_factory=frozenset)
    machine: frozenset[str] = field(default_factory=frozenset)


def states_of(page: Any, user: Any = None) -> list[Any]:
    """The states of a translation as it stands in memory, unsaved, in the order of the ficha.

    One for each section that original or translation has. Where the text is another than the
    stored one, or marked, the state is what saving would make it, done by `user`.
    """
    stored = {state.section: state for state in page.section_states.all()} if page.pk else {}
    source = _Source.of(page)
    return [
        _Reckoning(page, source, key, stored.get(key), user).state
        for key in KEYS
        if text_of(source.page, key) or text_of(page, key)
    ]


def open_sections(page: Any) -> Iterator[Any]:
    """The sections that a person has to translate or check before the translation is submitted."""
    return (state for state in states_of(page) if state.is_open)


def follow(page: Any, user: Any) -> list[Any]:
    """Write down what the saved text of a translation is, section by section; returns it."""
    states = states_of(page, user)
    for state in states:
        state.save()
    page.section_states.exclude(section__in=[state.section for state in states]).delete()
    page.marks = Marks()
    return states


@dataclass(frozen=True)
class _Source:
    """The published original, and the text of it that a person had before them."""

    page: Any
    seen: Any
    seen_revision: int | None

    @classmethod
    def of(cls, translation: Any) -> "_Source":
        original = translation.original
        present = original.live_revision_id
        seen = translation.marks.seen
        if seen in (None, present):
            return cls(original, original, present)
        revision = original.revisions.filter(pk=seen).first()
        return cls(original, revision.as_object() if revision else original, seen)


class _Reckoning:
    """What one section is, from what it was, what it says now and what was said of it."""

    def __init__(self, page: Any, source: _Source, key: str, state: Any, user: Any) -> None:
        self._page, self._source, self._key = page, source, key
        self._marks: Marks = page.marks
        self._user = user
        digest = digest_of(page, key)
        is_new = state is None
        if is_new:
            state = apps.get_model("practices", "SectionTranslation")(
                page_id=page.pk,
                section=key,
                source_digest=digest_of(source.page, key),
                source_revision_id=source.page.live_revision_id,
            )
        self.state = state
        changed = digest != state.text_digest
        state.text_digest = digest
        if key in self._marks.unchecked:
            self._take_back()
        if key in self._marks.machine:
            state.from_machine, state.before_check = True, None
            self._answer(SectionState.MACHINE)
        elif is_new or changed:
            self._weigh(is_new=is_new)
        self._compare()
        if key in self._marks.checked and self._may_check():
            self._check()

    def _weigh(self, *, is_new: bool) -> None:
        """Judge a text that is new: copied, or written by whoever saves it."""
        state, empty = self.state, not text_of(self._page, self._key)
        if empty:
            state.from_machine = False
        if is_copied(self._source.page, self._page, self._key):
            self._set(SectionState.COPIED)
        elif is_new or state.state == SectionState.COPIED:
            self._answer(SectionState.TRANSLATED)
        elif state.state != SectionState.MACHINE or empty:
            self._set(SectionState.TRANSLATED)

    def _may_check(self) -> bool:
        """Whether there is anything to answer for, and a person may: not for copied sentences."""
        waits = self.state.is_open or self.state.outdated_since
        return bool(waits) and may_be_equal(self._source.page, self._page, self._key)

    def _check(self) -> None:
        """A person answers for the text; what it was before is kept until it is published."""
        state = self.state
        state.before_check = state.before_check or {
            "state": state.state,
            "digest": state.source_digest,
            "revision": state.source_revision_id,
        }
        self._answer(SectionState.TRANSLATED)
        self._compare()

    def _take_back(self) -> None:
        """Undo a check."""
        state, before = self.state, self.state.before_check
        if before:
            state.source_digest, state.source_revision_id = before["digest"], before["revision"]
            state.before_check = None
            self._set(before["state"])

    def _answer(self, name: str) -> None:
        """The text was made from the source that the person had before them."""
        source = self._source
        self.state.source_digest = digest_of(source.seen, self._key)
        self.state.source_revision_id = source.seen_revision
        self._set(name)

    def _set(self, name: str) -> None:
        self.state.state, self.state.by, self.state.at = name, self._user, timezone.now()

    def _compare(self) -> None:
        """See whether the published original says something else by now."""
        state, original = self.state, self._source.page
        if state.source_digest == digest_of(original, self._key):
            state.outdated_since = None
        elif state.outdated_since is None:
            state.outdated_since = original.last_published_at or timezone.now()


def boxes_of(page: Any, states: Iterable[Any]) -> dict[str, bool]:
    """The sections with a box “checked”, and whether it is ticked.

    A person answers with it for a machine's draft, for a short text that is the same in both
    languages, and for a text that follows its original again. They can take it back until the
    translation is published.
    """
    boxes = {}
    for state in states:
        if state.is_open or state.outdated_since:
            if may_be_equal(page.original, page, state.section):
                boxes[state.section] = False
        elif state.before_check:
            boxes[state.section] = True
    return boxes
