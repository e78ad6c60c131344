"""The editing form of a practice: the ficha, item by item."""

from functools import partial
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


class RowsComparison(compare.FieldComparison):
    """Comparison of the rows of one item between two revisions."""

    def __init__(self, item: Item, obj_a: Any, obj_b: Any) -> None:
        self.item = item
        self.val_a, self.val_b = (
            ", ".join(str(row) for row in practice.rows(item)) for practice in (obj_a, obj_b)
        )

    def field_label(self) -> Any:
        return self.item.label


class RowsPanel(FieldPanel):
    """A closed item or a list of entities: one field of the form, stored as child rows."""

    def __init__(self, item: Item, **kwargs: Any) -> None:
        self.item = item
        kwargs.pop("field_name", None)
        super().__init__(item.key, heading=heading(item), help_text=item.help)

    def clone_kwargs(self) -> dict[str, Any]:
        return {"item": self.item}

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(RowsComparison, self.panel.item)]


def fact(item: Item) -> FieldPanel:
    """Panel of an item, under its number, label and instructions."""
    return FieldPanel(item.key, heading=heading(item), help_text=item.help)


def practice_edit_handler() -> TabbedInterface:
    """The form of a practice in four tabs: profile, description, private contact, publication."""
    v = vocabulary
    profile = [
        TitleFieldPanel("title", heading=heading(v.TITLE), help_text=v.TITLE.help),
        fact(v.THEMES),
        FieldPanel("themes_other"),
        RowsPanel(v.TERRITORIAL_LEVEL),
        FieldPanel("territorial_level_other"),
        fact(v.RESPONSIBLE_ENTITY),
        fact(v.PARENT_ENTITY),
        RowsPanel(v.ASSOCIATED_ENTITIES),
        RowsPanel(v.PARTICIPATING_ENTITIES),
        RowsPanel(v.CATEGORIES),
        RowsPanel(v.DOCUMENTATION),
        RowsPanel(v.TRANSFER_NEEDS),
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
        RowsPanel(v.SUCCESS_CRITERIA),
    ]
    contact = [
        MultiFieldPanel(
            [FieldPanel(item.key, heading=item.label) for item in v.CONTACT if item.private],
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
