"""What people are told of an imported PO file."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from . import po
from .memory import Applied
from .sections import item_of

FEW = 5
"""As many refused texts are named; of the others the number is told."""


def tell(request: HttpRequest, result: po.Import) -> None:
    """Say what an import did."""
    taken = ngettext(
        "%(count)d text was taken from the file.",
        "%(count)d texts were taken from the file.",
        result.taken,
    ) % {"count": result.taken}
    say = messages.success if result.taken else messages.warning
    say(request, f"{taken} {_said_of(result.applied)}".strip())
    notes = []
    if result.fuzzy:
        notes.append(
            ngettext(
                "%(count)d text is marked as fuzzy and was not taken.",
                "%(count)d texts are marked as fuzzy and were not taken.",
                result.fuzzy,
            )
            % {"count": result.fuzzy}
        )
    if result.unknown:
        notes.append(
            ngettext(
                "%(count)d text is not in the original any more.",
                "%(count)d texts are not in the original any more.",
                result.unknown,
            )
            % {"count": result.unknown}
        )
    if result.applied.left:
        notes.append(
            _("These sections still lack texts and were left as they are: %(sections)s.")
            % {"sections": _names(result.applied.left)}
        )
    if notes:
        messages.warning(request, " ".join(notes))
    for reason in result.refused[:FEW]:
        messages.error(request, _("Not taken: %(reason)s") % {"reason": reason})
    more = len(result.refused[FEW:])
    if more:
        messages.error(
            request,
            ngettext(
                "%(count)d more text was not taken.", "%(count)d more texts were not taken.", more
            )
            % {"count": more},
        )


def _said_of(applied: Applied) -> str:
    """Which sections of the draft changed."""
    if not applied.changed:
        return _("The draft did not change.")
    return _("Changed in the draft: %(sections)s.") % {"sections": _names(applied.changed)}


def _names(keys: list[str]) -> str:
    return ", ".join(f"{item_of(key).number} {item_of(key).label}" for key in keys)
