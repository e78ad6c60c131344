"""The form of a practice in the admin; API v3 writes through it as well."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug

from . import vocabulary
from .blocks import with_all
from .completeness import Fault, completeness
from .files.faults import refers_to_foreign_files
from .form_fields import ChoicesField, EntitiesField, FaultsInSectionsError, RowsField
from .moderation.access import may_see_contact
from .translation.beside import Beside
from .translation.marks import MarksForm
from .vocabulary import (
    CHOICE_ITEMS,
    ENTITY_ITEMS,
    PRIVATE_KEYS,
    SECTIONS,
    SHARED_SECTIONS,
    TRANSLATED_SECTIONS,
    Item,
)

FORBIDDEN = frozenset(
    (
        "country",
        "expire_at",
        "first_published_at",
        "go_live_at",
        "live",
        "locale",
        "locked",
        "owner",
    )
)
"""Names that no form of a practice takes: what they say follows from the tree and the workflow."""


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
        if self.is_bound and self.is_frozen:
            self._keep_comments_alone()
        if not self._may_see_contact:
            for name in PRIVATE_KEYS:
                self.fields.pop(name, None)
        if not self.instance.is_original:
            for name in (*self._shared_names, *PRIVATE_KEYS):
                self.fields.pop(name, None)
                self.formsets.pop(name, None)
        self._fill_initial()
        self._number_labels()
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if self._slug_is_fixed and "slug" in self.fields:
            self.fields["slug"].widget.attrs["readonly"] = True
            self.fields["slug"].help_text = _("Fixed at first publication; links rely on it.")

    @property
    def _may_see_contact(self) -> bool:
        """Whether the form is for somebody who sees the contact; not so where nobody is named."""
        if self.for_user is None:
            return False
        country = self.instance.country or self.parent_page.specific.iso_code
        return may_see_contact(self.for_user, country)

    @cached_property
    def is_frozen(self) -> bool:
        """Whether the text is under review: what is sent of it is not even looked at."""
        return bool(self.instance.pk and self.instance.workflow_in_progress)

    @cached_property
    def beside(self) -> Beside | None:
        """The original that a person who translates sees beside their text; None elsewhere."""
        if self.instance.is_original or self.for_user is None:
            return None
        return Beside(self.instance, self.for_user, self._marks, is_frozen=self.is_frozen)

    @cached_property
    def _marks(self) -> MarksForm:
        """What was sent of the sections of a translation beside their text."""
        return MarksForm(self.data)

    def _keep_comments_alone(self) -> None:
        for name in set(self.fields) - {"comment_notifications"}:
            del self.fields[name]
        for name in set(self.formsets) - {"comments"}:
            del self.formsets[name]

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
        for item in (*vocabulary.ITEMS, *self.instance.added_items):
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
        comments = self.formsets.get("comments")
        if comments and any(self._is_of_others(form) for form in comments.deleted_forms):
            self.add_error(None, _("A comment of another person can be resolved, not deleted."))
        if self.is_frozen:
            # The admin sends comments; who sends a text alone must not believe that it was stored.
            if "comments" not in self.formsets:
                self.add_error(None, _("The ficha is under review and cannot change."))
            return cleaned_data
        if forbidden := sorted(FORBIDDEN & set(self.data)):
            self.add_error(
                None,
                _("These cannot be set here: %(names)s.") % {"names": ", ".join(forbidden)},
            )
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

    def _is_of_others(self, form: Any) -> bool:
        """Whether a comment that is being deleted was written by somebody else."""
        author = form.instance.user_id
        return bool(author and self.for_user and author != self.for_user.pk)

    def clean_slug(self) -> str:
        # The browser fills it in from the title; who saves faster than it does loses nothing.
        slug = self.cleaned_data["slug"] or slugify(self.cleaned_data.get("title", "")) or "ficha"
        if self._slug_is_fixed and slug != self.initial.get("slug", slug):
            raise forms.ValidationError(
                _("The address was fixed at first publication and cannot change.")
            )
        # Two practices may have one title; a taken address gets a number, as Wagtail's copies do.
        return find_available_slug(self.parent_page, slug, ignore_page_id=self.instance.pk)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_frozen:
            return
        self._set_rows()
        if not self.instance.is_original:
            self.instance.marks = self._marks.marks(self.instance.original)
        if not self.is_deferred_validation:
            self._refuse_faults(completeness(self.instance))
        elif refers_to_foreign_files(self.instance):
            # Not even in a draft: form and preview would tell the title of the file.
            self.add_error(
                None,
                _("It refers to a private file of another country; choose one of your own."),
            )

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
            contact.note_change(practice, self.for_user)
            practice.changed_contact = contact
        return practice
