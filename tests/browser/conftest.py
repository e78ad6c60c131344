"""A real browser on a live server, whose database holds what the migrations wrote."""

import json
import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Locale, Site
from wagtail.models import Page as WagtailPage

from home.models import HomePage, User
from practices.models import CountryPage, PracticeIndexPage

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADMINISTRATOR = "admin"


def sign_in(page: Page, live_server: LiveServer, username: str) -> None:
    """Give the browser a session of the user, as the login form would."""
    client = Client()
    client.force_login(User.objects.get(username=username))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Where CI is set it must be there, else its tests are skipped."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        reason = f"No browser found; looked for {', '.join(BROWSERS)}."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread, where Django would refuse the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """An empty tab that reaches the live server only. Errors of scripts fail the test."""
    context = browser.new_context(locale="es", viewport={"width": 1280, "height": 900})
    context.route(lambda url: not url.startswith(live_server.url), lambda route: route.abort())
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def _put_back(data: str) -> None:
    # Sequences go on: the rows come back with the keys they had.
    call_command(
        "flush",
        interactive=False,
        verbosity=0,
        inhibit_post_migrate=True,
        reset_sequences=False,
    )
    ContentType.objects.clear_cache()
    cache.clear()
    connection.creation.deserialize_db_from_string(data)


@pytest.fixture(scope="session")
def migrated_data(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """What the migrations wrote. It is put back at the end, for runs that keep the database."""
    with django_db_blocker.unblock():
        rows = json.loads(connection.creation.serialize_db_to_string())
    # Content types first: signals of the other rows would make them anew, under other keys.
    rows.sort(key=lambda row: row["model"] != "contenttypes.contenttype")
    data = json.dumps(rows)
    yield data
    with django_db_blocker.unblock():
        _put_back(data)


@pytest.fixture
def site_data(transactional_db: None, migrated_data: str) -> None:
    """What the migrations wrote, whatever earlier tests left: these flush every table.

    Ask for it in each test with committed data. Django's `serialized_rollback` would do for one
    test, but fails after a test without it and leaves an empty database behind.
    """
    _put_back(migrated_data)


@pytest.fixture
def administrator(site_data: None) -> User:
    """A superuser who reads Spanish."""
    return User.objects.create_superuser(username=ADMINISTRATOR)


@pytest.fixture
def peru(site_data: None) -> CountryPage:
    """Peru in the Spanish tree, where its practices are written."""
    spanish = Locale.objects.get(language_code="es")
    home = WagtailPage.get_first_root_node().add_child(
        instance=HomePage(title="Inicio", slug="inicio", locale=spanish)
    )
    Site.objects.update(root_page=home)
    index = home.add_child(instance=PracticeIndexPage(title="Experiencias", slug="experiencias"))
    return index.add_child(
        instance=CountryPage(
            title="Perú", slug="peru", iso_code="pe", alpha3="PER", source_language="es"
        )
    )
