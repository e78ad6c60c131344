"""A small HTTP server that answers as LibreTranslate and DeepL say they do, or fails as they do."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from django.test import override_settings

LANGUAGES = [
    {"code": "en", "name": "English", "targets": ["en", "es", "pt", "pt-BR"]},
    {"code": "es", "name": "Spanish", "targets": ["en", "es", "pt", "pt-BR"]},
    {"code": "pt", "name": "Portuguese", "targets": ["en", "es"]},
    {"code": "pt-BR", "name": "Portuguese (Brazil)", "targets": ["en", "es"]},
]
KEY = "zqxllave"
PATIENCE = 20
"""Seconds after which an answer goes out without its turn."""
WORD = re.compile(r"(<[^>]*>|&\w+;)|(\w+)")


class Service(ThreadingHTTPServer):
    """What it was asked, and how it answers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.languages: Any = LANGUAGES
        self.asked: list[dict[str, Any]] = []
        self.key = ""
        self.answer: tuple[int, bytes] | None = None
        """Status and body instead of a translation."""
        self.fails_after: int | None = None
        """How many requests it answers before that."""
        self.delay = 0.0
        self.turns: threading.Semaphore | None = None
        """One for each answer, where a test looks at what happens in between."""
        self.spoil: Callable[[str], str] = str
        """What it does to a translated text beside translating it."""

    @property
    def sent(self) -> list[str]:
        """Every text that it was given to translate."""
        return [text for asked in self.asked for text in asked["q"]]

    def translated(self, text: str, target: str) -> str:
        """A text in another language: none of its words stays, its tags do."""
        words = WORD.sub(lambda found: found[1] or f"{found[2]}ês", text)
        return self.spoil(f"[{target}] {words}")


class Handler(BaseHTTPRequestHandler):
    """GET /languages and POST /translate of LibreTranslate, POST /v2/translate of DeepL."""

    server: Service

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """The languages."""
        if self.path == "/languages":
            self._send(200, self.server.languages)
        else:
            self._send(404, {"error": "Not found"})

    def do_POST(self) -> None:
        """A translation, or what the test wants instead."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        time.sleep(self.server.delay)
        if self.server.turns:
            self.server.turns.acquire(timeout=PATIENCE)
        fails_now = self.server.fails_after is None or (
            len(self.server.asked) >= self.server.fails_after
        )
        if self.server.answer and fails_now:
            self._send_bytes(*self.server.answer)
        elif self.path == "/translate":
            self._translate(json.loads(body))
        elif self.path == "/v2/translate":
            self._translate_as_deepl(parse_qs(body))
        else:
            self._send(404, {"error": "Not found"})

    def _translate(self, asked: dict[str, Any]) -> None:
        if self.server.key and asked.get("api_key") != self.server.key:
            self._send(403, {"error": "Invalid API key"})
            return
        source = next(
            (one for one in self.server.languages if one["code"] == asked["source"]), None
        )
        if source is None or asked["target"] not in source["targets"]:
            self._send(400, {"error": f"{asked['target']} is not supported"})
            return
        self.server.asked.append(asked)
        texts = [self.server.translated(text, asked["target"]) for text in asked["q"]]
        self._send(200, {"translatedText": texts})

    def _translate_as_deepl(self, asked: dict[str, list[str]]) -> None:
        if self.headers["Authorization"] != f"DeepL-Auth-Key {self.server.key}":
            self._send(403, {"message": "Forbidden"})
            return
        target = asked["target_lang"][0]
        self.server.asked.append({"q": asked["text"], "target": target} | asked)
        texts = [
            {"detected_source_language": "ES", "text": self.server.translated(text, target)}
            for text in asked["text"]
        ]
        self._send(200, {"translations": texts})

    def _send(self, status: int, answer: Any) -> None:
        self._send_bytes(status, json.dumps(answer).encode())

    def _send_bytes(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Service]:
    """A service that answers until the end of the block."""
    service = Service()
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield service
    finally:
        service.shutdown()
        service.server_close()
        thread.join()


@contextmanager
def translating(**options: float) -> Iterator[Service]:
    """A LibreTranslate server that the site uses until the end of the block."""
    with running() as server:
        translator = {
            "CLASS": "practices.translation.machine.LibreTranslate",
            "OPTIONS": {"LIBRETRANSLATE_URL": server.url, "API_KEY": "", **options},
        }
        with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=translator):
            yield server
