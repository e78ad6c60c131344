"""When the text of a translation stands still for tools as it does for people."""

from typing import Any

from django.utils.translation import gettext_lazy

from practices.moderation.review import UnderReviewError

UNDER_REVIEW = gettext_lazy(
    "The translation is under review and cannot change until it is decided. Nothing was lost; try "
    "again after the decision, or withdraw it from review first."
)
LOCKED = gettext_lazy(
    "The translation is locked and cannot change now. Nothing was lost; try again once it is "
    "unlocked."
)


def refuse_if_closed(page: Any, user: Any) -> None:
    """Refuse to change a translation under review, or locked. Raises UnderReviewError."""
    if page.workflow_in_progress:
        raise UnderReviewError(UNDER_REVIEW)
    if user and page.permissions_for_user(user).page_locked():
        raise UnderReviewError(LOCKED)
