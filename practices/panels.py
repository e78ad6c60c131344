"""The editing form of a practice: the ficha, item by item."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.forms import CheckboxSelectMultiple
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
)

from . import vocabulary
from .comparison import RowsComparison, SectionComparison, TagsComparison
from .translation.panels import (
    BesideOtherPanel,
    BesideSectionsPanel,
    BesideTagsPanel,
    BesideTitlePanel,
    FactsPanel,
    MarksPanel,
)
from .vocabulary import Item


class CountryPanel(Panel):
    """Item 1.1: the country that the practice lives under, which no form changes."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "practices/admin/country_panel.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            context["country"] = self.form.parent_page if self.form else None
            return context


class InlineFactsPanel(InlinePanel):
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


class RowsPanel(FieldPanel):
    """A closed item or a list of entities: one field of the form, stored as child rows."""

    def __init__(self, item: Item, help_text: Any = "", **_kwargs: Any) -> None:
        self.item = item
        self.own_help = help_text
        super().__init__(item.key, heading=item.heading, help_text=help_text or item.help)

    def clone_kwargs(self) -> dict[str, Any]:
        return {"item": self.item, "help_text": self.own_help}

    class BoundPanel(FieldPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(RowsComparison, self.panel.item)]


class SectionsPanel(BesideSectionsPanel):
    """Section 2 of the ficha; changes are shown item by item."""

    class BoundPanel(BesideSectionsPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(SectionComparison, item) for item in vocabulary.SECTIONS]


class TagsPanel(BesideTagsPanel):
    """Tags, compared whatever their order."""

    class BoundPanel(BesideTagsPanel.BoundPanel):
        def get_comparison(self) -> list[Any]:
            return [partial(TagsComparison, self.panel.db_field)]


def fact(item: Item, **kwargs: Any) -> FieldPanel:
    """Panel of an item, under its number, label and instructions."""
    return FieldPanel(item.key, heading=item.heading, help_text=item.help, **kwargs)


def other(item: Item) -> BesideOtherPanel:
    """Panel of the text that “other” asks for."""
    return BesideOtherPanel(f"{item.key}_other", help_text=_("Only if you ticked “Other” above."))


def entities(item: Item) -> RowsPanel:
    """Panel of a list of entities."""
    help_text = format_lazy("{help} {how}", help=item.help, how=_("Write one on each line."))
    return RowsPanel(item, help_text)


def practice_edit_handler(
    added: Iterable[Item] = (), left_out: frozenset[str] = frozenset()
) -> TabbedInterface:
    """The form of a practice in four tabs: profile, description, private contact, publication.

    `added` items stand at the end of the profile; those `left_out` have no panel.
    """
    v = vocabulary
    profile: list[Panel] = [
        MarksPanel(),
        HelpPanel(
            _(
                "A draft can be saved at any time, whatever is missing. Items with * are needed "
                "to send the ficha for review."
            )
        ),
        CountryPanel(
            heading=format_lazy("{number} {label}", number=v.COUNTRY.number, label=v.COUNTRY.label)
        ),
        BesideTitlePanel(
            "title",
            heading=format_lazy("{number} {label}", number=v.TITLE.number, label=v.TITLE.label),
            help_text=v.TITLE.help,
            classname="",
            placeholder=False,
        ),
        fact(v.THEMES, widget=CheckboxSelectMultiple),
        other(v.THEMES),
        RowsPanel(v.TERRITORIAL_LEVEL),
        other(v.TERRITORIAL_LEVEL),
        fact(v.RESPONSIBLE_ENTITY),
        fact(v.PARENT_ENTITY),
        entities(v.ASSOCIATED_ENTITIES),
        entities(v.PARTICIPATING_ENTITIES),
        RowsPanel(v.CATEGORIES),
        RowsPanel(v.DOCUMENTATION),
        RowsPanel(v.TRANSFER_NEEDS),
        other(v.TRANSFER_NEEDS),
        *(fact(item) for item in added),
        MultiFieldPanel(
            [
                FieldPanel("contact_institution", heading=v.CONTACT_INSTITUTION.label),
                FieldPanel(
                    "institutional_email",
                    heading=format_lazy("{label} *", label=v.INSTITUTIONAL_EMAIL.label),
                ),
            ],
            heading=format_lazy("1.12 {label}", label=v.CONTACT_LABEL),
            help_text=_("These two are published; the person is in the tab “Private contact”."),
        ),
        FactsPanel(heading=_("Facts of the original")),
    ]
    description = [
        SectionsPanel(
            "sections",
            heading=_("Description of the experience"),
            help_text=_(
                "One block for each item of section 2; the plus sign adds figures, links, "
                "documents and videos. The counter turns red over the limit; you can always save "
                "a draft."
            ),
        ),
        RowsPanel(
            v.SUCCESS_CRITERIA,
            _("Tick the criteria that the text of 2.6 shows; readers see them below it."),
        ),
    ]
    contact = [
        MultiFieldPanel(
            [FieldPanel(item.key, heading=item.label) for item in v.CONTACT if item.private],
            heading=format_lazy("1.12 {label}", label=v.CONTACT_LABEL),
            help_text=v.CONTACT_HELP,
        ),
    ]
    publication = [
        FieldPanel(
            "slug",
            heading=_("Address"),
            help_text=_("The last part of the address of the page. It follows the title."),
        ),
        TagsPanel(
            "tags",
            help_text=_("Words under which readers find the practice; part them with commas."),
        ),
        FieldPanel(
            "picture",
            help_text=_(
                "Only pictures whose use is permitted; give them a description and a credit."
            ),
        ),
        InlineFactsPanel(
            "references",
            heading=_("References"),
            label=_("Reference"),
            help_text=_("Sources that support what the ficha says."),
        ),
        MultiFieldPanel(
            [
                FieldPanel("seo_title", heading=_("Title for search engines"), help_text=""),
                FieldPanel(
                    "search_description", heading=_("Description for search engines"), help_text=""
                ),
            ],
            heading=_("Search engines"),
            classname="collapsed",
            help_text=_("Optional. Without them, search engines show the title and the summary."),
        ),
    ]
    names = left_out | {f"{key}_other" for key in left_out}
    profile = [panel for panel in profile if getattr(panel, "field_name", "") not in names]
    return TabbedInterface(
        [
            ObjectList(profile, heading=_("1. Profile")),
            ObjectList(description, heading=_("2. Description")),
            ObjectList(contact, heading=_("Private contact")),
            # Comments belong to no tab; their panel is a hidden part of the last.
            ObjectList([*publication, CommentPanel()], heading=_("Publication")),
        ]
    )
