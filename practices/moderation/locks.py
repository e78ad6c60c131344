"""The lock of a text under review, in words that say what one can do."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.locks import WorkflowLock

from .changes import changes_url
from .review import OWN_WORK, is_own_work
from .withdrawal import may_withdraw

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Words:
    """What people are told above the form of a text under review."""

    reviewing: "StrPromise"
    withdrawable: "StrPromise"
    waiting: "StrPromise"


OF_PRACTICES = Words(
    reviewing=gettext_lazy(
        "You are reviewing this ficha. Its text cannot change now: comment on its items, "
        "then decide in the menu at the foot of the page."
    ),
    withdrawable=gettext_lazy(
        "This ficha is under review and cannot change until it is decided. To correct it "
        "before, withdraw it in the menu at the foot of the page."
    ),
    waiting=gettext_lazy("This ficha is under review and cannot change until it is decided."),
)
OF_PUBLICATIONS = Words(
    reviewing=gettext_lazy(
        "You are reviewing this publication. It cannot change now: comment on it, then decide in "
        "the menu at the foot of the page. “Preview” shows what will be published."
    ),
    withdrawable=gettext_lazy(
        "This publication is under review and cannot change until it is decided. To correct it "
        "before, withdraw it in the menu at the foot of the page."
    ),
    waiting=gettext_lazy("This publication is under review and cannot change until it is decided."),
)


class ReviewLock(WorkflowLock):
    """Authors are locked out until the decision; reviewers may save comments alone.

    The message carries the mark by which the script of the form makes its fields read-only.
    """

    def get_message(self, user: Any) -> str:
        words = self.object.words_of_review
        if not self.for_user(user) and is_own_work(self.object, user):
            message = str(OWN_WORK)
        elif not self.for_user(user):
            message = str(words.reviewing)
        elif may_withdraw(self.object, user):
            message = str(words.withdrawable)
        else:
            message = str(words.waiting)
        changes = ""
        if url := changes_url(self.object):
            changes = format_html(
                ' <span class="buttons"><a class="button button-small button-secondary" '
                'href="{}">{}</a></span>',
                url,
                _("See what changed"),
            )
        return format_html("<span data-ficha-under-review>{}</span>{}", message, changes)
