"""Reading the admin as people see it, page after page."""

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

ATTRIBUTES = {"alt", "aria-label", "placeholder", "title"}
# These answer for programs, or show a public page, whose language is its own.
NOT_READ = {"wagtailadmin_logout", "wagtailadmin_javascript_catalog", "wagtailadmin_sprite"}
PUBLIC_PAGE = re.compile("preview|view_draft|revisions_view")
TEXTUAL = re.compile("html|json")


class Texts(HTMLParser):
    """What a page shows: its texts, attributes for people, and the data of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.data: list[str] = []
        self.links: list[str] = []
        self._hidden = self._script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value for name, value in attrs if value}
        self._hidden = tag == "style"
        self._script = tag == "script"
        for name, value in values.items():
            if name in ATTRIBUTES:
                self.texts.append(value.strip())
            elif name.startswith("data-") or name in {"value", "content"}:
                self.add(value)
        if tag == "a" and "href" in values:
            self.links.append(values["href"])

    def handle_endtag(self, _tag: str) -> None:
        self._hidden = self._script = False

    def handle_data(self, data: str) -> None:
        if self._script:
            self.add(data)
        elif not self._hidden and (text := " ".join(data.split())):
            self.texts.append(text)

    def add(self, text: str) -> None:
        """Data of scripts, which may hold JSON that holds HTML."""
        text = " ".join(text.split())
        if text[:1] in "[{":
            try:
                return self._add_data(json.loads(text))
            except ValueError:
                pass
        if "</" in text:
            part = Texts()
            part.feed(text)
            self.texts += part.texts
            self.data += part.data
            self.links += part.links
        elif text:
            self.data.append(text)
        return None

    def _add_data(self, data: Any) -> None:
        if isinstance(data, str):
            self.add(data)
        elif isinstance(data, list | dict):
            for part in data.values() if isinstance(data, dict) else data:
                self._add_data(part)
            if isinstance(data, dict) and isinstance(data.get("url"), str):
                self.links.append(data["url"])


def read(response: Any) -> Texts:
    page = Texts()
    take = page.add if "json" in response["Content-Type"] else page.feed
    take(response.content.decode())
    return page


def is_read(url: str) -> str:
    """The name of the view, where it shows a page of the admin to people; else empty."""
    path = urlsplit(url).path
    try:
        name = resolve(path).view_name or path
    except Resolver404:
        return ""
    ours = path.startswith("/admin/") and not path.startswith("/admin/api/")
    return name if ours and name not in NOT_READ and not PUBLIC_PAGE.search(name) else ""


def crawl(client: Client, start: list[str], limit: int = 2) -> Iterator[tuple[str, Texts]]:
    """Pages of the admin that `start` leads to, each view at most `limit` times."""
    waiting = deque(start)
    seen: set[str] = set()
    visits: Counter[str] = Counter()
    while waiting:
        url = waiting.popleft()
        name = is_read(url)
        if not name or url in seen or visits[name] >= limit:
            continue
        seen.add(url)
        visits[name] += 1
        response = client.get(url)
        kind = response.headers.get("Content-Type", "")
        if response.status_code == 200 and not response.streaming and TEXTUAL.search(kind):
            page = read(response)
            waiting.extend(urljoin(url, link) for link in page.links if link.startswith(("/", "?")))
            yield url, page
