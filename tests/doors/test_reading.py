"""Every address, once per role: what it answers gives nothing away."""

from contextlib import suppress

import pytest
from django.urls import Resolver404, resolve
from django.utils import translation

from .arguments import address, cases
from .doors import NOT_WALKED, doors
from .walking import walk
from .world import ROLES, World

pytestmark = pytest.mark.one_database

API = ("api/v1", "api/v2", "api/v3", "admin/api", "documents/", "media/")


def test_every_address_is_walked(world: World) -> None:
    unreached = set()
    for door in doors():
        reached = False
        for arguments in cases(door, world):
            asked = address(door, arguments)
            with translation.override(asked.split("/")[1]), suppress(Resolver404):
                reached = reached or resolve(asked).func == door.callback
        if not reached:
            unreached.add(door.name or door.form)
    assert unreached == {name for name in NOT_WALKED if name.startswith("wagtailapi_v3:")}


@pytest.mark.parametrize("role", ROLES)
def test_nothing_is_given_away(role: str, world: World) -> None:
    if role == "Secretaría":
        # She may open all practices: one of each kind shows what even she must not see.
        world = world.narrowed("waiting", "edited", "own", "synced")
    answers = walk(doors(), role, world)
    assert not answers.leaks
    assert not answers.errors


@pytest.mark.parametrize("role", [role for role in ROLES if role != "anonymous"])
def test_tokens_open_no_more(role: str, world: World) -> None:
    by_token = [door for door in doors() if door.form.strip("/").startswith(API)]
    answers = walk(by_token, role, world, by_token=True)
    assert not answers.leaks
    assert not answers.errors
