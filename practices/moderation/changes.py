"""What changed in a practice since others last saw it."""

from typing import Any

from django.urls import reverse
from wagtail.models import Revision

from .events import lines_of
from .states import Action


def seen_before(practice: Any) -> Revision | None:
    """The text that reviewers or readers saw last before the latest one.

    The text that was returned last, or the published one where that is newer; None for a ficha
    that nobody has seen yet.
    """
    seen = (Action.RETURNED, Action.PUBLISHED)
    event = lines_of(practice).filter(action__in=seen).first()
    number = event.revision_id if event else practice.live_revision_id
    if number is None or number == practice.latest_revision_id:
        return None
    return Revision.objects.for_instance(practice).filter(pk=number).first()


def changes_url(practice: Any) -> str:
    """Address of the comparison of the latest text with the one seen before; empty without one."""
    before = seen_before(practice)
    if before is None:
        return ""
    return reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[practice.pk, before.pk, practice.latest_revision_id],
    )
