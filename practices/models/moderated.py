"""A page whose text stands still while others review it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.models import COMMENTS_RELATION_NAME, Comment, Page, Revision, WorkflowState

from practices.moderation import events
from practices.moderation.locks import OF_PRACTICES
from practices.moderation.permissions import PracticePermissionTester
from practices.moderation.review import UnderReviewError

from .mixins import PracticeMixin

PAGE_TEXTS = ("title", "slug", "seo_title", "search_description")
"""Fields of Wagtail's page that belong to the text of a practice."""


class ModeratedMixin(models.Model):
    """Saving a practice beside its moderation: nothing that is reviewed changes under the reviewer.

    A text under review takes comments and nothing else. What a task has reviewed is never
    overwritten. A page that was published while somebody edited it stays published; their text is
    kept as a draft.
    """

    class Meta:
        abstract = True

    words_of_review = OF_PRACTICES
    has_stored_state = True
    """Whether lists and queues know where its text stands (`ModerationStatus`)."""
    first_task = "endorsementtask"
    """What every workflow of such a page begins with."""

    _stored_live: bool | None = None

    @classmethod
    def from_db(cls, db: Any, field_names: Any, values: Any) -> Any:
        page = super().from_db(db, field_names, values)
        page._stored_live = page.__dict__.get("live")
        return page

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)
        page._stored_live = self._stored_live
        return page

    def get_workflow(self) -> Any:
        """The workflow of the country; None where that is away, or another stands in its place.

        Without our own first task nothing would be written down, nor the text frozen.
        """
        workflow = super().get_workflow()
        first = workflow.tasks.filter(active=True).first() if workflow else None
        return workflow if first and hasattr(first, self.first_task) else None

    def in_log(self) -> dict[str, Any]:
        """What a line of the moderation log says of it, beside title and language."""
        return {"page_id": self.pk, "code": self.code, "country": self.country}  # type: ignore[attr-defined]

    @property
    def written_names(self) -> list[str]:
        """Names of what people wrote, comments aside."""
        names = [field.name for field in PracticeMixin._meta.get_fields()]
        return [*names, *PAGE_TEXTS, "choices", "entities", "references", "tagged_items"]

    def permissions_for_user(self, user: Any) -> PracticePermissionTester:
        """What a person may do with the practice."""
        return PracticePermissionTester(user, self)

    @transaction.atomic
    def save_revision(
        self, user: Any = None, *args: Any, overwrite_revision: Any = None, **kwargs: Any
    ) -> Revision:
        """As Wagtail's, unless the text is under review: then comments alone are saved.

        Raises UnderReviewError where the text is another than the one under review.
        """
        # Saves, submissions and decisions of one practice come one after the other.
        Page.objects.select_for_update().get(pk=self.pk)
        latest = Revision.objects.for_instance(self).order_by("-created_at", "-pk").first()
        changed = latest is None or self._text() != self._text(latest.content)
        if latest and self._is_under_review():
            if changed:
                raise UnderReviewError(
                    _("The ficha is under review and cannot change; comments can be saved.")
                )
            return self._save_comments(latest)
        if overwrite_revision and overwrite_revision.task_states.exists():
            overwrite_revision = None
        revision = super().save_revision(
            user, *args, overwrite_revision=overwrite_revision, **kwargs
        )
        if changed:
            events.mark_edited(self)
        return revision

    def _is_under_review(self) -> bool:
        states = WorkflowState.objects.for_instance(self)
        return states.filter(status=WorkflowState.STATUS_IN_PROGRESS).exists()

    def _text(self, content: dict[str, Any] | None = None) -> dict[str, Any]:
        """What of a revision (default: of this object) people wrote, comments aside."""
        data = self.serializable_data() if content is None else content  # type: ignore[attr-defined]
        return {name: data.get(name) for name in self.written_names}

    def _save_comments(self, latest: Revision) -> Revision:
        self.save(update_fields=[COMMENTS_RELATION_NAME], clean=False)  # type: ignore[call-arg]
        new = Comment.objects.filter(page_id=self.pk, revision_created=None)
        new.update(revision_created=latest)
        return latest

    def was_published_meanwhile(self) -> bool:
        """Whether the stored page went live after this object was read. Holds the page's row.

        Writing the object would take the page down again, unseen by all.
        """
        if self.pk is None or self.live or self._stored_live is not False:  # type: ignore[attr-defined]
            return False
        stored = Page.objects.select_for_update().filter(pk=self.pk, live=True).first()
        if stored is None:
            return False
        for name in ("live", "live_revision_id", "first_published_at", "last_published_at"):
            setattr(self, name, getattr(stored, name))
        self._stored_live = True
        return True

    def refuse_schedule(self) -> None:
        """Refuse dates of publication: Wagtail would publish without a person looking.

        Raises ValidationError.
        """
        if self.go_live_at or self.expire_at:  # type: ignore[attr-defined]
            raise ValidationError(
                _("A practice is published by approval, not on a date; leave the dates empty.")
            )
