"""The form of a practice in the admin; API v3 writes through it as well."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError

from . import vocabulary
from .completeness import Fault, completeness
from .models.mixins import SHARED_FIELDS, SHARED_RELATIONS
from .models.records import PracticeContact
from .vocabulary import CHOICE_ITEMS, Item

SHARED = (*SHARED_FIELDS, *SHARED_RELATIONS, "picture")


class ChoicesField(forms.MultipleChoiceField):
    """The values of a closed item, as checkboxes.

    Takes a list of keys, or of rows as API v3 hands them over (`{"key": "national"}`).
    """

    widget = forms.CheckboxSelectMultiple

    def __init__(self, item: Item) -> None:
        super().__init__(
            choices=item.choice_labels, required=False, label=item.label, help_text=item.help
        )

    def to_python(self, value: Any) -> list[str]:
        return super().to_python(
            [row["key"] if isinstance(row, dict) else row for row in value or ()]
        )


class PracticeForm(WagtailAdminPageForm):
    """The ficha. Drafts save with any fault; submitting and publishing need none."""

    territorial_level = ChoicesField(vocabulary.TERRITORIAL_LEVEL)
    categories = ChoicesField(vocabulary.CATEGORIES)
    documentation = ChoicesField(vocabulary.DOCUMENTATION)
    transfer_needs = ChoicesField(vocabulary.TRANSFER_NEEDS)
    success_criteria = ChoicesField(vocabulary.SUCCESS_CRITERIA)
    contact_name = forms.CharField(
        label=vocabulary.CONTACT_NAME.label, max_length=160, required=False
    )
    contact_position = forms.CharField(
        label=vocabulary.CONTACT_POSITION.label, max_length=160, required=False
    )
    contact_email = forms.EmailField(label=vocabulary.CONTACT_EMAIL.label, required=False)

    CONTACT_FIELDS = ("contact_name", "contact_position", "contact_email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_original:
            self._fill_initial()
        else:
            for name in (*SHARED, *self.CONTACT_FIELDS):
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
        if self._slug_is_fixed and "slug" in self.fields:
            self.fields["slug"].widget.attrs["readonly"] = True
            self.fields["slug"].help_text = _("Fixed at first publication; links rely on it.")

    def _fill_initial(self) -> None:
        for item in CHOICE_ITEMS:
            if item.key in self.fields:
                self.initial[item.key] = [row.key for row in getattr(self.instance, item.key).all()]
        if "contact_name" in self.fields:
            contact = self._contact()
            for name in self.CONTACT_FIELDS:
                self.initial[name] = getattr(contact, name)

    @property
    def _slug_is_fixed(self) -> bool:
        return bool(self.instance.first_published_at or not self.instance.is_original)

    def _contact(self) -> Any:
        key = self.instance.translation_key
        return PracticeContact.objects.filter(translation_key=key).first() or PracticeContact(
            translation_key=key
        )

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if not self.instance.is_original and any(name in self.data for name in SHARED):
            self.add_error(
                None, _("Facts shared by all languages are written on the original only.")
            )
        return cleaned_data

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if self._slug_is_fixed and slug != self.initial.get("slug", slug):
            raise forms.ValidationError(
                _("The address was fixed at first publication and cannot change.")
            )
        return slug

    def _post_clean(self) -> None:
        super()._post_clean()
        self._set_rows()
        if not self.is_deferred_validation:
            self._refuse_faults(completeness(self.instance))

    def _set_rows(self) -> None:
        """Give the instance its choices and themes now, so that the rules see them."""
        for item in CHOICE_ITEMS:
            if item.key in self.cleaned_data:
                relation = getattr(self.instance, item.key)
                rows = {row.key: row for row in relation.all()}
                row_model = relation.model
                relation.set(
                    [rows.get(key) or row_model(key=key) for key in self.cleaned_data[item.key]]
                )
        if "themes" in self.cleaned_data:
            self.instance.themes = list(self.cleaned_data["themes"])

    def _refuse_faults(self, faults: Iterable[Fault]) -> None:
        in_blocks: dict[int, list[str]] = {}
        for fault in faults:
            index = self._block_index(fault)
            if index is not None:
                in_blocks.setdefault(index, []).append(fault.message)
            elif fault.field in self.fields and fault.field != "sections":
                self.add_error(fault.field, fault.message)
            self.add_error(None, str(fault))
        if in_blocks and "sections" in self.fields:
            self.add_error(
                "sections",
                StreamBlockValidationError(
                    {
                        index: forms.ValidationError(messages)
                        for index, messages in in_blocks.items()
                    }
                ),
            )

    def _block_index(self, fault: Fault) -> int | None:
        if fault.field != "sections":
            return None
        types = [block.block_type for block in self.instance.sections]
        return types.index(fault.item.key) if fault.item.key in types else None

    def save(self, commit: bool = True) -> Any:
        practice = super().save(commit=commit)
        if any(name in self.changed_data for name in self.CONTACT_FIELDS):
            contact = self._contact()
            for name in self.CONTACT_FIELDS:
                setattr(contact, name, self.cleaned_data[name])
            contact.save()
        return practice
