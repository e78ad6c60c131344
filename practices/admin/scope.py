"""Which practices and countries a person meets in the admin's lists."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import get_language
from wagtail.models import Page, TaskState
from wagtail.permissions import policy_registry

from practices.models import CountryPage, PracticePage
from practices.moderation.access import Role, countries, oversees, roles_of
from practices.querysets import PracticeQuerySet, fold


def may_list(user: Any) -> bool:
    """Whether a person has any practices to see: by a role of ours, or by Wagtail's permissions."""
    return bool(oversees(user) or roles_of(user) or _page_policy().explorable_root_instance(user))


def visible(user: Any) -> PracticeQuerySet:
    """The language versions that a person may open, drafts included.

    Those of the trees where the person has a permission, and for focal points those that wait for
    their endorsement: they have no permission but their task.
    """
    if oversees(user):
        return PracticePage.objects.all()
    explorable = _page_policy().explorable_instances(user)
    practices = PracticePage.objects.filter(pk__in=explorable.order_by().values("pk"))
    if countries(user, Role.FOCAL_POINT):
        practices = practices | PracticePage.objects.filter(pk__in=in_hand(user))
    return practices


def _page_policy() -> Any:
    return policy_registry.get_by_type(Page)


def only_reviews(user: Any, practice: Any) -> bool:
    """Whether a person sees a practice for their endorsement alone: Wagtail hides its history."""
    return (
        not oversees(user)
        and practice.original_id is None
        and practice.country in countries(user, Role.FOCAL_POINT)
        and practice.country not in countries(user, Role.EDITOR)
    )


def in_hand(user: Any) -> list[int]:
    """Practices that wait for a person's endorsement."""
    return _being_endorsed(task__endorsementtask__groups__user=user)


def with_focal_points() -> list[int]:
    """Practices that wait for an endorsement, in all countries that have somebody to give it."""
    return _being_endorsed(task__endorsementtask__groups__user__is_active=True)


def _being_endorsed(**conditions: Any) -> list[int]:
    # Not Wagtail's `reviewable_by`, which asks the database for each task of each country.
    states = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS, task__endorsementtask__isnull=False, **conditions
    )
    return [int(pk) for pk in set(states.values_list("workflow_state__object_id", flat=True))]


def birthplaces(user: Any) -> list[CountryPage]:
    """Country pages, in their source trees, below which a person may begin a practice."""
    places: QuerySet[CountryPage] = CountryPage.objects.filter(
        locale__language_code=F("source_language")
    )
    if not user.is_superuser:
        allowed = _page_policy().instances_user_has_permission_for(user, "add")
        places = places.filter(pk__in=allowed.order_by().values("pk"))
    return sorted(places.select_related("locale"), key=lambda page: fold(page.title))


def country_names(codes: Iterable[str] | None = None) -> dict[str, str]:
    """Names of countries by ISO code (default: all), by name, in the active language if there is one."""
    rows = CountryPage.objects.order_by().values_list("iso_code", "title", "locale__language_code")
    names: dict[str, str] = {}
    for code, title, language in rows:
        if code not in names or language == get_language():
            names[code] = title
    wanted = names if codes is None else {code: names.get(code, code.upper()) for code in codes}
    return dict(sorted(wanted.items(), key=lambda pair: fold(pair[1])))
