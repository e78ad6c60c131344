"""The form of a practice in the admin; API v3 writes through it as well."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.coreutils import find_available_slug

from . import vocabulary
from .blocks import with_all
from .completeness import Fault, completeness
from .vocabulary import (
    CHOICE_ITEMS,
    ENTITY_ITEMS,
    MAX_ENTITY_LENGTH,
    PRIVATE_KEYS,
    SECTIONS,
    SHARED_SECTIONS,
    TRANSLATED_SECTIONS,
    Item,
)


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


class PracticeForm(WagtailAdminPageForm):
    """The ficha. Drafts save with any fault; submitting and publishing need none."""

    territorial_level = ChoicesField(vocabulary.TERRITORIAL_LEVEL)
    categories = ChoicesField(vocabulary.CATEGORIES)
    documentation = ChoicesField(vocabulary.DOCUMENTATION)
    transfer_needs = ChoicesField(vocabulary.TRANSFER_NEEDS)
    success_criteria = ChoicesField(vocabulary.SUCCESS_CRITERIA)
    associated_entities = EntitiesField(vocabulary.ASSOCIATED_ENTITIES)
    participating_entities = EntitiesField(vocabulary.PARTICIPATING_ENTITIES)
    contact_name = forms.CharField(max_length=160, required=False)
    contact_position = forms.CharField(max_length=160, required=False)
    contact_email = forms.EmailField(required=False)
    choices = RowsField(CHOICE_ITEMS, "key")
    entities = RowsField(ENTITY_ITEMS, "name")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Fields declared here stand on every form of this class; keep those it was made for.
        asked = set(self._meta.fields or ())
        for name in set(self.declared_fields) - asked:
            self.fields.pop(name, None)
        if not self.instance.is_original:
            for name in (*self._shared_names, *PRIVATE_KEYS):
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
        self._fill_initial()
        self._number_labels()
        if self._slug_is_fixed and "slug" in self.fields:
            self.fields["slug"].widget.attrs["readonly"] = True
            self.fields["slug"].help_text = _("Fixed at first publication; links rely on it.")

    def _fill_initial(self) -> None:
        for item in CHOICE_ITEMS:
            if item.key in self.fields:
                self.initial[item.key] = [row.key for row in self.instance.rows(item)]
        for item in ENTITY_ITEMS:
            if item.key in self.fields:
                self.initial[item.key] = [row.name for row in self.instance.rows(item)]
        if "sections" in self.fields:
            items = SECTIONS if self.instance.is_original else TRANSLATED_SECTIONS
            self.initial["sections"] = with_all(self.instance.sections, items)
        if "contact_name" in self.fields:
            contact = self.instance.private_contact()
            for name in PRIVATE_KEYS:
                self.initial[name] = getattr(contact, name)

    def _number_labels(self) -> None:
        """Number and label of the ficha, so that lists of errors can be followed."""
        for item in vocabulary.ITEMS:
            for name in (item.key, f"{item.key}_other"):
                if name in self.fields:
                    field = self.fields[name]
                    label = item.label if name == item.key else field.label
                    field.label = f"{item.number} {label}"

    @property
    def _slug_is_fixed(self) -> bool:
        return bool(self.instance.first_published_at or not self.instance.is_original)

    @property
    def _shared_names(self) -> tuple[str, ...]:
        """Every name under which a form may hold shared facts."""
        rows = (item.key for item in (*CHOICE_ITEMS, *ENTITY_ITEMS))
        return (*self.instance.shared_names(), *rows)

    def clean(self) -> Any:
        cleaned_data = super().clean()
        if not self.instance.is_original and self._sends_shared_facts(cleaned_data):
            self.add_error(
                None, _("Facts shared by all languages are written on the original only.")
            )
        return cleaned_data

    def _sends_shared_facts(self, cleaned_data: dict[str, Any]) -> bool:
        """Whether a translation was sent what only its original holds."""
        sections = {block.block_type for block in cleaned_data.get("sections") or ()}
        names = {key.partition("-")[0] for key in self.data}
        return bool(sections & SHARED_SECTIONS or names & set(self._shared_names))

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if self._slug_is_fixed and slug != self.initial.get("slug", slug):
            raise forms.ValidationError(
                _("The address was fixed at first publication and cannot change.")
            )
        # Two practices may have one title; a taken address gets a number, as Wagtail's copies do.
        return find_available_slug(self.parent_page, slug, ignore_page_id=self.instance.pk)

    def _post_clean(self) -> None:
        super()._post_clean()
        self._set_rows()
        if not self.is_deferred_validation:
            self._refuse_faults(completeness(self.instance))

    def _set_rows(self) -> None:
        """Give the instance its rows and themes now, so that rules and previews see them."""
        if self.parent_page and not self.instance.country:
            self.instance.country = self.parent_page.specific.iso_code
        self._set_relation("choices", "key", CHOICE_ITEMS)
        self._set_relation("entities", "name", ENTITY_ITEMS)
        if "themes" in self.cleaned_data:
            self.instance.themes = list(self.cleaned_data["themes"])

    def _set_relation(self, relation: str, value_name: str, items: Iterable[Item]) -> None:
        """Replace the rows of the items that the form holds; rows that stay keep their keys."""
        manager = getattr(self.instance, relation)
        stored = {(row.item, getattr(row, value_name)): row for row in manager.all()}
        if relation in self.cleaned_data:
            wanted = self.cleaned_data[relation]
        elif any(item.key in self.cleaned_data for item in items):
            wanted = [
                (item.key, value)
                for item in items
                for value in self.cleaned_data.get(
                    item.key, [value for key, value in stored if key == item.key]
                )
            ]
        else:
            return
        rows = []
        for order, (key, value) in enumerate(dict.fromkeys(wanted)):
            row = stored.get((key, value)) or manager.model(item=key, **{value_name: value})
            if hasattr(row, "sort_order"):
                row.sort_order = order
            rows.append(row)
        manager.set(rows)

    def _refuse_faults(self, faults: list[Fault]) -> None:
        """Show each fault where it is, and all of them in the list above the form."""
        if not faults:
            return
        self.add_error(
            None, _("The ficha is not complete yet. A draft can be saved; to send it, mend these:")
        )
        in_blocks: dict[int, list[str]] = {}
        for fault in faults:
            index = self._block_index(fault)
            if fault.field in self.fields and fault.field != "sections":
                self.add_error(fault.field, fault.message)
                continue
            self.add_error(None, str(fault))
            if index is not None:
                in_blocks.setdefault(index, []).append(fault.message)
        if in_blocks and "sections" in self.fields:
            self.add_error("sections", FaultsInSectionsError(in_blocks))

    def _block_index(self, fault: Fault) -> int | None:
        if fault.field != "sections":
            return None
        types = [block.block_type for block in self.instance.sections]
        return types.index(fault.item.key) if fault.item.key in types else None

    def save(self, commit: bool = True) -> Any:
        practice = super().save(commit=commit)
        if any(name in self.changed_data for name in PRIVATE_KEYS):
            contact = practice.private_contact()
            for name in PRIVATE_KEYS:
                setattr(contact, name, self.cleaned_data[name])
            practice.changed_contact = contact
        return practice
