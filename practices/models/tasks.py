"""The tasks of the workflow: a country's endorsement, then the Secretaría's approval."""

from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, TaskState

from practices.moderation import events, review
from practices.moderation.access import Role, oversees, people
from practices.moderation.locks import ReviewLock
from practices.moderation.states import Action


class ReviewTask(AbstractGroupApprovalTask):
    """What both tasks share: the text is frozen, and a decision names the text it is about."""

    lock_class = ReviewLock
    decision: Action
    """What a favourable decision is called in the log."""
    decision_label: Any
    """What the button of a favourable decision says."""
    decision_name: str
    """Name of the favourable action. Not Wagtail's “approve”: who may approve could cancel too."""

    class Meta:
        abstract = True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Return with a reason, or decide favourably; nobody decides on work of their own."""
        if not super().get_actions(obj, user):
            return []
        actions = [(review.RETURN, _("Return with a reason"), True)]
        if not review.is_own_work(obj, user) or user.is_superuser:
            actions.insert(0, (self.decision_name, self.decision_label, True))
        return actions

    def get_form_for_action(self, action: str) -> type[review.ReviewForm]:
        return review.ReturnForm if action == review.RETURN else review.ReviewForm

    def get_template_for_action(self, _action: str) -> str:
        return "practices/admin/review_modal.html"

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Decide on exactly the text that the reviewer saw.

        Takes `comment`, `revision` and `revision_created_at` (see `review.ReviewForm`). Raises
        ReviewRefusedError, having changed nothing.
        """
        review.decide(self, task_state, user, action_name, kwargs)

    def user_can_lock(self, _obj: Any, _user: Any) -> bool:
        """Nobody: the text is frozen anyway, and a lock of one person would outlive the review."""
        return False


class EndorsementTask(ReviewTask):
    """A country's focal point endorses. One task for each country, since whoever may act in a task
    may open every page that is in it.
    """

    country = models.CharField(_("country"), max_length=2, unique=True)

    decision = Action.ENDORSED
    decision_label = _("Endorse")
    decision_name = "endorse"
    admin_form_fields = [*AbstractGroupApprovalTask.admin_form_fields, "country"]

    class Meta:
        verbose_name = _("endorsement by the focal point")
        verbose_name_plural = _("endorsements by focal points")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """As for all reviews; where no focal point is left, the Secretaría goes on without."""
        if self._stranded_with(user):
            return [
                (review.SKIP, _("Go on without endorsement"), True),
                (review.RETURN, _("Return with a reason"), True),
            ]
        return super().get_actions(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return super().locked_for_user(obj, user) and not self._stranded_with(user)

    def _stranded_with(self, user: Any) -> bool:
        return oversees(user) and not people(Role.FOCAL_POINT, self.country).exists()

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begin a round of moderation: this task is the first of every workflow.

        The endorsement is skipped for translations, and where a country has no focal point.
        """
        practice = workflow_state.content_object.specific
        events.record(practice, Action.SUBMITTED, user)
        reason = review.reason_to_skip(self, practice)
        if not reason:
            return super().start(workflow_state, user=user)
        events.record(practice, Action.ENDORSEMENT_SKIPPED, None, comment=reason)
        skipped = TaskState(
            workflow_state=workflow_state,
            task=self,
            revision=practice.get_latest_revision(),
            status=TaskState.STATUS_SKIPPED,
            comment=gettext(reason),
        )
        skipped.save()
        return skipped


class ApprovalTask(ReviewTask):
    """The Secretaría Técnica approves; the text it approves is published at once."""

    decision = Action.APPROVED
    decision_label = _("Approve and publish")
    decision_name = "approve_and_publish"

    class Meta:
        verbose_name = _("approval by the Secretaría")
        verbose_name_plural = _("approvals by the Secretaría")

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begin once the country has endorsed this very text.

        Wagtail resumes a returned workflow at the task that returned it; a corrected text goes to
        the focal point first again.
        """
        first = workflow_state.get_next_task()
        if first and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        page = workflow_state.content_object.specific
        if not page.has_stored_state:  # a publication: this task is the only one of its workflow
            events.record(page, Action.SUBMITTED, user)
        return super().start(workflow_state, user=user)
