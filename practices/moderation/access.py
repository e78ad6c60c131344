"""Who is who: the roles of people, read from their groups."""

import re
from enum import StrEnum
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet


class Role(StrEnum):
    """Roles; the value is the name of the group, before the country's code where it has one."""

    SECRETARIAT = "Secretaría"
    EDITOR = "País"
    FOCAL_POINT = "Punto focal"
    TRANSLATOR = "Traducción"


COUNTRY_ROLES = (Role.EDITOR, Role.FOCAL_POINT, Role.TRANSLATOR)


def group_name(role: Role, iso_code: str = "") -> str:
    """Name of a role's group, for a country (ISO alpha-2) where the role is a country's."""
    return f"{role} {iso_code.upper()}" if role in COUNTRY_ROLES else str(role)


def role_of_group(name: str) -> tuple[Role, str] | None:
    """Role and country (ISO alpha-2, lower case) that a group stands for; None for other groups."""
    if name == Role.SECRETARIAT:
        return Role.SECRETARIAT, ""
    for role in COUNTRY_ROLES:
        if found := re.fullmatch(rf"{role} ([A-Z]{{2}})", name):
            return role, found[1].lower()
    return None


def roles_of(user: Any) -> set[tuple[Role, str]]:
    """Roles of a person with their countries; read once for a user object. Empty when inactive."""
    if not user.is_active or user.is_anonymous:
        return set()
    if not hasattr(user, "_practice_roles"):
        names = user.groups.values_list("name", flat=True)
        user._practice_roles = {role for name in names if (role := role_of_group(name))}
    return user._practice_roles


def is_secretariat(user: Any) -> bool:
    """Whether a person belongs to the Secretaría Técnica."""
    return (Role.SECRETARIAT, "") in roles_of(user)


def oversees(user: Any) -> bool:
    """Whether a person moderates all countries: the Secretaría, and superusers."""
    return user.is_active and (user.is_superuser or is_secretariat(user))


def countries(user: Any, *roles: Role) -> set[str]:
    """Countries (ISO alpha-2, lower case) in which a person has one of the roles; default: any."""
    return {code for role, code in roles_of(user) if code and (not roles or role in roles)}


def may_see_contact(user: Any, iso_code: str) -> bool:
    """Whether a person may see the private contact of a country's practices.

    The country's editors, its focal point and the Secretaría; not its translators.
    """
    return oversees(user) or iso_code in countries(user, Role.EDITOR, Role.FOCAL_POINT)


def translated_countries(user: Any) -> set[str] | None:
    """Countries whose translations are a person's work; None for all of them."""
    return None if oversees(user) else countries(user, Role.EDITOR, Role.TRANSLATOR)


def may_translate(user: Any, iso_code: str = "") -> bool:
    """Whether translations (of a country's practices) are a person's work: not of focal points."""
    codes = translated_countries(user)
    return codes is None or (iso_code in codes if iso_code else bool(codes))


def people(role: Role, iso_code: str = "") -> "QuerySet[Any]":
    """Active people of a role (in a country), each once."""
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(groups__name=group_name(role, iso_code)).distinct()


def translators(iso_code: str) -> "QuerySet[Any]":
    """Who translates the practices of a country: its translators, else its editors."""
    found = people(Role.TRANSLATOR, iso_code)
    return found if found.exists() else people(Role.EDITOR, iso_code)
