"""A receiver of webhooks of the tests: real sockets in a thread, encrypted or not, well or ill."""

import base64
import hashlib
import hmac
import json
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@dataclass
class Message:
    """What the receiver got."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def event(self) -> str:
        return self.content["type"]

    @property
    def content(self) -> Any:
        return json.loads(self.body)

    def signed_by(self, secret: str) -> bool:
        """Whether one of the signatures is that of the secret, as the standard computes it."""
        key = base64.b64decode(secret.split("_")[1])
        signed = b".".join(
            [
                self.headers["webhook-id"].encode(),
                self.headers["webhook-timestamp"].encode(),
                self.body,
            ]
        )
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        return f"v1,{expected}" in self.headers["webhook-signature"].split(" ")


@dataclass
class Receiver:
    """What the receiver does: `status` it answers, or `hang`, `drip` (byte by byte), `drop`."""

    port: int
    status: int = 200
    behaviour: str = "answer"
    location: str = ""
    answer: bytes = b"thank you"
    received: list[Message] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?from=osumi"

    @property
    def events(self) -> list[str]:
        return [message.event for message in self.received]


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        state = self.server.state
        body = self.rfile.read(int(self.headers["Content-Length"]))
        names = {name.lower(): value for name, value in self.headers.items()}
        if state.behaviour == "hang":
            self.server.closing.wait()
            return
        if state.behaviour == "drop":
            return
        if state.behaviour == "drip":
            while not self.server.closing.wait(0.05):
                self.wfile.write(b"H")
            return
        state.received.append(Message(self.path, names, body))
        self.send_response(state.status)
        if state.location:
            self.send_header("Location", state.location)
        self.send_header("Content-Length", str(len(state.answer)))
        self.end_headers()
        self.wfile.write(state.answer)

    def do_GET(self) -> None:
        self.do_POST()

    def log_message(self, *_args: Any) -> None:
        """Nothing: tests look at what was received."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    state: Receiver

    def handle_error(self, *_args: Any) -> None:
        """A client that hung up is what some tests are about."""


@contextmanager
def receiver(certificate: Path | None = None, port: int = 0) -> Iterator[Receiver]:
    """A receiver for as long as the block runs; encrypted where there is a certificate."""
    server = _Server(("127.0.0.1", port), _Handler)
    server.closing = threading.Event()
    server.state = Receiver(server.server_address[1])
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.state
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def certificate_for(host: str, folder: Path) -> Path:
    """A certificate that a host signed itself, with its key, in one file."""
    key, chain, both = (folder / name for name in ("key.pem", "chain.pem", "both.pem"))
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 2"
    subprocess.run(
        [
            *command.split(),
            *("-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host}"),
            *("-keyout", str(key), "-out", str(chain)),
        ],
        check=True,
        capture_output=True,
    )
    both.write_bytes(key.read_bytes() + chain.read_bytes())
    return both
