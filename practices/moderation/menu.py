"""The menu at the foot of the form of a practice: what one can do next, in plain words."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    RestartWorkflowMenuItem,
    SaveDraftMenuItem,
    SubmitForModerationMenuItem,
    WorkflowMenuItem,
)
from wagtail_localize.wagtail_hooks import (
    ConvertToAliasPageActionMenuItem,
    RestartTranslationPageActionMenuItem,
)

from practices.models import CountryPage, PracticePage, PublicationIndexPage, PublicationPage

from .access import oversees
from .review import RETURN
from .withdrawal import may_withdraw


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Wagtail's, without the name of the workflow."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        page = context.get("page")
        state = page.current_workflow_state if page else None
        context["label"] = _("Send again for review") if state else _("Send for review")
        return context


class DecisionMenuItem(WorkflowMenuItem):
    """A decision of a reviewer, about the text as it was when the form was opened."""

    template_name = "practices/admin/review_menu_item.html"

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        page, state = context["page"], context["current_task_state"]
        url = reverse(
            "wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, self.name, state.pk]
        )
        seen = {
            "revision": page.latest_revision_id,
            "revision_created_at": page.latest_revision_created_at.isoformat(),
        }
        context["modal_url"] = f"{url}?{urlencode(seen)}"
        return context


class WithdrawMenuItem(ActionMenuItem):
    """Take the practice back from review."""

    name = "action-cancel-workflow"
    label = _("Withdraw from review")
    icon_name = "undo"

    def is_shown(self, context: Any) -> bool:
        return context["view"] == "edit" and may_withdraw(context["page"], context["request"].user)


class SaveCommentsMenuItem(SaveDraftMenuItem):
    """Wagtail's, named by what it does while the text is under review."""

    label = _("Save comments")
    template_name = ActionMenuItem.template_name
    icon_name = "comment"


class ForceMenuItem(ActionMenuItem):
    """Mark a published practice as no longer in force, or as in force again."""

    name = "practice-force"
    icon_name = "history"

    def is_shown(self, context: Any) -> bool:
        page = context.get("page")
        if not isinstance(page, PracticePage):
            return False
        return bool(page.facts.live and page.code and oversees(context["request"].user))

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        in_force = context["page"].facts.record.in_force
        context["label"] = _("Mark as no longer in force") if in_force else _("Mark as in force")
        return context

    def get_url(self, context: Any) -> str:
        return reverse("practice_force", args=[context["page"].facts.pk])


ABSENT = (
    CancelWorkflowMenuItem,
    ConvertToAliasPageActionMenuItem,
    RestartTranslationPageActionMenuItem,
    RestartWorkflowMenuItem,
    WorkflowMenuItem,
)


MODERATED = (PracticePage, PublicationPage, CountryPage, PublicationIndexPage)
"""Pages that go through moderation, and those below which they begin."""


def arrange(items: list[Any], _request: HttpRequest, context: dict[str, Any]) -> None:
    """Put our items into the menu of a practice or a publication.

    Hook `construct_page_action_menu`.
    """
    page = context.get("page")
    if not isinstance(page or context.get("parent_page"), MODERATED):
        return
    if not isinstance(page, PracticePage | PublicationPage | None):
        return
    decisions = [
        DecisionMenuItem(item.name, item.label, launch_modal=True, icon_name=_icon(item.name))
        for item in items
        if isinstance(item, WorkflowMenuItem)
    ]
    kept = [_replaced(item, page) for item in items if not isinstance(item, ABSENT)]
    added = [item for item in (WithdrawMenuItem(), ForceMenuItem()) if item.is_shown(context)]
    items[:] = [*decisions, *kept, *added]


def _icon(name: Any) -> str:
    return "edit" if name == RETURN else "success"


def _replaced(item: Any, page: Any) -> Any:
    if isinstance(item, SubmitForModerationMenuItem):
        return SubmitMenuItem(order=item.order)
    if isinstance(item, SaveDraftMenuItem) and page and page.workflow_in_progress:
        return SaveCommentsMenuItem(order=item.order)
    return item
