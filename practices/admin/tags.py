"""The tags of practices, kept by the Secretaría beside the themes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from taggit.models import Tag
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.snippets.views.snippets import (
    EditView,
    IndexView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from practices.spellings import namesake, with_practices
from practices.tagging import merge, under_review
from practices.viewsets import ThemeViewSet

from .alike_tags import IN_REVIEW, AlikeTagsView, misspelled


class TagForm(WagtailAdminModelForm):
    """The name of a tag; its address stays, so that links to it go on."""

    merge = forms.BooleanField(
        label=gettext_lazy("Merge with the tag that has this name"),
        help_text=gettext_lazy(
            "Everything that has this tag gets the other one, and this tag disappears."
        ),
        required=False,
    )
    merge_into: Tag | None = None

    class Meta:
        model = Tag
        fields = ["name"]

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        other = namesake(cleaned.get("name", ""), self.instance)
        if other and not (self.instance.pk and cleaned.get("merge")):
            raise ValidationError(
                {
                    "name": _("There is a tag “%(tag)s” already. To join both, tick “Merge”.")
                    % {"tag": other.name}
                }
            )
        if other and under_review(self.instance):
            raise ValidationError({"name": IN_REVIEW})
        self.merge_into = other
        return cleaned

    def validate_unique(self) -> None:
        if self.merge_into is None:
            super().validate_unique()

    def save(self, commit: bool = True) -> Tag:
        """The renamed tag, or the one that it was merged with."""
        if self.merge_into is None:
            return super().save(commit=commit)
        merge(Tag.objects.get(pk=self.instance.pk), self.merge_into)
        return self.merge_into


class TagEditView(EditView):
    """The form of a tag; says so where it was merged."""

    def get_success_message(self) -> str:
        if self.form.merge_into:
            return _("The tag was merged with “%(tag)s”.") % {"tag": self.form.merge_into.name}
        return super().get_success_message()


ALIKE = "wagtailsnippets_taggit_tag:alike"


class TagIndexView(IndexView):
    """The list of tags, and how many of them are written in several ways."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(alike=misspelled(), alike_url=reverse(ALIKE), **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Wagtail's, and the way to all groups, words of two languages included."""
        url = reverse(ALIKE)
        button = Button(AlikeTagsView.page_title, url=url, icon_name="tag", priority=50)
        return [*super().header_more_buttons, button]


def uses(tag: Any) -> str:
    """How many practices have a tag, in words."""
    return ngettext("%(count)d practice", "%(count)d practices", tag.practices) % {
        "count": tag.practices
    }


class TagViewSet(SnippetViewSet):
    """Tags: rename, merge, delete. They are born in the fichas."""

    model = Tag
    icon = "tag"
    index_view_class = TagIndexView
    index_template_name = "practices/admin/tags.html"
    edit_view_class = TagEditView
    edit_handler = ObjectList([FieldPanel("name"), FieldPanel("merge")], base_form_class=TagForm)
    list_display: list[Any] = [
        "name",  # by its name alone Wagtail makes it a link to the form
        Column("uses", label=gettext_lazy("Used by"), accessor=uses, sort_key="practices"),
    ]
    list_per_page = 50
    ordering = "name"
    search_fields = ["name"]
    search_backend_name: str | None = None
    copy_view_enabled = False
    add_to_reference_index = False

    def get_queryset(self, request: Any) -> QuerySet[Tag]:
        """Tags with the number of practices that have them."""
        return with_practices()

    def get_urlpatterns(self) -> list[URLPattern]:
        """Wagtail's, and the page of the tags that are written in several ways."""
        view = self.construct_view(AlikeTagsView)
        return [*super().get_urlpatterns(), path("alike/", view, name="alike")]


class ThemesAndTags(SnippetViewSetGroup):
    """One menu entry for both."""

    items = (ThemeViewSet, TagViewSet)
    menu_label = gettext_lazy("Classification")
    menu_icon = "tag"
    menu_order = 300
