"""Which text a request is about, so that nobody undoes what others did."""

from http import HTTPStatus
from typing import Any

from django.utils.translation import gettext as _
from ninja import Header

from practices.moderation import review

from .problems import Problem


def etag(practice: Any) -> str:
    """The name of the latest text of a practice, read anew.

    Number and time of its revision: the admin's form, saving by itself, overwrites revisions.
    """
    revision = practice.get_latest_revision()
    return f'"{revision.pk}-{revision.created_at:%Y%m%d%H%M%S%f}"'


def hold(practice: Any) -> Any:
    """Hold a practice until the transaction ends, and read it anew, so that requests about one
    practice come one after the other.
    """
    return review.lock(practice.pk)


IF_MATCH: Any = Header(  # type: ignore[type-arg]
    None,
    alias="If-Match",
    description="The `ETag` of the text that was read: refused with 412 where it is another by now.",
)
"""The parameter of operations that change something."""


def require_match(if_match: str | None, practice: Any, *, needed: bool = False) -> None:
    """Refuse where `If-Match` names another text than the latest one; hold the practice before.

    Raises Problem: 412, or 428 where it must be there and is not.
    """
    sent = (if_match or "").split(",")
    names = [name.strip().removeprefix("W/") for name in sent if name.strip()]
    # “*” anywhere in the list fits every text, and so names none.
    if needed and (not names or "*" in names):
        raise Problem(
            HTTPStatus.PRECONDITION_REQUIRED,
            _("Say which text you read: send the ETag of the draft as If-Match."),
        )
    if names and "*" not in names and etag(practice) not in names:
        raise Problem(
            HTTPStatus.PRECONDITION_FAILED,
            _("The text is another by now; read it again. Nothing was changed."),
        )
