"""A mail server of the tests: real sockets in a thread, and every way to go wrong."""

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class Received:
    """A mail that the server took: whom the envelope names, and the mail."""

    recipients: list[str]
    message: EmailMessage

    def part(self, kind: str) -> str:
        """The text of one form of the mail: plain or html."""
        body = self.message.get_body((kind,))
        assert body is not None
        return body.get_content()


@dataclass
class MailServer:
    """What the server does: `behaviour` is accept, hang, or drop (hang up in the middle).

    `refusals` gives the answer to a recipient instead of accepting them.
    """

    port: int
    behaviour: str = "accept"
    refusals: dict[str, str] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    connections: int = 0

    def to(self, address: str) -> list[Received]:
        """The mails that one person got."""
        return [mail for mail in self.received if mail.recipients == [address]]


class _Session(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        state: MailServer = self.server.state
        state.connections += 1
        if state.behaviour == "hang":
            self.server.closing.wait()
            return
        self._say("220 test")
        recipients: list[str] = []
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "RCPT":
                address = command.split("<")[1].split(">")[0]
                answer = state.refusals.get(address, "250 ok")
                if answer.startswith("250"):
                    recipients.append(address)
                self._say(answer)
            elif verb == "DATA":
                self._say("354 go on")
                if state.behaviour == "drop":
                    self.rfile.readline()
                    return
                data = self._data()
                message = message_from_bytes(data, policy=default)
                state.received.append(Received(recipients, message))
                recipients = []
                self._say("250 taken")
            elif verb == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def _say(self, answer: str) -> None:
        self.wfile.write(f"{answer}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    state: MailServer

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.closing = threading.Event()


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    """A mail server on a port, for as long as the block runs."""
    server = _Server(port or free_port())
    server.state = MailServer(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server.state
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()
