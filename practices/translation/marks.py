"""What the form of a translation says beside its text."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.admin import messages

from .sections import KEYS
from .states import Marks

SEEN, BOXES, CHECKED = "translation_seen", "translation_boxes", "translation_checked"


class MarksForm(forms.Form):
    """The text of the original that the form showed, the boxes “checked” it had, and the ticked ones."""

    translation_seen = forms.IntegerField(required=False, min_value=1)
    translation_boxes = forms.MultipleChoiceField(
        required=False, choices=[(key, key) for key in KEYS]
    )
    translation_checked = forms.MultipleChoiceField(
        required=False, choices=[(key, key) for key in KEYS]
    )

    @property
    def is_sent(self) -> bool:
        """Whether the admin's form of a translation was sent; API v3 says nothing of sections."""
        return SEEN in self.data and self.is_valid()

    @property
    def seen(self) -> int | None:
        """Key of the revision of the original that the person had before them."""
        return self.cleaned_data[SEEN] if self.is_sent else None

    @property
    def boxes(self) -> dict[str, bool]:
        """Sections that had a box, and whether it was ticked."""
        if not self.is_sent:
            return {}
        return {key: key in self.cleaned_data[CHECKED] for key in self.cleaned_data[BOXES]}

    def marks(self, original: Any) -> Marks:
        """What is said of the sections; nothing where the text that was seen is not known.

        Nobody answers for a text that was not public when they saw it.
        """
        if not self.is_sent or not original.live:
            return Marks()
        if not self._sees_present(original):
            published = original.revisions.filter(practice_versions__isnull=False)
            if not published.filter(pk=self.seen).exists():
                return Marks()
        boxes = self.boxes
        return Marks(
            seen=self.seen,
            checked=frozenset(key for key in boxes if boxes[key]),
            unchecked=frozenset(key for key in boxes if not boxes[key]),
        )

    def _sees_present(self, original: Any) -> bool:
        return self.seen == original.live_revision_id

    def is_behind(self, original: Any) -> bool:
        """Whether the original was published again since the form was opened."""
        return self.is_sent and original.live and not self._sees_present(original)


def tell_new_original(request: HttpRequest, page: Any) -> None:
    """Say after saving that the original was published anew meanwhile (hook `after_edit_page`).

    What saves in the background is told in the form itself.
    """
    original = getattr(page, "original", None)
    if original is None or not request.accepts("text/html"):
        return
    if MarksForm(request.POST).is_behind(original):
        messages.warning(
            request,
            _(
                "The original was published again while you had the form open. What you checked "
                "counts for the text that you saw; see the sections that are out of date."
            ),
        )
