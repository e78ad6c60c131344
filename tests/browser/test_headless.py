"""The example front end: another origin lists, filters and shows practices through the API."""

import json
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage

pytestmark = pytest.mark.one_database

EXAMPLE = Path(settings.BASE_DIR) / "examples" / "headless"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and tells nobody."""

    def log_message(self, *_args: object) -> None:
        pass


@pytest.fixture
def front_end(site_data: None, live_server: LiveServer, tmp_path: Path) -> Iterator[str]:
    """The address of the example, which reads the live server."""
    folder = tmp_path / "headless"
    shutil.copytree(EXAMPLE, folder)
    (folder / "api.json").write_text(json.dumps({"api": f"{live_server.url}/api/v1/"}))
    handler = partial(QuietHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(browser: Browser, front_end: str, live_server: LiveServer) -> Iterator[Page]:
    """A phone that reaches these two origins only; errors of scripts fail the test."""
    context = browser.new_context(viewport={"width": 375, "height": 800})
    context.set_default_timeout(60_000)
    errors: list[str] = []
    asked: list[str] = []
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("request", lambda sent: asked.append(sent.url))
    yield context.new_page()
    context.close()
    assert errors == []
    origins = {f"{urlsplit(url).scheme}://{urlsplit(url).netloc}/" for url in asked}
    assert origins == {front_end, f"{live_server.url}/"}


def test_it_lists_filters_and_shows_practices(page: Page, front_end: str) -> None:
    public = PracticePage.objects.published()
    page.goto(front_end)
    status, entries = page.locator("#status"), page.locator("#list li")
    expect(status).to_have_text(f"{public.count()} experiencias")
    expect(entries).to_have_count(10)
    page.get_by_role("button", name="Más experiencias").click()
    expect(entries).to_have_count(20)
    expect(entries.nth(10).get_by_role("link")).to_be_focused()

    peru = public.in_country(["pe"])
    page.get_by_label("País").select_option("pe")
    page.get_by_role("button", name="Buscar").click()
    expect(entries).to_have_count(peru.count())
    assert "country=pe" in page.url
    expect(page.get_by_label("País")).to_have_value("pe")

    practice = peru.newest()[0]
    expect(entries.first).to_contain_text(practice.code)
    entries.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(practice.title)
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.locator("article")).to_contain_text(practice.summary_lines()[:60])
    pdf = page.get_by_role("link", name="Ficha en PDF").get_attribute("href")
    assert pdf
    assert page.request.get(pdf).headers["content-type"] == "application/pdf"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.evaluate("innerWidth")
    page.go_back()
    expect(entries).to_have_count(peru.count())


def test_it_speaks_portuguese_and_tells_what_is_missing(page: Page, front_end: str) -> None:
    page.goto(f"{front_end}?locale=pt-br&q=migra%C3%A7%C3%A3o")
    expect(page.locator("#status")).to_contain_text("experiências")
    expect(page.locator("html")).to_have_attribute("lang", "pt-BR")
    page.goto(f"{front_end}?locale=pt-br&practice=OSUMI-PER-9999")
    expect(page.locator("#status")).to_have_text("Esta experiência não está publicada.")
    page.goto(f"{front_end}?country=xx")
    expect(page.locator("#status")).to_contain_text("xx")
