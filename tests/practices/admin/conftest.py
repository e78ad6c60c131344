"""People of each role, and practices in every state of moderation."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role, group_name
from tests.factories import country, make_practice

SignIn = Callable[[Any], Client]
Person = Callable[..., User]


@pytest.fixture(autouse=True)
def nobody_endorses(db: None) -> None:
    """Perú has no focal point but where a test takes one."""
    Group.objects.get(name=group_name(Role.FOCAL_POINT, "pe")).user_set.clear()


@pytest.fixture
def person(db: None) -> Person:
    """Make a person of some roles: `person("ana", (Role.EDITOR, "pe"), …)`."""

    def make(username: str, *roles: tuple[Role, str]) -> User:
        user = User.objects.create_user(username, f"{username}@example.org", "x")
        names = [group_name(role, iso_code) for role, iso_code in roles]
        user.groups.set(Group.objects.filter(name__in=names))
        return user

    return make


@pytest.fixture
def focal_point(person: Person) -> User:
    """The focal point of Perú."""
    return person("punto-focal", (Role.FOCAL_POINT, "pe"))


@pytest.fixture
def translator(person: Person) -> User:
    """The translator of Perú."""
    return person("traductora", (Role.TRANSLATOR, "pe"))


@pytest.fixture
def sign_in() -> SignIn:
    """A client of a person."""

    def make(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


def submitted(user: Any, iso_code: str = "pe", **values: Any) -> PracticePage:
    """A practice of a country that somebody has submitted."""
    practice = make_practice(country(iso_code), owner=user, **values)
    practice.save_revision(user=user)
    practice = PracticePage.objects.get(pk=practice.pk)
    practice.get_workflow().start(practice, user)
    return PracticePage.objects.get(pk=practice.pk)


def decide(practice: PracticePage, user: Any, action: str, comment: str = "") -> PracticePage:
    """Decide on a submitted practice, on the text as it is."""
    practice = PracticePage.objects.get(pk=practice.pk)
    state, revision = practice.current_workflow_task_state, practice.get_latest_revision()
    state.task.specific.on_action(
        state,
        user,
        action,
        comment=comment,
        revision=revision.pk,
        revision_created_at=revision.created_at.isoformat(),
    )
    return PracticePage.objects.get(pk=practice.pk)
