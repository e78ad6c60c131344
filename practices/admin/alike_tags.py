"""Tags that are written in several ways, offered to be merged."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from taggit.models import Tag
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from practices.languages import content_languages
from practices.spellings import Alike, merge_all, spelled_alike

IN_REVIEW = gettext_lazy(
    "A ficha under review has this tag; wait until it is decided, then try again."
)


CHANGED = gettext_lazy("These tags have changed meanwhile. Look at the list again.")


def _of_one_language(groups: list[Alike]) -> list[Alike]:
    return [group for group in groups if not group.crosses_languages]


def misspelled() -> int:
    """How many groups of tags there are that are one word of one language."""
    return len(_of_one_language(spelled_alike()))


class AlikeTagsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The groups; one chooses which name stays, confirms, and they are merged.

    A post names groups (`group`, or `all` that are of one language) and the tag that stays of each
    (`keep-GROUP`). Without `confirmed` it is asked back; with it, `tags-GROUP` says what was
    confirmed.
    """

    model = Tag
    permission_required = "change"
    template_name = "practices/admin/alike_tags.html"
    page_title = gettext_lazy("Tags written in several ways")
    header_icon = "tag"
    index_url_name = ""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        tags = capfirst(self.model._meta.verbose_name_plural)
        return [
            *self.breadcrumbs_items,
            {"url": reverse(self.index_url_name), "label": tags},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = [
            (group, [(tag, self._language_names(group, tag)) for tag in group.tags])
            for group in self._groups
        ]
        return super().get_context_data(
            groups=rows, may_merge_all=_of_one_language(self._groups), **kwargs
        )

    def _language_names(self, group: Alike, tag: Tag) -> str:
        codes = group.languages.get(tag.pk, set())
        return ", ".join(str(name) for code, name in content_languages() if code in codes)

    @cached_property
    def _groups(self) -> list[Alike]:
        """All groups, as they are now."""
        return spelled_alike()

    def post(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        """Ask, or merge."""
        asked = [
            (group, self._kept(group))
            for group in self._groups
            if str(group.key) in request.POST.getlist("group")
            or ("all" in request.POST and not group.crosses_languages)
        ]
        if not asked:
            messages.warning(request, CHANGED)
        elif "confirmed" in request.POST:
            self._merge(asked)
        else:
            self.template_name = "practices/admin/alike_tags_confirm.html"
            merges = [(group, kept, group.others(kept)) for group, kept in asked]
            return self.render_to_response(self.get_context_data(merges=merges))
        return redirect(request.path if misspelled() else reverse(self.index_url_name))

    def _kept(self, group: Alike) -> Tag:
        """The tag of a group that was chosen to stay; the proposed one where none was."""
        chosen = self.request.POST.get(f"keep-{group.key}")
        return next((tag for tag in group.tags if str(tag.pk) == chosen), group.best)

    def _merge(self, asked: list[tuple[Alike, Tag]]) -> None:
        merged = 0
        for group, kept in asked:
            unchanged = self.request.POST.get(f"tags-{group.key}") == group.numbers
            if unchanged and merge_all(kept, group.others(kept)):
                merged += 1
            else:
                reason = CHANGED if group.may_merge(kept) else IN_REVIEW
                messages.error(self.request, f"{kept.name}: {reason}")
        if merged:
            text = ngettext(
                "%(count)d group of tags was merged.",
                "%(count)d groups of tags were merged.",
                merged,
            )
            messages.success(self.request, text % {"count": merged})
