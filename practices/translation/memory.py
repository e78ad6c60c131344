"""What wagtail-localize remembers of a translation, kept in step with what people write by hand.

Strings are its currency: PO files and machines fill them, and `Memory.apply` makes a draft of
them. People write whole texts in Wagtail's own editor; what they wrote is taken over into strings
first, so that unchanged paragraphs keep their translation when the original moves on.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from wagtail.blocks import StreamValue
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslationContext,
)

from practices.blocks import in_order
from practices.models import PracticePage
from practices.moderation.review import lock
from practices.vocabulary import TITLE

from .closed import refuse_if_closed
from .sections import FEW_WORDS, WORD, SectionState, digest_of, text_of
from .source import register
from .states import Marks, states_of
from .strings import Segments, Text, key_of, pairs, segments_of

MANUAL = StringTranslation.TRANSLATION_TYPE_MANUAL
BY_MACHINE = StringTranslation.TRANSLATION_TYPE_MACHINE


@dataclass(frozen=True)
class Applied:
    """Sections that strings changed in the draft, and those that still lack some (keys)."""

    changed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class Memory:
    """The strings of a translation. Opening it holds the page until the transaction ends."""

    def __init__(self, page: PracticePage) -> None:
        self._stored = stored = lock(page.pk)
        self.page = stored.get_latest_revision_as_object()
        self.saved_at = stored.latest_revision_created_at or timezone.now()
        self.original: PracticePage = stored.original
        self.translation = register(self.original, stored.locale)
        self.source, self.locale = self.translation.source, stored.locale
        self.states = {state.section: state for state in states_of(self.page)}
        self.held = self._absorb()
        self._carry_over()
        self.texts = self._texts()

    def sections_for_machine(self) -> set[str]:
        """Keys of the sections that a machine may write: no text of a person would be lost."""
        return {
            key
            for key, state in self.states.items()
            if not text_of(self.page, key)
            or (key in self.held and (state.state == SectionState.COPIED or self._is_left(state)))
        }

    def _is_left(self, state: Any) -> bool:
        """Whether the original went on without a section that nobody has begun to mend."""
        key, stored = state.section, self._stored
        is_untouched = not stored.live or digest_of(stored, key) == digest_of(self.page, key)
        return bool(state.outdated_since) and is_untouched

    def write(self, found: Mapping[Text, str], *, user: Any, tool: str, machine: bool) -> None:
        """Keep translations of strings; the draft stays as it is.

        A machine writes over nobody: a file may have been imported meanwhile.
        """
        if machine:
            taken = set(self._rows().values_list("translation_of_id", "context_id"))
            found = {text: data for text, data in found.items() if text.place not in taken}
        rows = [
            self._row(
                text.place,
                data=data,
                translation_type=BY_MACHINE if machine else MANUAL,
                tool_name=tool,
                last_translated_by=user,
            )
            for text, data in found.items()
        ]
        self._store(rows)
        for text, row in zip(found, rows, strict=True):
            text.known = row

    def apply(self, keys: Iterable[str], *, user: Any, machine: bool = False) -> Applied:
        """Write the strings of some sections into a new draft; nothing becomes public.

        A section is written when each of its strings is translated; by people also while it is
        only a copy, which loses nothing. Others are left as they are. Raises UnderReviewError.
        """
        texts = defaultdict(list)
        for text in self.texts:
            texts[text.key].append(text)
        complete = {key for key in keys if not any(text.is_open for text in texts[key])}
        ready = [key for key in keys if key in complete or (self._is_copy(key) and not machine)]
        left = [key for key in keys if key not in ready]
        draft = self.source.get_ephemeral_translated_instance(self.locale, fallback=True)
        changed = [key for key in ready if self._differs(key, draft)]
        by_machine = {key for key in ready if any(text.is_from_machine for text in texts[key])}
        confirmed = {key for key in complete if key not in by_machine and key in ready}
        if not changed and not any(self._needs_answer(key) for key in confirmed):
            return Applied([], left)
        refuse_if_closed(lock(self.page.pk), user)
        for key in changed:
            self._replace(key, draft)
        self.page.marks = Marks(
            seen=self.original.live_revision_id,
            checked=frozenset(confirmed),
            machine=frozenset(by_machine & set(changed)),
        )
        self.page.save_revision(user=user)
        return Applied(changed, left)

    def _is_copy(self, key: str) -> bool:
        state = self.states.get(key)
        is_copied = state is not None and state.state == SectionState.COPIED and key in self.held
        return is_copied or not text_of(self.page, key)

    def _needs_answer(self, key: str) -> bool:
        state = self.states.get(key)
        return state is not None and bool(state.is_open or state.outdated_since)

    def _differs(self, key: str, draft: Any) -> bool:
        return digest_of(draft, key) != digest_of(self.page, key)

    def _replace(self, key: str, draft: Any) -> None:
        block = next((block for block in draft.sections if block.block_type == key), None)
        if block is None:
            setattr(self.page, key, getattr(draft, key))
            return
        sections = self.page.sections
        own = {one.block_type: (one.value, one.id) for one in sections}
        number = own[key][1] if key in own else None
        parts = [(name, *value) for name, value in (own | {key: (block.value, number)}).items()]
        self.page.sections = in_order(StreamValue(sections.stream_block, parts))

    def _absorb(self) -> set[str]:
        """Take over what people wrote; returns the sections whose every string is held now."""
        own = segments_of(self.page)
        sources: dict[int | None, tuple[Any, Segments]] = {}
        known = {
            (row.translation_of.data, row.context.path): row
            for row in self._rows().select_related("translation_of", "context")
        }
        held, stale = set(), list[int]()
        rows = {}
        for key, state in self.states.items():
            number = state.source_revision_id
            if number not in sources:
                sources[number] = self._source_at(state.source_revision)
            page, theirs = sources[number]
            if digest_of(page, key) != state.source_digest:
                continue  # the text that it was made from is not kept
            found = pairs(theirs.get(key, []), own.get(key, []))
            if found is None:
                # Strings of an older text: whoever translates them anew must know all of it.
                stale += (
                    self._older(known.values(), key) if state.state != SectionState.COPIED else []
                )
                continue
            held.add(key)
            for their, our in found:
                row = known.get((their.string.data, their.path))
                if self._is_news(state, their.string.data, our.string.data, row):
                    row = self._row_of(page, their, our.string.data, state.by)
                    rows[row.translation_of_id, row.context_id] = row
        self._store(rows.values())
        StringTranslation.objects.filter(pk__in=stale).delete()
        return held

    def _source_at(self, revision: Any) -> tuple[Any, Segments]:
        page = revision.as_object() if revision else self.source.as_instance()
        return page, segments_of(page)

    def _is_news(self, state: Any, source: str, text: str, row: Any) -> bool:
        """Whether a string of the latest text is a person's word that is not known yet."""
        if row and row.updated_at > self.saved_at:
            return False
        if text == source and (
            state.state == SectionState.COPIED or len(WORD.findall(text)) >= FEW_WORDS
        ):
            return False
        if row is None or row.data != text or row.has_error:
            return True
        return row.translation_type == BY_MACHINE and state.state not in (
            SectionState.COPIED,
            SectionState.MACHINE,
        )

    def _older(self, rows: Iterable[StringTranslation], key: str) -> list[int]:
        # Without the title: deleting its string would change the name of the page.
        return [
            row.pk
            for row in rows
            if row.context
            and key_of(row.context.field_path) == key != TITLE.key
            and row.updated_at < self.saved_at
        ]

    def _carry_over(self) -> None:
        """Strings that stand in a block with another number keep their translation."""
        known = {(row.translation_of_id, row.context_id): row for row in self._rows()}
        places = {
            (row.translation_of_id, row.context.field_path): row
            for row in self._rows().select_related("context").order_by("updated_at")
        }
        rows = {}
        for there, segment in self._segments().items():
            row = places.get((segment.string_id, segment.context.field_path))
            if there not in known and row:
                rows[there] = self._row(
                    there,
                    data=row.data,
                    translation_type=row.translation_type,
                    tool_name=row.tool_name,
                    last_translated_by=row.last_translated_by,
                )
        self._store(rows.values())

    def _texts(self) -> list[Text]:
        known = {(row.translation_of_id, row.context_id): row for row in self._rows()}
        # What a block says twice is one string.
        return [
            Text(segment, known.get(there))
            for there, segment in self._segments().items()
            if key_of(segment.context.field_path)
        ]

    def _segments(self) -> dict[tuple[int, int], StringSegment]:
        """The strings of the original as it is now, in order, by string and place."""
        segments = StringSegment.objects.filter(source=self.source).order_by("order")
        return {
            (segment.string_id, segment.context_id): segment
            for segment in segments.select_related("string", "context")
        }

    def _rows(self) -> Any:
        return StringTranslation.objects.filter(
            context__object_id=self.source.object_id, locale=self.locale, has_error=False
        )

    def _row_of(self, page: Any, segment: Any, data: str, user: Any) -> StringTranslation:
        context, _created = TranslationContext.objects.get_or_create(
            object_id=self.source.object_id, path=segment.path
        )
        context.get_field_path(page)
        string = String.from_value(self.source.locale, segment.string)
        return self._row(
            (string.pk, context.pk), data=data, translation_type=MANUAL, last_translated_by=user
        )

    def _row(self, there: tuple[int, int], **values: Any) -> StringTranslation:
        """The translation of a string in its place, unsaved."""
        string, context = there
        return StringTranslation(
            locale=self.locale, translation_of_id=string, context_id=context, **values
        )

    def _store(self, rows: Iterable[StringTranslation]) -> None:
        # All at once: saving a string of the title one by one would change the name of the page.
        StringTranslation.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["locale", "translation_of", "context"],
            update_fields=[
                "data",
                "translation_type",
                "tool_name",
                "last_translated_by",
                "has_error",
                "field_error",
                "updated_at",
            ],
        )
