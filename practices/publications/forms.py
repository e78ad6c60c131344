"""The form of a publication in the admin."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm

from practices.languages import content_languages

from .faults import faults, not_public
from .lists import read_list


class PublicationForm(WagtailAdminPageForm):
    """Drafts save with any fault but a wrong address; submitting and publishing need none.

    The practices of a list are looked up when its address changes or it is asked for, and stored
    with the draft: what the approver sees is what is published.
    """

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages of the file"),
        choices=content_languages,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    freeze_again = forms.BooleanField(
        label=gettext_lazy("Look up the list again when this is saved"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and self.is_frozen:
            for name in set(self.fields) - {"comment_notifications"}:
                del self.fields[name]
            for name in set(self.formsets) - {"comments"}:
                del self.formsets[name]
        if "languages" in self.fields and not self.instance.pk:
            self.initial["languages"] = [self._language]
        if "slug" in self.fields and self.instance.first_published_at:
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _("Fixed at first publication; links rely on it.")

    @cached_property
    def is_frozen(self) -> bool:
        """Whether the publication is under review: what is sent of it is not even looked at."""
        return bool(self.instance.pk and self.instance.workflow_in_progress)

    @property
    def _language(self) -> str:
        """The main language: that of the tree."""
        return str(self.parent_page.locale.language_code)

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if self.is_frozen:
            if "comments" not in self.formsets:
                self.add_error(
                    None,
                    _("This publication is under review and cannot change until it is decided."),
                )
            return cleaned_data
        if "list_address" not in self.fields:  # an API that does not write it
            return cleaned_data
        address = cleaned_data.get("list_address", "").strip()
        picked = self._picked()
        if address and picked:
            self.add_error(
                "list_address",
                _(
                    "Choose in one way alone: take the picked practices out, or empty the "
                    "address of the list."
                ),
            )
        elif address:
            self._freeze(address, cleaned_data)
        else:
            self._keep([], "")
        if not self.errors and not self.is_deferred_validation:
            chosen = list(dict.fromkeys(picked)) or self.instance.frozen
            for fault in faults(chosen, cleaned_data.get("languages", [])):
                field = fault.field if fault.field in self.fields else None
                self.add_error(field, fault.message)
        return cleaned_data

    def _picked(self) -> list[int]:
        """Primary keys of the originals that were picked; what is not public is told in its row."""
        formset = self.formsets.get("choices")
        if formset is None or not formset.is_valid():
            return []
        rows = [row for row in formset.ordered_forms if row.cleaned_data.get("practice")]
        for row in rows:
            # Readers of either language may pick; the file is made of originals.
            row.instance.practice = row.cleaned_data["practice"].facts
        keys = [row.instance.practice_id for row in rows]
        away = not_public(keys) if keys else {}
        for row in rows:
            if row.instance.practice_id in away:
                row.add_error("practice", _("This practice is not public; choose another."))
        return keys

    def _freeze(self, address: str, cleaned_data: dict[str, Any]) -> None:
        is_known = address == self.initial.get("list_address") and self.instance.frozen
        if is_known and not cleaned_data.get("freeze_again"):
            return
        try:
            found = read_list(address, self._language)
        except ValidationError as error:
            self.add_error("list_address", error)
        else:
            self._keep(found.practices, found.words)

    def _keep(self, practices: list[int], words: str) -> None:
        page = self.instance
        page.frozen, page.frozen_words = practices, words
        page.frozen_at = timezone.now() if practices else None
