"""A real browser on a live server, and the suite's data for each test that commits."""
# ruff: noqa: S608 (the names of tables are Django's own)

import os
import shutil
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from home.models import User

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


def _kept_tables() -> dict[str, str]:
    """Each table of the site, and the name of the one that keeps a copy of its rows."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return {name: f"kept_rows_{number}" for number, name in enumerate(sorted(names))}


def _keep_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table, kept in _kept_tables().items():
            cursor.execute(f"DROP TABLE IF EXISTS {kept}")
            cursor.execute(f"CREATE TABLE {kept} AS SELECT * FROM {table}")


def _put_rows_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in _kept_tables():
            cursor.execute(f"DELETE FROM {table}")
        for table, kept in _kept_tables().items():
            cursor.execute(f"INSERT INTO {table} SELECT * FROM {kept}")
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep a copy of the data, and leave it behind for runs that reuse the database."""
    with django_db_blocker.unblock():
        _keep_rows()
    yield
    with django_db_blocker.unblock():
        _put_rows_back()


@pytest.fixture(autouse=True)
def site_data(transactional_db: None) -> None:
    """The data of the suite. Tests that commit flush every table, what migrations wrote included.

    A copy from table to table takes a moment; Django's `serialized_rollback` takes seconds, fails
    after a test without it, and leaves an empty database behind.
    """
    _put_rows_back()
