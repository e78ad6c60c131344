"""The editing form of a publication."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PageChooserPanel,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)


class FrozenPanel(Panel):
    """The practices of the list as they were found, and when."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "practices/admin/publication_list.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            page = self.instance
            stored = apps.get_model("practices", "PracticePage").objects.select_related("record")
            found = stored.defer_streamfields().in_bulk(page.frozen)
            context["practices"] = [found[key] for key in page.frozen if key in found]
            return context


class EditionsPanel(Panel):
    """What was published so far, with its files."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "practices/admin/publication_editions.html"

        def is_shown(self) -> bool:
            return super().is_shown() and self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            editions = self.instance.editions.defer("data", "contents").order_by("-number")
            context["editions"] = editions.prefetch_related("files")
            return context


def publication_edit_handler() -> TabbedInterface:
    """The form: what it says, which practices, how the file is made; then its address."""
    practices = [
        HelpPanel(
            _(
                "Choose in one of two ways: pick practices one by one, in the order that you want; "
                "or paste the address of a list."
            )
        ),
        MultipleChooserPanel(
            "choices",
            chooser_field_name="practice",
            heading=_("Picked practices"),
            label=_("Practice"),
            panels=[PageChooserPanel("practice", "practices.PracticePage")],
        ),
        FieldPanel(
            "list_address",
            help_text=_(
                "Open a list on the site (all practices, a country, a theme, a search), choose its "
                "filters, and copy the address here. When you save, the practices of that moment "
                "are kept; what is published later does not come in by itself."
            ),
        ),
        FrozenPanel(heading=_("What the list holds")),
        FieldPanel("freeze_again"),
    ]
    file = [
        FieldPanel(
            "languages",
            help_text=_(
                "With both, each practice comes in Spanish and in Portuguese, where it has both. "
                "Cover and contents are in the language of this part of the site."
            ),
        ),
        FieldPanel("design"),
        FieldPanel("grouping"),
    ]
    content = [
        HelpPanel(
            _(
                "Save as often as you like. Then send it for review: another of those who review "
                "approves it, and it is published as it stands, with its PDF and Word "
                "files. Later corrections of a ficha do not change it. To renew it, change it and "
                "send it for review again: that makes a new edition."
            )
        ),
        TitleFieldPanel("title"),
        FieldPanel("cover"),
        FieldPanel("preface"),
        MultiFieldPanel(practices, heading=_("Practices")),
        MultiFieldPanel(file, heading=_("The file")),
        EditionsPanel(heading=_("Published editions")),
    ]
    address = [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")]
    return TabbedInterface(
        [
            ObjectList(content, heading=_("Publication")),
            # Comments belong to no tab; their panel is a hidden part of the last.
            ObjectList([*address, CommentPanel()], heading=_("Address")),
        ]
    )
