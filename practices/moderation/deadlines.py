"""How long a practice has waited: the traffic light of lists and mails, and when to remind."""

from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from .states import WAITING

REVIEW_DAYS = {"soon": 5, "late": 10}
"""Whole days of waiting from which a review is due soon, and late (`PRACTICES_REVIEW_DAYS`)."""

REMINDER_DAYS = 7
"""Whole days of waiting after which one reminder goes out (`PRACTICES_REMINDER_DAYS`)."""


class Light(TextChoices):
    """How urgent a waiting practice is; the label says it without the colour."""

    GREEN = "green", _("In time")
    YELLOW = "yellow", _("Due soon")
    RED = "red", _("Late")


def light(status: Any) -> Light:
    """The traffic light of a ModerationStatus.

    Green where nobody has to review; else by the days since the practice came into its state.
    """
    if status.state not in WAITING:
        return Light.GREEN
    days = getattr(settings, "PRACTICES_REVIEW_DAYS", REVIEW_DAYS)
    if status.days >= days["late"]:
        return Light.RED
    return Light.YELLOW if status.days >= days["soon"] else Light.GREEN


def reminder_days() -> int:
    """Whole days of waiting after which one reminder goes out."""
    return getattr(settings, "PRACTICES_REMINDER_DAYS", REMINDER_DAYS)
