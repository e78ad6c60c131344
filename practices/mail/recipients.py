"""Who is told of what. Nobody is told about a country that they have no role for."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q

from practices.models import MailPreference, ModerationEvent, ModerationStatus, PracticePage
from practices.moderation.access import COUNTRY_ROLES, Role, countries, oversees, people
from practices.moderation.states import Action


def secretariat() -> set[Any]:
    """The people of the Secretaría."""
    return set(people(Role.SECRETARIAT))


def focal_points(iso_code: str) -> set[Any]:
    """The focal points of a country."""
    return set(people(Role.FOCAL_POINT, iso_code))


def editors(iso_code: str) -> set[Any]:
    """The editors of a country."""
    return set(people(Role.EDITOR, iso_code))


def authors(practice: PracticePage) -> set[Any]:
    """Who wrote a practice: its owner, who submitted it, and who edited it last."""
    status = ModerationStatus.objects.filter(page=practice).first()
    latest = practice.latest_revision
    keys = (
        practice.owner_id,
        status.submitted_by_id if status else None,
        latest.user_id if latest else None,
    )
    return involved(filter(None, keys), practice)


def reviewers(events: Iterable[ModerationEvent], practice: PracticePage) -> set[Any]:
    """Who decided favourably among events of a practice."""
    decided = (Action.ENDORSED, Action.APPROVED)
    keys = [event.user_id for event in events if event.action in decided and event.user_id]
    return involved(keys, practice)


def involved(keys: Iterable[int], practice: PracticePage) -> set[Any]:
    """Of these people, those who still have to do with the practice."""
    users = get_user_model()._default_manager.filter(pk__in=set(keys), is_active=True)
    return {user for user in users if concerns(practice, user)}


def concerns(practice: PracticePage, user: Any) -> bool:
    """Whether a person may be told about a practice: by a role for its country, or for all."""
    roles = COUNTRY_ROLES if not practice.is_original else (Role.EDITOR, Role.FOCAL_POINT)
    return oversees(user) or practice.country in countries(user, *roles)


def wanting(users: Iterable[Any], *, must_act: bool) -> list[Any]:
    """Of these people, those who have an address and want such mails; ordered by user name."""
    users = [user for user in users if user.is_active and user.email]
    unwanted = [MailPreference.Wanted.NONE]
    if not must_act:
        unwanted.append(MailPreference.Wanted.ACT)
    refusing = set(
        MailPreference.objects.filter(user__in=users, wanted__in=unwanted).values_list(
            "user_id", flat=True
        )
    )
    return sorted(
        (user for user in users if user.pk not in refusing), key=lambda user: user.get_username()
    )


def digest_readers() -> list[Any]:
    """Who may get the weekly summary: active people with an address who did not refuse it."""
    groups = Q(groups__name=Role.SECRETARIAT)
    for role in COUNTRY_ROLES:
        groups |= Q(groups__name__startswith=f"{role} ")
    users = get_user_model()._default_manager.filter(groups, is_active=True).exclude(email="")
    refusing = MailPreference.objects.filter(digest=False).values("user_id")
    return list(users.exclude(pk__in=refusing).distinct().order_by("username"))
