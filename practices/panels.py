"""The editing form of a practice: the ficha, item by item."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin import compare
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from . import vocabulary
from .vocabulary import Item


def heading(item: Item) -> Any:
    """Number and label of an item."""
    return format_lazy("{number} {label}", number=item.number, label=item.label)


class FactListPanel(InlinePanel):
    """Child rows of the original alone; the form of a translation has no such formset."""

    class BoundPanel(InlinePanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            form = kwargs.get("form")
            self.is_absent = form is not None and kwargs["panel"].relation_name not in form.formsets
            if self.is_absent:
                Panel.BoundPanel.__init__(self, **kwargs)
            else:
                super().__init__(**kwargs)

        def is_shown(self) -> bool:
            return not self.is_absent and super().is_shown()


class ChoicesComparison(compare.FieldComparison):
    """Comparison of the chosen values of an item between two revisions."""

    def __init__(self, field: Any, obj_a: Any, obj_b: Any) -> None:
        self.field = field
        self.val_a, self.val_b = (
            ", ".join(str(row) for row in getattr(obj, field.name).all()) for obj in (obj_a, obj_b)
        )

    def field_label(self) -> Any:
        return self.field.related_model.ITEM.label


class ChoicesPanel(FieldPanel):
    """Checkboxes of a closed item; the form stores them as child rows."""

    def get_comparison_class(self) -> type[ChoicesComparison]:
        return ChoicesComparison

    def get_form_options(self) -> dict[str, Any]:
        return {"fields": [self.field_name], "defer_required_on_fields": [self.field_name]}


def fact(item: Item, panel: type[FieldPanel] = FieldPanel, **kwargs: Any) -> FieldPanel:
    """Panel of a shared item, under its number, label and instructions."""
    return panel(item.key, heading=heading(item), help_text=item.help, **kwargs)


def fact_list(item: Item) -> FactListPanel:
    """Panel of a list of entities."""
    return FactListPanel(item.key, heading=heading(item), label=_("Entity"), help_text=item.help)


def practice_edit_handler() -> TabbedInterface:
    """The form of a practice in four tabs: profile, description, private contact, publication."""
    v = vocabulary
    profile = [
        TitleFieldPanel("title", heading=heading(v.TITLE), help_text=v.TITLE.help),
        fact(v.THEMES),
        FieldPanel("themes_other"),
        fact(v.TERRITORIAL_LEVEL, ChoicesPanel),
        FieldPanel("territorial_level_other"),
        fact(v.RESPONSIBLE_ENTITY),
        fact(v.PARENT_ENTITY),
        fact_list(v.ASSOCIATED_ENTITIES),
        fact_list(v.PARTICIPATING_ENTITIES),
        fact(v.CATEGORIES, ChoicesPanel),
        fact(v.DOCUMENTATION, ChoicesPanel),
        fact(v.TRANSFER_NEEDS, ChoicesPanel),
        FieldPanel("transfer_needs_other"),
        MultiFieldPanel(
            [fact(v.CONTACT_INSTITUTION), fact(v.INSTITUTIONAL_EMAIL)],
            heading=format_lazy("1.12 {label}", label=v.CONTACT_LABEL),
            help_text=_("These two are published; the person is in the tab “Private contact”."),
        ),
    ]
    description = [
        FieldPanel(
            "sections",
            heading=_("Description of the experience"),
            help_text=_(
                "One block for each item of section 2. The counter turns red over the limit; you "
                "can always save a draft."
            ),
        ),
        fact(v.SUCCESS_CRITERIA, ChoicesPanel),
    ]
    contact = [
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldPanel("contact_position"),
                FieldPanel("contact_email"),
            ],
            heading=format_lazy("1.12 {label}", label=v.CONTACT_LABEL),
            help_text=v.CONTACT_HELP,
        ),
    ]
    publication = [
        FieldPanel("slug", heading=_("Address")),
        FieldPanel("tags"),
        FieldPanel("picture"),
        FactListPanel("references", heading=_("References"), label=_("Reference")),
        FieldPanel("seo_title"),
        FieldPanel("search_description"),
        PublishingPanel(),
    ]
    return TabbedInterface(
        [
            ObjectList(profile, heading=_("1. Profile")),
            ObjectList(description, heading=_("2. Description")),
            ObjectList(contact, heading=_("Private contact")),
            ObjectList(publication, heading=_("Publication")),
        ]
    )
