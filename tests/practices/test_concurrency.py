"""Many people at once, on real connections: nothing is lost, no number is given twice."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.models import PracticePage, PracticeRecord, PracticeVersion
from tests.factories import country, make_practice
from tests.forms import form_data

EDITORS = 8
ROUNDS = 3


def at_once(task: Callable[[int], Any], workers: int) -> list[Any]:
    """Run a task in several threads, all started together, each with its own connection."""
    barrier = Barrier(workers)

    def run(number: int) -> Any:
        try:
            barrier.wait(timeout=30)
            return task(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, range(workers)))


def test_practices_published_at_once_get_their_own_codes(site_data: None) -> None:
    practices = [make_practice(slug=f"a-la-vez-{number}") for number in range(EDITORS)]

    def publish(number: int) -> None:
        PracticePage.objects.get(pk=practices[number].pk).get_latest_revision().publish()

    at_once(publish, EDITORS)
    codes = list(
        PracticeRecord.objects.filter(practice__in=practices).values_list("code", flat=True)
    )
    assert len(codes) == len(set(codes)) == EDITORS
    numbers = sorted(int(code[-4:]) for code in codes)
    assert numbers == list(range(numbers[0], numbers[0] + EDITORS))


def test_one_practice_published_twice_at_once_has_two_versions(site_data: None) -> None:
    practice = make_practice(slug="dos-veces")

    def publish(_number: int) -> None:
        PracticePage.objects.get(pk=practice.pk).get_latest_revision().publish()

    at_once(publish, 2)
    record = PracticeRecord.objects.get(practice=practice)
    versions = PracticeVersion.objects.filter(record=record)
    assert sorted(versions.values_list("number", flat=True)) == [1, 2]


def test_eight_editors_saving_at_once_lose_nothing(site_data: None) -> None:
    codes = ["ar", "bo", "cl", "co", "ec", "py", "uy", "ve"]
    clients = []
    for code in codes:
        client = Client()
        client.force_login(User.objects.get(username=f"editor-{code}"))
        clients.append(client)

    def work(number: int) -> list[int]:
        client, parent = clients[number], country(codes[number])
        add = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", parent.pk])
        answers = []
        for turn in range(ROUNDS):
            title = f"Editora {number}, vuelta {turn}"
            data = form_data(title=title, slug=f"e-{number}-{turn}")
            response = client.post(add, data)
            answers.append(response.status_code)
            found = re.search(r"/pages/(\d+)/edit/", response["Location"])
            assert found
            edit = reverse("wagtailadmin_pages:edit", args=[found.group(1)])
            data = form_data(
                title=f"{title}, corregida",
                slug=f"e-{number}-{turn}",
                responsible_entity=f"Entidad {number}",
                territorial_level=["national"],
            )
            answers.append(client.post(edit, data).status_code)
        return answers

    answers = at_once(work, EDITORS)
    assert answers == [[302] * (2 * ROUNDS)] * EDITORS
    for number, code in enumerate(codes):
        for turn in range(ROUNDS):
            page = PracticePage.objects.get(country=code, slug=f"e-{number}-{turn}")
            draft = page.get_latest_revision_as_object()
            assert draft.title == f"Editora {number}, vuelta {turn}, corregida"
            assert draft.responsible_entity == f"Entidad {number}"
            assert draft.choices.count() == 1
            assert page.revisions.count() == 2
    assert PracticePage.find_problems() == ([], [], [], [], [])
