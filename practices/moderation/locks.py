"""The lock of a text under review, in words that say what one can do."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import WorkflowLock

from .changes import changes_url
from .review import OWN_WORK, is_own_work
from .withdrawal import may_withdraw


class ReviewLock(WorkflowLock):
    """Authors are locked out until the decision; reviewers may save comments alone.

    The message carries the mark by which the script of the form makes its fields read-only.
    """

    def get_message(self, user: Any) -> str:
        if not self.for_user(user) and is_own_work(self.object, user):
            message = str(OWN_WORK)
        elif not self.for_user(user):
            message = _(
                "You are reviewing this ficha. Its text cannot change now: comment on its items, "
                "then decide in the menu at the foot of the page."
            )
        elif may_withdraw(self.object, user):
            message = _(
                "This ficha is under review and cannot change until it is decided. To correct it "
                "before, withdraw it in the menu at the foot of the page."
            )
        else:
            message = _("This ficha is under review and cannot change until it is decided.")
        changes = ""
        if url := changes_url(self.object):
            changes = format_html(
                ' <span class="buttons"><a class="button button-small button-secondary" '
                'href="{}">{}</a></span>',
                url,
                _("See what changed"),
            )
        return format_html("<span data-ficha-under-review>{}</span>{}", message, changes)
