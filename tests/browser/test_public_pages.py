"""Public pages in a real browser: no script needed, nothing from elsewhere, fit for a phone."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage

pytestmark = pytest.mark.one_database

PATHS = [
    "/es/",
    "/pt-br/experiencias/?country=br&theme=human_rights",
    "/es/experiencias/bolivia/",
    "/pt-br/temas/",
    "/es/temas/derechos-humanos/",
    "/pt-br/etiquetas/",
    "/es/acerca-del-banco/",
    "/pt-br/buscar/?q=fronteira",
    "/es/nada/",
]


@pytest.fixture(params=[375, 1280], ids=["phone", "desk"])
def reader(
    request: pytest.FixtureRequest, browser: Browser, site_data: None, live_server: LiveServer
) -> Iterator[Page]:
    """A tab without JavaScript that records what it asks of other hosts and what fails."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": request.param, "height": 900}
    )
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    failed: list[str] = []
    page.on(
        "response",
        lambda answer: failed.append(answer.url) if answer.status >= 400 else None,
    )
    yield page
    context.close()
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert [url for url in failed if not url.endswith("/nada/")] == []


def paths() -> list[str]:
    """Lists and pages, and practices of each kind: with picture, with files, untranslated."""
    practices = PracticePage.objects.originals()
    shown = [practices.get(slug__startswith="consulados").url]
    shown += [page.url for page in PracticePage.objects.filter(country="uy")]
    return [*PATHS, *shown, f"/pt-br{practices.get(country='gy').url.removeprefix('/es')}"]


def test_pages_fit_and_need_nothing_else(reader: Page, live_server: LiveServer) -> None:
    for path in paths():
        reader.goto(live_server.url + path)
        widths = reader.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
        assert widths[0] <= widths[1], path
        assert reader.locator("h1").count() == 1, path
        levels = reader.locator("h1, h2, h3, h4").evaluate_all(
            "headings => headings.map(heading => Number(heading.tagName[1]))"
        )
        steps = [after - before for before, after in pairwise(levels)]
        assert max(steps, default=0) <= 1, path
        assert reader.locator("img:not([alt])").count() == 0, path


def test_filtering_works_without_scripts(reader: Page, live_server: LiveServer) -> None:
    reader.goto(f"{live_server.url}/es/experiencias/")
    summary = reader.locator(".listing__filters summary").first
    if summary.is_visible():
        summary.click()
    reader.get_by_role("checkbox", name="Chile").check()
    reader.get_by_role("button", name="Aplicar").click()
    assert "country=cl" in reader.url
    assert reader.locator(".card").count() == 2
    reader.get_by_role("link", name="Quitar el filtro: Chile").click()
    assert "country" not in reader.url


def test_the_keyboard_reaches_the_content_first(
    browser: Browser, site_data: None, live_server: LiveServer
) -> None:
    page = browser.new_page()
    page.goto(f"{live_server.url}/es/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.close()
