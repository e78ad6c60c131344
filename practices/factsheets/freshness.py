"""Answering again what was answered before, while nothing in the database has changed since.

Gathering the data of a sheet costs ten queries; that nothing was written meanwhile is known by one.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from django.db import connection

MOST = 2_000
"""Answers that a process remembers."""


@dataclass(frozen=True)
class Answer:
    """A file that was served at an address: what it is known by, its name, and its page."""

    digest: str
    name: str
    page: str


class Answers:
    """Answers by address, each with the state of the database that it was found in."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[str, Answer]] = OrderedDict()
        self._lock = Lock()

    def get(self, address: str, state: str | None) -> Answer | None:
        """The answer of an address; None where there is none, or anything was written since."""
        known = self._known.get(address)
        return known[1] if known and known[0] == state else None

    def keep(self, address: str, state: str | None, answer: Answer) -> None:
        """Remember an answer; `state` is that of the database before its data were read."""
        if state is None:
            return
        with self._lock:
            self._known[address] = state, answer
            self._known.move_to_end(address)
            if len(self._known) > MOST:
                self._known.popitem(last=False)


def database_state() -> str | None:
    """What is another text after every transaction that wrote; None where that is not known.

    In PostgreSQL it says which transactions are visible (`pg_current_snapshot`). SQLite knows it
    for each connection alone, and Django opens one for each request.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_snapshot()::text")
        return str(cursor.fetchone()[0])
