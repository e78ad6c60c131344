"""What waits for whom: one answer for mails and for what people see on entering the admin."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Min, Q, QuerySet
from django.utils import timezone
from wagtail.models import Task, WorkflowState

from practices.models import ApprovalTask, EndorsementTask, ModerationStatus, PublicationPage

from .access import Role, countries, is_secretariat, translators
from .deadlines import reminder_days
from .states import State


def for_approval() -> "QuerySet[ModerationStatus]":
    """Practices that wait for the Secretaría, oldest first.

    Those that a country has to endorse which has no focal point any more are among them.
    """
    stranded = EndorsementTask.objects.exclude(groups__user__is_active=True)
    tasks = Q(pk__in=ApprovalTask.objects.values("pk")) | Q(pk__in=stranded.values("pk"))
    return _in_tasks(Task.objects.filter(tasks))


def publications() -> "QuerySet[PublicationPage]":
    """Publications under review, the longest waiting first."""
    reviews = WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS)
    keys = [int(key) for key in reviews.values_list("object_id", flat=True)]
    pages = PublicationPage.objects.filter(pk__in=keys).select_related("latest_revision__user")
    return pages.order_by("latest_revision_created_at", "pk")


def for_endorsement(iso_codes: Iterable[str]) -> "QuerySet[ModerationStatus]":
    """Practices that wait for the focal points of countries, oldest first."""
    return _in_tasks(EndorsementTask.objects.filter(country__in=iso_codes))


def for_correction(user: Any) -> "QuerySet[ModerationStatus]":
    """Returned practices that a person may correct, oldest first."""
    return _stored().filter(_written_by(user), state=State.RETURNED)


def untouched_drafts(user: Any) -> "QuerySet[ModerationStatus]":
    """Drafts that a person may finish and nobody changed for a while, oldest first."""
    long_ago = timezone.now() - timedelta(days=reminder_days())
    return _stored().filter(
        _written_by(user),
        state__in=(State.DRAFT, State.WITHDRAWN),
        page__latest_revision_created_at__lt=long_ago,
    )


def out_of_date(user: Any) -> "QuerySet[ModerationStatus]":
    """Public translations that fell behind and nobody took up, for who translates; oldest first.

    Each with `outdated_since`.
    """
    mine = countries(user, Role.EDITOR, Role.TRANSLATOR)
    codes = [code for code in mine if translators(code).filter(pk=user.pk).exists()]
    behind = _stored().filter(page__country__in=codes, page__live=True, state=State.PUBLISHED)
    since = Min("page__section_states__outdated_since")
    return (
        behind.annotate(outdated_since=since)
        .exclude(outdated_since=None)
        .order_by("outdated_since", "pk")
    )


def waits_for_approval(page_id: int) -> bool:
    """Whether the Secretaría has to decide on a practice now."""
    return for_approval().filter(page_id=page_id).exists()


def everything_for(user: Any) -> "list[tuple[str, QuerySet[ModerationStatus]]]":
    """What waits for a person, by what they do: review, endorse, correct, translate, finish."""
    groups = []
    if is_secretariat(user):
        groups.append(("review", for_approval()))
    if endorsing := countries(user, Role.FOCAL_POINT):
        groups.append(("endorse", for_endorsement(endorsing)))
    groups.append(("correct", for_correction(user)))
    groups.append(("translate", out_of_date(user)))
    groups.append(("finish", untouched_drafts(user)))
    return groups


def _written_by(user: Any) -> Q:
    """Practices of the countries that a person edits; translators, translations alone."""
    return Q(page__country__in=countries(user, Role.EDITOR)) | Q(
        page__country__in=countries(user, Role.TRANSLATOR), page__original__isnull=False
    )


def _in_tasks(tasks: "QuerySet[Any]") -> "QuerySet[ModerationStatus]":
    """Practices whose review stands at one of the tasks."""
    reviews = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__task__in=tasks.values("pk")
    )
    page_ids = [int(object_id) for object_id in reviews.values_list("object_id", flat=True)]
    return _stored().filter(page_id__in=page_ids)


def _stored() -> "QuerySet[ModerationStatus]":
    return ModerationStatus.objects.select_related("page__locale").order_by("since", "pk")
