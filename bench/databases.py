"""The databases that are measured: one for each size and kind, kept between runs."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

VERSION = 1
"""To be raised with every change of what is made or stored: older databases are left aside."""

FOLDER = Path(__file__).parent.parent / "var" / "bench"
POSTGRES = "postgres://postgres@127.0.0.1:5432/"
"""Where PostgreSQL is sought unless BENCH_POSTGRES says another place; it ends before the name."""


@dataclass(frozen=True)
class Database:
    """A database of so many practices; `server` is empty for a file of SQLite."""

    size: int
    server: str = ""

    @property
    def name(self) -> str:
        return f"osumi_bench_{self.size}_{VERSION}"

    @property
    def kind(self) -> str:
        return "PostgreSQL" if self.server else "SQLite"

    @property
    def url(self) -> str:
        """As DATABASE_URL takes it."""
        return f"{self.server}{self.name}" if self.server else f"sqlite:///{self._file}"

    @property
    def mark(self) -> Path:
        """A file that is there once the database is whole."""
        return FOLDER / f"{self.name}.{self.kind.lower()}.ready"

    @property
    def _file(self) -> Path:
        return FOLDER / f"{self.name}.sqlite3"

    def make(self) -> None:
        """Make the database, empty; one that was not finished goes."""
        FOLDER.mkdir(parents=True, exist_ok=True)
        if not self.server:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self._file}{suffix}").unlink(missing_ok=True)
            return
        with psycopg.connect(f"{self.server}postgres", autocommit=True) as connection:
            name = sql.Identifier(self.name)
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def databases(sizes: list[int]) -> Iterator[Database]:
    """The databases of all sizes; those of PostgreSQL only where it answers."""
    servers = ["", *filter(None, [postgres()])]
    return (Database(size, server) for server in servers for size in sizes)


def postgres() -> str:
    """The address of PostgreSQL up to the name of a database; empty where it does not answer."""
    server = os.environ.get("BENCH_POSTGRES", POSTGRES)
    try:
        psycopg.connect(f"{server}postgres", connect_timeout=3).close()
    except psycopg.OperationalError:
        return ""
    return server
