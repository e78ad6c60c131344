"""A real browser on a live server."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright
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


@contextmanager
def tabs_of(
    browser: Browser, live_server: LiveServer, people: tuple[str, ...]
) -> Iterator[dict[str, Page]]:
    """A browser of their own for each of the people, signed in, and one for a reader."""
    opened, errors = {}, []
    for name in (*people, "reader"):
        context = browser.new_context(locale="es", viewport={"width": 1280, "height": 900})
        context.set_default_timeout(60_000)  # a busy machine of two slow cores
        opened[name] = context.new_page()
        opened[name].on("pageerror", lambda error: errors.append(str(error)))
        if name != "reader":
            sign_in(opened[name], live_server, name)
    yield opened
    for page in opened.values():
        page.context.close()
    assert errors == []


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
def page(browser: Browser, site_data: None, live_server: LiveServer) -> Iterator[Page]:
    """An empty tab that reaches the live server only. Errors of scripts fail the test."""
    context = browser.new_context(locale="es", viewport={"width": 1280, "height": 900})
    context.route(lambda url: not url.startswith(live_server.url), lambda route: route.abort())
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []
