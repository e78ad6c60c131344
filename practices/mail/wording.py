"""What the mails say: what happened, and what to do."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


@dataclass(frozen=True)
class Wording:
    """Texts of one kind of mail. `lead` may name %(person)s, %(country)s, %(days)s and
    %(secretariat)s.

    `public` mails link to the published page, the others to the ficha in the admin.
    """

    subject: Any
    lead: Any
    button: Any
    quote: Any = ""
    must_act: bool = False
    public: bool = False


OPEN = _("Open the ficha")
DECIDE = _("Read and decide")
CORRECT = _("Correct the ficha")
REASON = _("Reason")
REMARK = _("Remark")

ENDORSE = Wording(
    _("to endorse"),
    _("%(person)s sent this ficha for review. Please endorse it, or return it with a reason."),
    DECIDE,
    must_act=True,
)
REVIEW = Wording(
    _("to review"),
    _("%(person)s sent this ficha for review. Please approve it, or return it with a reason."),
    DECIDE,
    must_act=True,
)
REVIEW_ENDORSED = Wording(
    _("endorsed, to review"),
    _(
        "%(person)s endorsed this ficha for %(country)s. Please approve it, or return it with a "
        "reason."
    ),
    DECIDE,
    REMARK,
    must_act=True,
)
RECEIPT = Wording(
    _("sent for review"),
    _("You sent this ficha for review. Its text stands still until somebody has decided."),
    OPEN,
)
ENDORSED = Wording(
    _("endorsed"),
    _("%(person)s endorsed this ficha. Now %(secretariat)s reviews it."),
    OPEN,
    REMARK,
)
RETURNED = Wording(
    _("returned for corrections"),
    _("%(person)s returned this ficha. Please correct it and send it again."),
    CORRECT,
    REASON,
    must_act=True,
)
RETURNED_AFTER_YOU = Wording(
    _("returned for corrections"),
    _("%(person)s returned this ficha, on which you had decided before. Its authors correct it."),
    OPEN,
    REASON,
)
WITHDRAWN = Wording(
    _("withdrawn"),
    _("%(person)s took this ficha back from review. You need not do anything."),
    OPEN,
)
PUBLISHED = Wording(
    _("approved and published"),
    _("%(person)s approved this ficha. It is public now."),
    _("See the published page"),
    REMARK,
    public=True,
)
PUBLISHED_OUTSIDE = Wording(
    _("published"),
    _("An administrator published this ficha; %(secretariat)s did not review it."),
    _("See the published page"),
    public=True,
)
UNPUBLISHED = Wording(
    _("no longer public"), _("%(person)s took this ficha off the public site."), OPEN, REASON
)
ARCHIVED = Wording(
    _("no longer in force"),
    _("%(person)s marked this ficha as no longer in force. It stays public, with a notice."),
    OPEN,
    REASON,
)
REINSTATED = Wording(
    _("in force again"), _("%(person)s marked this ficha as in force again."), OPEN, REASON
)
OUTDATED = Wording(
    _("translation out of date"),
    _(
        "The original of this translation changed and is public. Please bring the translation up "
        "to date and send it for review. While it is public, readers are told that it is out of "
        "date."
    ),
    _("See what changed"),
    _("Items that changed"),
    must_act=True,
)
REMIND_ENDORSE = Wording(
    _("reminder: to endorse"),
    ngettext_lazy(
        "This ficha has waited %(days)s day for your endorsement.",
        "This ficha has waited %(days)s days for your endorsement.",
        "days",
    ),
    DECIDE,
    must_act=True,
)
REMIND_REVIEW = Wording(
    _("reminder: to review"),
    ngettext_lazy(
        "This ficha has waited %(days)s day for your review.",
        "This ficha has waited %(days)s days for your review.",
        "days",
    ),
    DECIDE,
    must_act=True,
)
REMIND_CORRECT = Wording(
    _("reminder: to correct"),
    ngettext_lazy(
        "This ficha was returned %(days)s day ago and waits for your corrections.",
        "This ficha was returned %(days)s days ago and waits for your corrections.",
        "days",
    ),
    CORRECT,
    must_act=True,
)

NO_FOCAL_POINT = _("The endorsement was skipped: the country has no focal point.")
TRANSLATION = _("The endorsement was skipped: translations need none.")
