"""A page of another site shows the card of a practice, and leads to the practice."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage

pytestmark = pytest.mark.one_database


class OtherSite(BaseHTTPRequestHandler):
    """Answers every request with one page."""

    html = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!DOCTYPE html><body>{self.html}".encode())

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def other_site() -> Iterator[str]:
    """The address of a server of another origin."""
    server = HTTPServer(("127.0.0.1", 0), OtherSite)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 700, "height": 500})
    yield context.new_page()
    context.close()


@pytest.fixture
def practice(site_data: None) -> PracticePage:
    """A practice with a picture."""
    found = PracticePage.objects.published().exclude(picture=None).first()
    assert found is not None
    return found


def html_of(practice: PracticePage, live_server: LiveServer, **arguments: Any) -> str:
    """What oEmbed gives for a practice."""
    host = live_server.url.removeprefix("http://")
    query = {"url": f"{live_server.url}{practice.url}", **arguments}
    return Client().get("/oembed", query, headers={"host": host}).json()["html"]


@pytest.mark.parametrize("width", [320, 600])
def test_another_site_shows_the_card(
    reader: Page, live_server: LiveServer, other_site: str, practice: PracticePage, width: int
) -> None:
    OtherSite.html = html_of(practice, live_server, maxwidth=width)
    reader.goto(other_site)
    card = reader.frame_locator("iframe")
    link = card.get_by_role("link", name=practice.title)
    link.wait_for()
    assert card.locator(".embed__picture").is_visible() is (width == 600)
    for name in ("__title", "__source", "__meta"):
        box = card.locator(f".embed{name}").bounding_box()
        frame = reader.locator("iframe").bounding_box()
        assert box
        assert frame
        assert frame["x"] <= box["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        assert box["y"] + box["height"] <= frame["y"] + frame["height"]
    with reader.context.expect_page() as opened:
        link.click()
    opened.value.wait_for_url(f"{live_server.url}{practice.url}")
    assert opened.value.locator("h1").inner_text() == practice.title


def test_wordpress_is_told_which_link_was_followed(
    reader: Page, live_server: LiveServer, other_site: str, practice: PracticePage
) -> None:
    url = f"{live_server.url}/es/ficha/{practice.code}/embed/#?secret=abcdefghij"
    # What WordPress makes of the frame of a site that it does not know.
    OtherSite.html = (
        "<script>addEventListener('message', (event) => { window.told = event.data; });</script>"
        f'<iframe src="{url}" width="600" height="260" sandbox="allow-scripts" security="restricted"></iframe>'
    )
    reader.goto(other_site)
    reader.frame_locator("iframe").get_by_role("link", name=practice.title).click()
    reader.wait_for_function("window.told")
    assert reader.evaluate("window.told") == {
        "message": "link",
        "value": f"{live_server.url}{practice.url}",
        "secret": "abcdefghij",
    }


def test_other_pages_stay_out_of_frames(
    reader: Page, live_server: LiveServer, other_site: str, practice: PracticePage
) -> None:
    OtherSite.html = f'<iframe src="{live_server.url}{practice.url}"></iframe>'
    with reader.expect_event("requestfailed") as refused:
        reader.goto(other_site)
    assert refused.value.url == f"{live_server.url}{practice.url}"
    assert refused.value.failure == "net::ERR_BLOCKED_BY_RESPONSE"
