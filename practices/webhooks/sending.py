"""One request to somebody else's address: to the number that was checked, and nowhere else."""

import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPResponse
from socket import SHUT_RDWR, create_connection, socket
from threading import Timer

from django.utils.translation import gettext as _

from .addresses import Place, RefusedAddressError, place_of, resolve

PATIENCE = 10.0
"""Seconds that one request may take, all in all."""

MOST_BYTES = 1000
"""How much of an answer is read."""


@dataclass(frozen=True)
class Answer:
    """What came of a request. `status` is None where there was no answer; `words` then say why."""

    status: int | None
    words: str
    milliseconds: int = 0

    @property
    def taken(self) -> bool:
        """Whether the receiver has the message: 2xx. Nobody follows a redirect (3xx)."""
        return (
            self.status is not None and HTTPStatus.OK <= self.status < HTTPStatus.MULTIPLE_CHOICES
        )


class _Connection(HTTPConnection):
    """A connection to a number that was checked; the name goes into `Host` and the certificate."""

    def __init__(self, place: Place, numbers: list[str]) -> None:
        # HTTPConnection leaves this port out of `Host`.
        self.default_port = 443 if place.secure else 80
        super().__init__(place.host, place.port, timeout=PATIENCE)
        self._secure = place.secure
        self._numbers = numbers

    def connect(self) -> None:
        """Connect to the first number that answers."""
        # Well before the time is over: what is not connected yet could not be cut.
        share = PATIENCE / 2 / len(self._numbers)
        for last, number in enumerate(self._numbers, 1 - len(self._numbers)):
            try:
                self.sock = create_connection((number, self.port), share)
                break
            except OSError:
                if last == 0:
                    raise
        self.sock.settimeout(PATIENCE)
        if self._secure:
            context = ssl.create_default_context()
            # The handshake comes after, so that the socket in use is one that can be cut.
            self.sock = context.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()


def post(url: str, body: bytes, headers: dict[str, str]) -> Answer:
    """Send a body once, and say what came of it. Raises nothing that the other side causes."""
    begun = time.monotonic()

    def took() -> int:
        return round((time.monotonic() - begun) * 1000)

    try:
        place = place_of(url)
        connection = _Connection(place, resolve(place))
    except RefusedAddressError as error:
        return Answer(None, str(error), took())
    except (OSError, UnicodeError) as error:
        return Answer(None, _reason(error), took())
    # Each read may take its time; many small ones may not.
    watch = Timer(PATIENCE, _cut, [connection])
    watch.daemon = True
    watch.start()
    try:
        connection.request("POST", place.target, body, headers)
        response = connection.getresponse()
        return Answer(response.status, _excerpt(response), took())
    except (OSError, HTTPException, ValueError) as error:
        late = time.monotonic() - begun >= PATIENCE
        return Answer(None, _("There was no answer in time.") if late else _reason(error), took())
    finally:
        watch.cancel()
        connection.close()


def _cut(connection: HTTPConnection) -> None:
    """End a connection whose time is over, under the hands of who reads from it."""
    # Of the plain socket: an encrypted one would lose its state before the reader knows.
    if connection.sock is not None:
        with suppress(OSError):
            socket.shutdown(connection.sock, SHUT_RDWR)


def _excerpt(response: HTTPResponse) -> str:
    """The beginning of an answer, as text. An answer that breaks off is still an answer."""
    try:
        text = response.read(MOST_BYTES).decode(errors="replace")
    except (OSError, HTTPException, ValueError):
        return ""
    return "".join(sign for sign in text if sign.isprintable() or sign == "\n")


def _reason(error: Exception) -> str:
    """What went wrong, for people."""
    return f"{type(error).__name__}: {error}"
