"""A machine translates while a person looks on: the real worker, a service of ours."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext, override
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from practices.models import MachineJob, PracticePage
from practices.translation.machine import MAX_STRINGS, Fault
from tests.browser.conftest import sign_in
from tests.practices.translation import services
from tests.practices.translation.services import Service
from tests.practices.translation.texts import begun, original

PARAGRAPHS = 2 * MAX_STRINGS


@pytest.fixture
def service() -> Iterator[Service]:
    """A LibreTranslate server for the site; the worker is told of it in its environment."""
    with services.translating() as server:
        yield server


@pytest.fixture
def translation(site_data: None) -> PracticePage:
    """A translation that nobody has translated yet, of more texts than one request takes."""
    text = "".join(f"<p>Párrafo {number}.</p>" for number in range(PARAGRAPHS))
    return begun(original(sections={"background": text}))


@pytest.fixture
def tools(page: Page, live_server: LiveServer, translation: PracticePage, service: Service) -> Page:
    """The tools of the translation, as the translators of Perú see them."""
    sign_in(page, live_server, "traduccion-pe")
    page.goto(live_server.url + reverse("practice_translation", args=[translation.pk]))
    # Mails wait in the same queue, and have tests of their own.
    DBTaskResult.objects.all().delete()
    return page


def database_url() -> str:
    """The database of the live server, for a process of its own."""
    values = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{values['NAME']}"
    login = f"{values['USER']}:{values['PASSWORD']}" if values["PASSWORD"] else values["USER"]
    return f"postgres://{login}@{values['HOST']}:{values['PORT'] or 5432}/{values['NAME']}"


def worker(url: str) -> "subprocess.Popen[str]":
    """The background worker, until there is nothing left to do."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--backend", "background", "--batch"],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "osumi_site.settings.test",
            "DATABASE_URL": database_url(),
            "MACHINE_TRANSLATION": "libretranslate",
            "MACHINE_TRANSLATION_URL": url,
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process: "subprocess.Popen[str]") -> None:
    _output, errors = process.communicate(timeout=60)
    assert process.returncode == 0, errors


def start(tools: Page) -> None:
    with tools.expect_navigation():
        tools.locator("form[action$='/machine/'] button[type=submit]").click()


def job_of(tools: Page) -> Locator:
    """Where the page tells of the job, aloud as well."""
    return tools.locator("[data-translation-job][role=status]")


def words(message: str) -> str:
    with override("pt-br"):
        return gettext(message)


def test_a_person_sees_how_far_the_machine_is(
    tools: Page, translation: PracticePage, service: Service
) -> None:
    service.turns = threading.Semaphore(0)
    status = job_of(tools)
    label = status.locator("[data-translation-label]")
    count = status.locator("[data-translation-count]")
    bar = status.get_by_role("progressbar")
    start(tools)
    expect(label).to_have_text(words("Waiting to begin"))
    expect(tools.locator("form[action$='/machine/']")).to_have_count(0)
    process = worker(service.url)
    try:
        service.turns.release()
        expect(label).to_have_text(words("Translating"), timeout=20_000)
        expect(count).to_contain_text(f"{MAX_STRINGS} / ")
        total = MachineJob.objects.get(page=translation).total
        expect(bar).to_have_attribute("max", str(total))
        assert total > PARAGRAPHS
    finally:
        service.turns.release(10)
        finish(process)
    expect(label).to_have_text(words("Done"), timeout=20_000)
    expect(count).to_have_text(f"{total} / {total}")
    expect(status).to_contain_text("2.1")
    expect(tools.locator(".translation-tools__sections .ficha-badge--machine")).not_to_have_count(0)
    expect(tools.locator(".translation-tools__sections .ficha-badge--copied")).to_have_count(0)


def test_a_service_that_is_down_is_told_with_what_to_do(
    tools: Page, translation: PracticePage
) -> None:
    before = translation.revisions.count()
    start(tools)
    finish(worker("http://127.0.0.1:1"))
    status = job_of(tools)
    expect(status).to_contain_text(words("Failed"))
    with override("pt-br"):
        expect(status).to_contain_text(str(Fault.UNREACHABLE.label))
    expect(tools.locator(".translation-tools__sections .ficha-badge--machine")).to_have_count(0)
    assert translation.revisions.count() == before
    # Who sees it can try again.
    start(tools)
    expect(status).to_contain_text(words("Waiting to begin"))
