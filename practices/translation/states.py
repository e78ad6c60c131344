"""Keeping the states of a translation's sections true, whatever way its text is saved."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils import timezone

from .older import OlderTexts, Snapshot
from .sections import EMPTY, KEYS, SectionState, digest_of, is_copied, may_be_equal, text_of


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


def states_of(page: Any, user: Any = None, older: OlderTexts | None = None) -> list[Any]:
    """The states of a translation as it stands in memory, unsaved, in the order of the ficha.

    One for each section that original or translation has. Where the text is another than the
    stored one, or marked, the state is what saving would make it, done by `user`. Who reads
    `older` texts as well gives them.
    """
    stored = {state.section: state for state in page.section_states.all()} if page.pk else {}
    source = _Source.of(page, older or OlderTexts(page.original, stored.values()))
    return [
        _Reckoning(page, source, key, stored.get(key), user).state
        for key in KEYS
        if text_of(source.page, key) or text_of(page, key)
    ]


def open_sections(page: Any) -> Iterator[Any]:
    """The sections that a person has to translate or check before the translation is submitted."""
    return (state for state in states_of(page) if state.is_open)


def follow(page: Any, user: Any, *, overwrites: bool = False) -> list[Any]:
    """Write down what the saved text of a translation is, section by section; returns it.

    A text that another revision takes the place of is remembered, since a revert may bring it
    back; not one that was overwritten.
    """
    states = states_of(page, user)
    for state in states:
        if state.left and not overwrites:
            state.earlier |= state.left
        if state.is_news:
            state.save()
    page.section_states.exclude(section__in=[state.section for state in states]).delete()
    page.marks = Marks()
    return states


@dataclass(frozen=True)
class _Source:
    """The published original, and the text of it that a person had before them."""

    page: Any
    present_revision: int | None
    seen: Any
    seen_revision: int | None
    older: OlderTexts

    @classmethod
    def of(cls, translation: Any, older: OlderTexts) -> "_Source":
        original = translation.original
        present = original.live_revision_id
        if present is None and (version := original.public_version()):
            present = version.revision_id  # taken down; its text is what was published last
        seen = translation.marks.seen
        if seen in (None, present):
            return cls(original, present, original, present, older)
        revision = original.revisions.filter(pk=seen).first()
        text = Snapshot(original, revision.content) if revision else original
        return cls(original, present, text, seen, older)


def _values(state: Any) -> list[Any]:
    return [getattr(state, column.attname) for column in state._meta.concrete_fields]


class _Reckoning:
    """What one section is, from what it was, what it says now and what was said of it."""

    def __init__(self, page: Any, source: _Source, key: str, state: Any, user: Any) -> None:
        self._page, self._source, self._key = page, source, key
        self._marks: Marks = page.marks
        self._user = user
        is_new = state is None
        if is_new:
            state = apps.get_model("practices", "SectionTranslation")(
                page_id=page.pk,
                section=key,
                source_digest=digest_of(source.page, key),
                source_revision_id=source.present_revision,
            )
        self.state = state
        stored = _values(state)
        before, state.text_digest = state.text_digest, digest_of(page, key)
        changed = before != state.text_digest
        state.left = {before: self._facts()} if changed and not is_new else {}
        if key in self._marks.unchecked:
            self._take_back()
        if key in self._marks.machine:
            state.from_machine, state.before_check = True, None
            self._answer(SectionState.MACHINE)
        elif changed and state.text_digest in state.earlier:
            self._restore(state.earlier[state.text_digest])
        elif changed:
            self._weigh(is_new=is_new)
        self._compare()
        if key in self._marks.checked and self._may_check():
            self._check()
        state.is_news = is_new or _values(state) != stored

    def _weigh(self, *, is_new: bool) -> None:
        """Judge a text that is new: copied, or written by whoever saves it.

        What a machine wrote stays a machine's, and what is out of date stays so, until a person
        says otherwise: text can be cut and pasted back between two automatic saves.
        """
        state = self.state
        if self._is_copied():
            if not is_new and state.state != SectionState.COPIED:
                state.before_copy = self._facts()
            self._set(SectionState.COPIED)
        elif is_new and not text_of(self._page, self._key):
            # The original has a section that the translation was never made from.
            state.source_digest, state.source_revision_id = EMPTY, None
            self._set(SectionState.TRANSLATED)
        elif is_new or state.source_digest == EMPTY:
            self._answer(SectionState.TRANSLATED)
        elif state.state == SectionState.COPIED:
            self._leave_copy()
        elif state.state != SectionState.MACHINE:
            self._set(SectionState.TRANSLATED)

    def _is_copied(self) -> bool:
        """Whether the text copies the original: as it is, as it was seen, or as it was then."""
        sources = (self._source.page, self._source.seen, self._source.older.of(self.state))
        return any(is_copied(source, self._page, self._key) for source in sources if source)

    def _leave_copy(self) -> None:
        """A text in the place of a copied one is made from what it was made from before, if ever."""
        state = self.state
        written = SectionState.MACHINE if state.from_machine else SectionState.TRANSLATED
        if state.before_copy:
            self._restore(state.before_copy | {"state": written})
        else:
            self._answer(written)

    def _facts(self) -> dict[str, Any]:
        """What is to be known of the present text, should it come back."""
        state = self.state
        return {
            "state": state.state,
            "from_machine": state.from_machine,
            "digest": state.source_digest,
            "revision": state.source_revision_id,
        }

    def _restore(self, facts: dict[str, Any]) -> None:
        state = self.state
        state.from_machine = facts["from_machine"]
        state.source_digest, state.source_revision_id = facts["digest"], facts["revision"]
        state.before_check = state.before_copy = None
        # Approved was the whole of which it was a part.
        is_approved = facts["state"] == SectionState.APPROVED
        self._set(SectionState.TRANSLATED if is_approved else facts["state"])

    def _may_check(self) -> bool:
        """Whether there is anything to answer for, and a person may: not for copied sentences."""
        waits = self.state.is_open or self.state.outdated_since
        return bool(waits) and may_answer(self._page, self.state, self._source.older)

    def _check(self) -> None:
        """A person answers for the text; what it was before is kept until it is published."""
        self.state.before_check = self.state.before_check or self._facts()
        self._answer(SectionState.TRANSLATED)
        self._compare()

    def _take_back(self) -> None:
        """Undo a check."""
        if self.state.before_check:
            self._restore(self.state.before_check)

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


def may_answer(page: Any, state: Any, older: OlderTexts) -> bool:
    """Whether a person may answer for a section: not where whole sentences are copied.

    Neither from the original as it is, nor from the text that the section was made from.
    """
    sources = (page.original, older.of(state))
    return all(may_be_equal(source, page, state.section) for source in sources if source)


def boxes_of(page: Any, states: Iterable[Any], older: OlderTexts | None = None) -> dict[str, bool]:
    """The sections with a box “checked”, and whether it is ticked.

    A person answers with it for a machine's draft, for a short text that is the same in both
    languages, and for a text that follows its original again. They can take it back until the
    translation is published.
    """
    boxes, states = {}, list(states)
    older = older or OlderTexts(page.original, states)
    for state in states:
        if state.is_open or state.outdated_since:
            if may_answer(page, state, older):
                boxes[state.section] = False
        elif state.before_check:
            boxes[state.section] = True
    return boxes
