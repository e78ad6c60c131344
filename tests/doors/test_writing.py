"""Every address, pushed at once per role: what is others' stays as it is."""

from typing import Any

import pytest

from .doors import NOT_WALKED, Door, doors
from .world import ROLES, World
from .writing import below, kept, push, push_api

pytestmark = pytest.mark.one_database

PUSHED = ("draft", "waiting", "edited", "synced", "own")
"""One practice of each kind; the others differ in what is read alone."""


def pages() -> list[Door]:
    """The doors of forms."""
    return [
        door
        for door in doors()
        if door.name not in NOT_WALKED and not door.form.startswith("/api/")
    ]


def apis() -> list[Door]:
    return [door for door in doors() if door.form.startswith(("/api/v1", "/api/v3"))]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_of_others_changes(role: str, world: World) -> None:
    narrow = world.narrowed(*PUSHED)
    answers, changed = push(pages(), role, narrow, lambda: kept(world, role))
    assert not changed
    assert not answers.leaks
    assert not answers.errors


@pytest.mark.parametrize("role", ROLES)
def test_the_api_changes_nothing_of_others(role: str, world: World) -> None:
    narrow = world.narrowed(*PUSHED)
    answers, changed = push_api(apis(), role, narrow, lambda: kept(world, role))
    assert not changed
    assert not answers.leaks
    assert not answers.errors


def names(changed: list[str]) -> set[str]:
    return {line.split()[0].partition(":")[2] for line in changed}


def test_the_pushes_open_own_doors(world: World) -> None:
    """Else nothing would be shown by doors that stay shut."""
    own: Any = world.narrowed("own")
    _answers, changed = push(pages(), "editor", own, lambda: below("pe"))
    assert names(changed) >= {"edit", "delete", "copy", "pages:action"}
    _answers, changed = push_api(apis(), "editor", own, lambda: below("pe"))
    assert names(changed) >= {"detail_page", "pages_actions_copy", "pages_actions_delete"}
    assert names(changed) >= {"list_practices", "get_practice"}
