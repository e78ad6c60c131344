"""An original and its translation at the same moment: one after the other, and never half of each."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role, group_name
from practices.translation.sections import SectionState
from practices.translation.states import states_of
from tests.factories import make_practice, translate
from tests.practices.moderation.steps import decide, person, seen, signed_in, stored
from tests.practices.test_concurrency import at_once

from .texts import latest, republish, set_section, states

ROUNDS = 3
OLD = "<p>Las personas migrantes reciben orientación en cada oficina del país.</p>"
OWN = "<p>As pessoas migrantes recebem orientação em cada escritório do país.</p>"


@pytest.fixture
def original(site_data: None) -> PracticePage:
    Group.objects.get(name=group_name(Role.FOCAL_POINT, "pe")).user_set.clear()
    return make_practice(
        title="Orientación a la vez", slug="a-la-vez", sections={"summary": OLD}, published=True
    )


@pytest.fixture
def translator(site_data: None) -> User:
    return person("traductora", (Role.TRANSLATOR, "pe"))


@pytest.fixture
def secretary(site_data: None) -> Client:
    return signed_in(User.objects.get(username="secretaria"))


def send(page: PracticePage, user: User, text: str) -> dict[str, Any]:
    """Send another text for review; returns what a reviewer sees."""
    draft = latest(page)
    set_section(draft, "background", text)
    draft.save_revision(user=user)
    stored(page).get_workflow().start(stored(page), user)
    return seen(page)


def test_approving_while_the_original_is_published(
    original: PracticePage, translator: User, secretary: Client
) -> None:
    page = translate(original, published=True)
    for number in range(ROUNDS):
        text = send(page, translator, OWN.replace("país", f"país, {number}"))

        def act(worker: int, text: dict[str, Any] = text, number: int = number) -> int:
            if worker:
                republish(original, summary=OLD.replace("cada", f"cada {number}"))
                return 200
            return decide(secretary, page, "approve_and_publish", text).status_code

        assert at_once(act, 2) == [200, 200]
        assert stored(page).live
        assert stored(page).moderation.state == "published"
        version = stored(page).public_version()
        assert version
        assert version.outdated_since
        assert states(page)["summary"] == SectionState.OUTDATED
        assert states(page)["background"] == SectionState.APPROVED


def test_approving_while_the_original_is_taken_down(
    original: PracticePage, translator: User, secretary: Client
) -> None:
    page = translate(original, published=True)
    for number in range(ROUNDS):
        text = send(page, translator, OWN.replace("país", f"país, {number}"))

        def act(worker: int, text: dict[str, Any] = text) -> int:
            if worker:
                url = reverse("wagtailadmin_pages:unpublish", args=[original.pk])
                return signed_in(User.objects.get(username="secretaria-2")).post(url).status_code
            return decide(secretary, page, "approve_and_publish", text).status_code

        at_once(act, 2)
        assert not stored(original).live
        assert not stored(page).live
        if stored(page).workflow_in_progress:
            stored(page).current_workflow_state.cancel()
        republish(original)


def test_saving_while_the_original_is_published(original: PracticePage, translator: User) -> None:
    page = translate(original)
    for number in range(ROUNDS):

        def act(worker: int, number: int = number) -> None:
            if worker:
                republish(original, summary=OLD.replace("cada", f"cada {number}"))
                return
            draft = latest(page)
            text = OLD if number % 2 else OWN.replace("país", f"país, {number}")
            set_section(draft, "background", text)
            draft.save_revision(user=translator)

        at_once(act, 2)
        reckoned = {state.section: state.shown for state in states_of(latest(page))}
        assert states(page) == reckoned
