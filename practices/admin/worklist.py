"""Practices as work to do: by state, with the next step; and what waits, the longest first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from practices.models import ModerationEvent
from practices.moderation.deadlines import Light, light
from practices.moderation.states import Action, State
from practices.organisation import told
from practices.progress import Progress, progress
from practices.querysets import PracticeQuerySet

from . import scope
from .columns import status_of
from .overview import list_url

SHOWN = 25
"""Unfinished practices of a state that are listed; the rest is a click away."""

SHOWN_PUBLISHED = 5


@dataclass(frozen=True)
class Waiting:
    """A practice that somebody has to decide on."""

    practice: Any
    country: str
    light: Light
    with_focal_point: bool


def queue(practices: PracticeQuerySet) -> list[Waiting]:
    """Waiting practices, the longest first."""
    endorsing = set(scope.with_focal_points())
    names = scope.country_names()
    rows = (
        practices.defer_streamfields()
        .select_related("moderation__submitted_by", "locale", "record", "original__record")
        .order_by("moderation__since", "pk")
    )
    return [
        Waiting(
            practice,
            names.get(practice.country, practice.country.upper()),
            light(practice.moderation),
            practice.pk in endorsing,
        )
        for practice in rows
    ]


@dataclass(frozen=True)
class Work:
    """A practice with what its authors do next; `progress` where there is something to fill in."""

    practice: Any
    step: str
    progress: Progress | None = None
    reason: str = ""


@dataclass(frozen=True)
class Group:
    """Practices in a state; `count` is all of them, `url` their list."""

    state: str
    heading: str
    works: list[Work]
    count: int
    url: str

    @property
    def more(self) -> int:
        return self.count - len(self.works)


def groups(practices: PracticeQuerySet, filters: dict[str, Any]) -> list[Group]:
    """Practices by state: first those that wait for their authors. Empty states are left out."""
    rows = (
        practices.select_related(
            "moderation", "locale", "record", "original__record", "latest_revision"
        )
        .exclude(moderation__state=State.PUBLISHED)
        .order_by(F("moderation__since").desc(nulls_last=True), "-pk")
    )
    unfinished: dict[str, list[Any]] = {}
    for practice in rows:
        status = status_of(practice)
        unfinished.setdefault(status.state if status else State.DRAFT, []).append(practice)
    reasons = _reasons([practice.pk for practice in unfinished.get(State.RETURNED, [])])
    endorsing = set(scope.with_focal_points())
    headings: tuple[tuple[tuple[State, ...], str], ...] = (
        ((State.RETURNED,), _("Returned, to correct")),
        ((State.DRAFT,), _("Drafts")),
        ((State.WITHDRAWN,), _("Withdrawn from review")),
        ((State.SUBMITTED, State.ENDORSED), _("Under review")),
        ((State.UNPUBLISHED,), pgettext("practices", "Unpublished")),
    )
    found = []
    for states, heading in headings:
        members = [practice for state in states for practice in unfinished.get(state, [])]
        works = [
            _work(practice, reasons.get(practice.pk, ""), endorsing) for practice in members[:SHOWN]
        ]
        if works:
            url = list_url(**filters, state=[*states])
            found.append(Group(states[0], heading, works, len(members), url))
    published = practices.filter(moderation__state=State.PUBLISHED)
    newest = (
        published.defer_streamfields()
        .select_related("moderation", "locale", "record", "original__record")
        .order_by("-moderation__since", "-pk")[:SHOWN_PUBLISHED]
    )
    works = [Work(practice, "") for practice in newest]
    if works:
        url = list_url(**filters, state=State.PUBLISHED)
        heading = pgettext("practices", "Published")
        found.append(Group(State.PUBLISHED, heading, works, published.count(), url))
    return found


def _reasons(pages: list[int]) -> dict[int, str]:
    """The reason of the last return of each practice."""
    events = ModerationEvent.objects.filter(page__in=pages, action=Action.RETURNED)
    return dict(events.order_by("at", "pk").values_list("page", "comment"))


def _work(practice: Any, reason: str, endorsing: set[int]) -> Work:
    status = status_of(practice)
    state = status.state if status else State.DRAFT
    if state in (State.SUBMITTED, State.ENDORSED):
        return Work(
            practice,
            _("The focal point of the country is reading it.")
            if practice.pk in endorsing
            else told(_("%(secretariat)s is reading it.")),
        )
    filled = progress(practice)
    return Work(practice, _next_step(state, filled), filled, reason)


def _next_step(state: str, filled: Progress) -> str:
    if state == State.RETURNED:
        return _("Correct what the reason says, then send it again.")
    if not filled.complete:
        return _("Fill in the required items that are missing.")
    if state == State.WITHDRAWN:
        return _("Correct what you wanted to correct, then send it again.")
    return _("All required items are there: send it for review.")
