"""The accounts of the people of the countries, and what the Secretaría may do with them."""

import re
import secrets
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.users.models import UserProfile

from practices.moderation.access import COUNTRY_ROLES, Role, role_of_group
from practices.querysets import fold

from . import mails

ROLE_LABELS = {
    Role.EDITOR: _("Editor"),
    Role.FOCAL_POINT: _("Focal point"),
    Role.TRANSLATOR: _("Translator"),
}


def country_groups() -> dict[tuple[Role, str], Group]:
    """The groups of the countries, by role and country (ISO alpha-2, lower case)."""
    roles = {group: role_of_group(group.name) for group in Group.objects.all()}
    return {role: group for group, role in roles.items() if role and role[0] in COUNTRY_ROLES}


def people() -> "QuerySet[Any]":
    """The accounts that the Secretaría manages.

    Whoever has a country's role and nothing else: no other group, no permission of their own, no
    access to Django's admin, no superuser.
    """
    users = get_user_model()
    allowed = [group.pk for group in country_groups().values()]
    membership = users.groups.through._default_manager.filter(**{_column(users): OuterRef("pk")})
    found = users._default_manager.filter(
        Exists(membership.filter(group__in=allowed)),
        ~Exists(membership.exclude(group__in=allowed)),
        is_superuser=False,
        user_permissions__isnull=True,
    )
    names = {field.name for field in users._meta.get_fields()}
    return found.filter(is_staff=False) if "is_staff" in names else found


def _column(users: Any) -> str:
    """Name of the column of `groups` that points to the user; it follows the model's name."""
    return str(users._meta.get_field("groups").m2m_field_name())


def country_names() -> dict[str, str]:
    """Names of the countries in the active language, by ISO alpha-2, in the order of their names."""
    pages = apps.get_model("practices", "CountryPage").objects.values_list(
        "iso_code", "title", "locale__language_code"
    )
    language = translation.get_language()
    names: dict[str, str] = {}
    for iso_code, title, page_language in pages:
        if page_language == language or iso_code not in names:
            names[iso_code] = title
    return dict(sorted(names.items(), key=lambda name: fold(name[1])))


def lock() -> None:
    """Let accounts be made and changed one after the other; within a transaction."""
    list(Group.objects.select_for_update().filter(name=str(Role.SECRETARIAT)))


def with_address(email: str) -> "QuerySet[Any]":
    """All accounts, of whatever kind, with an e-mail address, in any case."""
    users = get_user_model()
    return users._default_manager.filter(**{f"{users.get_email_field_name()}__iexact": email})


def free_username(email: str) -> str:
    """A user name that nobody has: what stands before the @, numbered where it is taken."""
    users = get_user_model()
    longest = getattr(users._meta.get_field(users.USERNAME_FIELD), "max_length", None) or 150
    stem = re.sub(r"[^a-z0-9._-]", "", fold(email.partition("@")[0])) or "user"
    stem = stem[: longest - 6]
    taken = {
        name.lower()
        for name in users._default_manager.filter(
            **{f"{users.USERNAME_FIELD}__istartswith": stem}
        ).values_list(users.USERNAME_FIELD, flat=True)
    }
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(name for name in (stem, *numbered) if name not in taken)


def create(user: Any, language: str, groups: Iterable[Group], by: Any) -> None:
    """Store a new account, with a password that nobody knows, and invite the person by mail."""
    users = get_user_model()
    if users.get_email_field_name() != users.USERNAME_FIELD:
        setattr(user, users.USERNAME_FIELD, free_username(mails.address(user)))
    # Not an unusable one: the page “Forgotten password” would pass such an account over.
    user.set_password(secrets.token_urlsafe(32))
    user.save()
    _set(user, language, groups)
    log(instance=user, action="wagtail.create", user=by)
    invite(user, by)


def change(user: Any, language: str, groups: Iterable[Group], by: Any) -> None:
    """Store a changed account."""
    user.save()
    _set(user, language, groups)
    log(instance=user, action="wagtail.edit", user=by)


def _set(user: Any, language: str, groups: Iterable[Group]) -> None:
    user.groups.set(groups)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})


def invite(user: Any, by: Any) -> None:
    """Send a person the link to choose a password."""
    mails.send_link(user, "invitation")
    log(instance=user, action="practices.person.invite", user=by)


def deactivate(user: Any, by: Any) -> None:
    """Close an account; what the person did stays under their name.

    Sessions, links to choose a password and API tokens end for good: the account has another
    password, which nobody knows, should it be opened again.
    """
    user.is_active = False
    user.set_password(secrets.token_urlsafe(32))
    user.save()
    apps.get_model("wagtailcore", "APIToken").objects.filter(
        user=user, revoked_at__isnull=True
    ).update(revoked_at=timezone.now())
    log(instance=user, action="practices.person.deactivate", user=by)


def activate(user: Any, by: Any) -> None:
    """Open an account again; the person is invited to choose a password."""
    user.is_active = True
    user.save()
    log(instance=user, action="practices.person.activate", user=by)
    invite(user, by)


def register_log_actions(actions: Any) -> None:
    """Tell Wagtail's log the names of what happens to accounts."""
    actions.register_action(
        "practices.person.invite", _("Invite"), _("Sent a link to choose a password")
    )
    actions.register_action("practices.person.deactivate", _("Deactivate"), _("Deactivated"))
    actions.register_action("practices.person.activate", _("Activate"), _("Activated again"))
