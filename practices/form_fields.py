"""Fields of the form of a practice, and its errors within sections."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.blocks.stream_block import StreamBlockValidationError

from .vocabulary import MAX_ENTITY_LENGTH, Item


class ChoicesField(forms.MultipleChoiceField):
    """The values of a closed item, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, item: Item) -> None:
        super().__init__(choices=item.choice_labels, required=False, label=item.label)


class EntitiesField(forms.CharField):
    """A list of entities, one on each line; the value is the list of their names."""

    widget = forms.Textarea(attrs={"rows": 4})

    def __init__(self, item: Item) -> None:
        super().__init__(required=False, label=item.label)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in super().clean(value).splitlines()]
        for name in names:
            if len(name) > MAX_ENTITY_LENGTH:
                raise forms.ValidationError(
                    _("“%(name)s…” is too long; write at most %(limit)d characters on a line.")
                    % {"name": name[:40], "limit": MAX_ENTITY_LENGTH}
                )
        return [name for name in names if name]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)


class RowsField(forms.Field):
    """Child rows as API v3 hands them over: a list of objects with the row's own fields."""

    def __init__(self, items: Iterable[Item], value_name: str) -> None:
        super().__init__(required=False)
        self.items = {item.key: item for item in items}
        self.value_name = value_name

    def clean(self, value: Any) -> list[tuple[str, str]]:
        pairs = [(row["item"], row[self.value_name]) for row in value or ()]
        for key, chosen in pairs:
            if key not in self.items:
                raise forms.ValidationError(_("There is no item “%(key)s”.") % {"key": key})
            item = self.items[key]
            if item.choices and chosen not in dict(item.choice_labels):
                raise forms.ValidationError(
                    _("“%(value)s” is not an option of “%(item)s”.")
                    % {"value": chosen, "item": item.label}
                )
        return list(dict.fromkeys(pairs))


class FaultsInSectionsError(StreamBlockValidationError):
    """Faults of sections, shown at each of them; the message is for the list above the form."""

    def __init__(self, messages: dict[int, list[str]]) -> None:
        errors = {index: forms.ValidationError(texts) for index, texts in messages.items()}
        super().__init__(errors)
        self.message = _("see the sections marked in red.")
