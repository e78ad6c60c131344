"""The original as the editor of a translation sees it: beside each section, and its facts."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.compare import diff_text

from practices import vocabulary
from practices.directory import Directory
from practices.languages import content_languages
from practices.presentation import ProfileRow, Section, profile, sections
from practices.vocabulary import OTHER_ITEMS, SHARED_SECTIONS, TRANSLATED_SECTIONS, Item

from .marks import MarksForm
from .older import OlderTexts
from .sections import OTHER_KEYS, digest_of, is_missing, item_of, text_of
from .states import boxes_of, states_of

TITLE = vocabulary.TITLE.key
NO_HTML = mark_safe("")


@dataclass(frozen=True)
class Change:
    """What changed in a section of the original since a text was made from it.

    `words` shows it by word; empty where only links or form changed, or where the earlier text is
    not kept (`is_known`).
    """

    words: SafeString = NO_HTML
    is_known: bool = True


@dataclass(frozen=True)
class Piece:
    """One section of the original beside that of the translation.

    `html` is its text as readers see it, empty where the original says nothing. `box` is None
    where there is nothing to check.
    """

    key: str
    html: SafeString
    language: str
    language_name: str
    state: Any = None
    is_missing: bool = False
    change: Change | None = None
    box: bool | None = None

    @property
    def item(self) -> Item:
        """The item of the ficha that the section belongs to."""
        return item_of(self.key)


class Beside:
    """What the form of a translation shows of its original, found together."""

    def __init__(self, page: Any, user: Any, sent: MarksForm, *, is_frozen: bool) -> None:
        """`sent` is what came with the form, empty where it is opened."""
        self.page, self._user, self._sent, self._is_frozen = page, user, sent, is_frozen
        self.original = page.original

    @property
    def is_behind(self) -> bool:
        """Whether the original was published again since the form was opened."""
        return self._sent.is_behind(self.original)

    @cached_property
    def may_edit_original(self) -> bool:
        """Whether the person may edit the original."""
        return self.original.permissions_for_user(self._user).can_edit()

    @property
    def is_readable(self) -> bool:
        """Whether the person may read the stored original: it is public, or theirs to edit."""
        return self.original.live or self.may_edit_original

    @property
    def language(self) -> str:
        """Language of the original."""
        return self.original.locale.language_code

    @property
    def language_name(self) -> str:
        """Name of the language of the original."""
        return str(dict(content_languages()).get(self.language, self.language))

    @property
    def original_url(self) -> str:
        """Where the facts are written, for those who may; else where they are read, if anywhere."""
        if self.may_edit_original:
            return reverse("wagtailadmin_pages:edit", args=[self.original.pk])
        return self.original.get_url() or "" if self.original.live else ""

    @cached_property
    def _sections(self) -> dict[str, Section]:
        return {section.item.key: section for section in sections(self.original)}

    @cached_property
    def _older(self) -> OlderTexts:
        return OlderTexts(self.original, self.page.section_states.all())

    @cached_property
    def pieces(self) -> dict[str, Piece]:
        """The sections of the original by key, those that say nothing included."""
        states = {state.section: state for state in states_of(self.page, self._user, self._older)}
        prefetch_related_objects(list(states.values()), "by")
        boxes = self._boxes(states)
        keys = [TITLE, *OTHER_KEYS, *(item.key for item in TRANSLATED_SECTIONS)]
        return {key: self._piece(key, states.get(key), boxes.get(key)) for key in keys}

    @property
    def shown(self) -> list[Piece]:
        """The pieces that the form shows."""
        return [
            piece
            for key, piece in self.pieces.items()
            if key not in OTHER_KEYS or key in self.others
        ]

    def _boxes(self, states: dict[str, Any]) -> dict[str, bool]:
        """The boxes of the form; who sent it finds theirs again, unless the original went on."""
        if self._is_frozen or not self.original.live:
            return {}
        sent = {
            key: ticked and not states[key].outdated_since
            for key, ticked in self._sent.boxes.items()
            if key in states
        }
        return boxes_of(self.page, states.values(), self._older) | sent

    def _piece(self, key: str, state: Any, box: bool | None) -> Piece:
        text = text_of(self.original, key)
        return Piece(
            key=key,
            html=self._html(key, text) if self.is_readable else NO_HTML,
            language=self.language,
            language_name=self.language_name,
            state=state,
            is_missing=is_missing(self.original, self.page, key),
            change=self._change(state) if self.is_readable else None,
            box=box,
        )

    def _html(self, key: str, text: str) -> SafeString:
        section = self._sections.get(key)
        if section is None:
            return format_html("<p>{}</p>", text) if text else NO_HTML
        if section.html:
            # Whoever follows a link keeps the form.
            links = section.html.replace("<a ", '<a target="_blank" rel="noopener" ')
            return mark_safe(links)  # noqa: S308 (Wagtail cleaned it when it was stored)
        figures = (
            (figure.value["figure"], figure.value["description"]) for figure in section.value
        )
        return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b> {}</li>", figures))

    def _change(self, state: Any) -> Change | None:
        if state is None or not state.outdated_since:
            return None
        before = self._older.of(state)
        if before is None or digest_of(before, state.section) != state.source_digest:
            return Change(is_known=False)
        old, new = text_of(before, state.section), text_of(self.original, state.section)
        return Change() if old == new else Change(words_changed(old, new))

    @cached_property
    def others(self) -> list[str]:
        """Keys of the texts of “other” that original or translation has, or should have."""
        chosen = {
            item.key: [theme.code for theme in self.original.themes.all()]
            if item is vocabulary.THEMES
            else [row.key for row in self.original.chosen(item)]
            for item in OTHER_ITEMS
        }
        return [
            key
            for key, item in OTHER_KEYS.items()
            if vocabulary.OTHER in chosen[item.key]
            or text_of(self.original, key)
            or text_of(self.page, key)
        ]

    def facts(self, request: HttpRequest) -> list[ProfileRow]:
        """The facts of section 1, which stand on the original alone."""
        language = translation.get_language() or self.language
        themes = Directory.of(request).with_texts(self.original.themes.all())
        return profile(self.original, themes, language)

    @property
    def resources(self) -> list[Section]:
        """The sections of files and links."""
        return [section for key, section in self._sections.items() if key in SHARED_SECTIONS]

    @property
    def tags(self) -> list[Any]:
        """The tags of the original."""
        return list(self.original.tags.all()) if self.is_readable else []


def words_changed(before: str, after: str) -> SafeString:
    """Two texts in one as HTML: what went and what came, word by word.

    Marked as deleted and inserted text, and in words for those who do not see it.
    """
    kinds = {"addition": ("ins", _("added:")), "deletion": ("del", _("deleted:"))}
    return mark_safe(  # noqa: S308 (each part is escaped)
        "".join(
            format_html('<{0}><span class="w-sr-only"> {1} </span>{2}</{0}>', *kinds[kind], text)
            if kind in kinds
            else format_html("{}", text)
            for kind, text in diff_text(before, after).changes
        )
    )
