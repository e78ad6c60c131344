"""The states of a practice on its way to the public, the same in code, API, lists, mails and log."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where the latest text of a language version stands.

    A published practice that is edited again is a draft, or submitted, while its last approved
    version stays public. “No longer in force” is no state: it is written on the practice's record.
    """

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ENDORSED = "endorsed", _("Endorsed")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Unpublished")


WAITING = (State.SUBMITTED, State.ENDORSED)
"""States in which somebody else has to act; the text is frozen meanwhile."""


class Action(TextChoices):
    """What happened to a practice; each is one line of the moderation log."""

    SUBMITTED = "submitted", _("Submitted")
    ENDORSED = "endorsed", _("Endorsed by the focal point")
    ENDORSEMENT_SKIPPED = "endorsement_skipped", _("Endorsement skipped")
    RETURNED = "returned", _("Returned for corrections")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    APPROVED = "approved", _("Approved")
    PUBLISHED = "published", _("Published")
    UNPUBLISHED = "unpublished", _("Unpublished")
    ARCHIVED = "archived", _("Marked as no longer in force")
    REINSTATED = "reinstated", _("Marked as in force again")
    OUTDATED = "outdated", _("Translation out of date")


RESULT = {
    Action.SUBMITTED: State.SUBMITTED,
    Action.ENDORSED: State.ENDORSED,
    Action.RETURNED: State.RETURNED,
    Action.WITHDRAWN: State.WITHDRAWN,
    Action.PUBLISHED: State.PUBLISHED,
    Action.UNPUBLISHED: State.UNPUBLISHED,
}
"""The state that an action leads to; the others leave it as it is."""
