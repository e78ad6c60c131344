"""What people are told of a machine that does not get on."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext, override
from pytest_django import Settings

from home.models import User
from practices.models import MachineJob, PracticePage
from practices.translation.jobs import DEAD_AFTER, LATE_AFTER
from tests.practices.moderation.steps import signed_in

from .by_machine import job, press, work
from .texts import begun, original

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("service")]

LACKS_WORKER = "Nobody has begun yet: is the background worker running? Tell the administrators."
STOPPED = "It stopped half way. Start it again."
A_MOMENT = timedelta(seconds=10)


@pytest.fixture
def client(translator: User) -> Client:
    return signed_in(translator)


@pytest.fixture
def page(client: Client) -> PracticePage:
    """A translation that waits for a machine."""
    page = begun(original())
    assert press(client, page) == []
    return page


def moved(ago: timedelta, **values: object) -> None:
    """Make the job one that moved last some time ago."""
    MachineJob.objects.update(updated_at=timezone.now() - ago, **values)


def in_spanish(message: str) -> str:
    with override("es"):
        return gettext(message)


def test_a_job_that_waits_for_long_has_no_worker(client: Client, page: PracticePage) -> None:
    moved(LATE_AFTER - A_MOMENT)
    assert job(client, page)["text"] == ""
    moved(LATE_AFTER + A_MOMENT)
    said = job(client, page)
    assert (said["state"], said["under_way"]) == ("waiting", True)
    assert said["text"] == in_spanish(LACKS_WORKER)
    assert len(press(client, page)) == 1
    # The worker comes after all.
    work()
    assert job(client, page)["state"] == "done"


def test_one_that_nobody_ever_began_can_be_started_again(
    client: Client, page: PracticePage
) -> None:
    moved(DEAD_AFTER + A_MOMENT)
    said = job(client, page)
    assert (said["state"], said["under_way"]) == ("failed", False)
    assert said["text"] == in_spanish(STOPPED)
    assert press(client, page) == []
    assert job(client, page)["state"] == "waiting"


def test_one_that_stopped_half_way_can_be_started_again(client: Client, page: PracticePage) -> None:
    half = {"state": MachineJob.State.RUNNING, "done": 3, "total": 9}
    moved(LATE_AFTER + A_MOMENT, **half)
    said = job(client, page)
    assert (said["state"], said["under_way"], said["text"]) == ("running", True, "")
    moved(DEAD_AFTER + A_MOMENT, **half)
    said = job(client, page)
    assert (said["state"], said["under_way"]) == ("failed", False)
    assert (said["done"], said["total"]) == (3, 9)
    assert said["text"] == in_spanish(STOPPED)
    assert press(client, page) == []
    work()
    said = job(client, page)
    assert said["state"] == "done"
    assert said["done"] == said["total"] > 3


def test_what_went_wrong_is_told_with_what_to_do(
    client: Client, page: PracticePage, settings: Settings
) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "practices.translation.machine.LibreTranslate",
        "OPTIONS": {"LIBRETRANSLATE_URL": "http://127.0.0.1:1", "API_KEY": ""},
    }
    work()
    said = job(client, page)
    assert said["state"] == "failed"
    assert said["text"] == in_spanish(
        "The translation service does not answer. Try again later, or tell the administrators."
    )
