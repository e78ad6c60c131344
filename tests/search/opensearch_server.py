"""A stand-in for an OpenSearch server: the requests that the site makes, over real HTTP.

It answers as the documentation of OpenSearch 3 says, and refuses what is not in it: unknown
fields, queries and parameters, names that no index may have, more hits than the window.
"""
# ruff: noqa: A002, N815, PLR0911 (names of methods are those of http.server; a route is a return)

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.search.opensearch_ranking import Collection, RefusedError

USER, PASSWORD = "osumi", "p@ss/word"
NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")
WINDOW = 10_000
SEARCH_KEYS = {"query", "size", "_source", "sort"}

Answer = tuple[int, Any]


def error(status: int, kind: str, reason: str = "") -> Answer:
    return status, {"error": {"type": kind, "reason": reason}, "status": status}


@dataclass
class Index:
    """An index with the sources of its documents."""

    collection: Collection
    sources: dict[str, dict[str, Any]] = field(default_factory=dict)

    def copy(self) -> "Index":
        return Index(self.collection.copy(), dict(self.sources))


@dataclass
class Cluster:
    """What a server holds, and what it was asked: method, path, body."""

    indexes: dict[str, Index] = field(default_factory=dict)
    aliases: dict[str, set[str]] = field(default_factory=dict)
    requests: list[tuple[str, str, Any]] = field(default_factory=list)
    broken: Answer | None = None

    def copy(self) -> "Cluster":
        """Another cluster that holds the same."""
        indexes = {name: index.copy() for name, index in self.indexes.items()}
        return Cluster(indexes, {alias: set(names) for alias, names in self.aliases.items()})

    def restore(self, saved: "Cluster") -> None:
        """Hold what another holds, and forget what was asked."""
        copy = saved.copy()
        self.indexes, self.aliases = copy.indexes, copy.aliases
        self.requests.clear()
        self.broken = None

    def answer(self, method: str, path: str, body: bytes) -> Answer:
        lines = [json.loads(line) for line in body.splitlines()] if body else []
        self.requests.append((method, path, lines[0] if len(lines) == 1 else lines))
        if self.broken:
            return self.broken
        parts = [unquote(part) for part in path.strip("/").split("/")]
        try:
            return self._route(method, parts, lines)
        except RefusedError as refused:
            return error(400, "parsing_exception", str(refused))

    def _route(self, method: str, parts: list[str], lines: list[Any]) -> Answer:
        match method, parts:
            case "HEAD", [name] if not name.startswith("_"):
                return (200 if self._names(name) else 404), {}
            case "HEAD" | "GET", ["_alias", name]:
                found: dict[str, Any] = {
                    index: {"aliases": {name: {}}} for index in self.aliases.get(name, ())
                }
                return (200 if found else 404), found
            case "PUT", [name]:
                return self._create(name, lines[0] if lines else {})
            case "DELETE", [name]:
                return self._delete_index(name)
            case "PUT", [index, "_alias", alias]:
                if alias in self.indexes:
                    return error(400, "invalid_alias_name_exception", alias)
                self.aliases.setdefault(alias, set()).add(index)
                return 200, {"acknowledged": True}
            case _, [name, *rest]:
                names = self._names(name)
                if not names:
                    return error(404, "index_not_found_exception", name)
                return self._of_index(method, names, rest, lines)
        return error(400, "illegal_argument_exception", f"{method} {parts}")

    def _of_index(self, method: str, names: list[str], rest: list[str], lines: list[Any]) -> Answer:
        if rest == ["_search"]:
            return 200, self._search(names, lines[0])
        if rest == ["_refresh"]:
            return 200, {"_shards": {"failed": 0}}
        if len(names) != 1:
            return error(400, "illegal_argument_exception", "more than one index")
        index = self.indexes[names[0]]
        match method, rest:
            case "POST", ["_bulk"]:
                return 200, _bulk(index, lines)
            case "POST" | "GET", ["_mget"]:
                sources = index.sources
                documents = [
                    {"_id": key, "found": True, "_source": {"readable": sources[key]["readable"]}}
                    if key in sources
                    else {"_id": key, "found": False}
                    for key in lines[0]["ids"]
                ]
                return 200, {"docs": documents}
            case "DELETE", ["_doc", key]:
                known = index.sources.pop(key, None)
                index.collection.remove(key)
                return (200 if known else 404), {"result": "deleted" if known else "not_found"}
        return error(400, "illegal_argument_exception", f"{method} {rest}")

    def _names(self, name: str) -> list[str]:
        return [name] if name in self.indexes else sorted(self.aliases.get(name, ()))

    def _create(self, name: str, body: dict[str, Any]) -> Answer:
        if not NAME.fullmatch(name):
            return error(400, "invalid_index_name_exception", name)
        if self._names(name):
            return error(400, "resource_already_exists_exception", name)
        if body.keys() - {"mappings", "settings", "aliases"}:
            return error(400, "parse_exception", str(body.keys()))
        assert body["mappings"]["dynamic"] == "strict"
        self.indexes[name] = Index(Collection(body["mappings"]["properties"]))
        return 200, {"acknowledged": True}

    def _delete_index(self, name: str) -> Answer:
        if name in self.aliases:
            return error(400, "illegal_argument_exception", "matches an alias")
        if self.indexes.pop(name, None) is None:
            return error(404, "index_not_found_exception", name)
        for alias, names in list(self.aliases.items()):
            names.discard(name)
            if not names:
                del self.aliases[alias]
        return 200, {"acknowledged": True}

    def _search(self, names: list[str], body: dict[str, Any]) -> dict[str, Any]:
        if body.keys() - SEARCH_KEYS:
            raise RefusedError(f"unknown key {body.keys() - SEARCH_KEYS}")
        size = body.get("size", 10)
        if size > WINDOW:
            raise RefusedError("Result window is too large")
        scores: list[tuple[str, float]] = []
        for name in names:
            scores += self.indexes[name].collection.search(body["query"]).items()
        scored = "sort" not in body
        if scored:
            scores.sort(key=lambda pair: -pair[1])
        total = {
            "value": min(len(scores), WINDOW),
            "relation": "gte" if len(scores) > WINDOW else "eq",
        }
        hits = [{"_id": key, "_score": score if scored else None} for key, score in scores[:size]]
        return {"hits": {"total": total, "hits": hits}}


def _bulk(index: Index, lines: list[Any]) -> dict[str, Any]:
    items = []
    for action, source in zip(lines[::2], lines[1::2], strict=True):
        key = action["index"]["_id"]
        try:
            index.collection.add(key, source)
        except RefusedError as refused:
            failed = {"_id": key, "status": 400, "error": {"reason": str(refused)}}
            items.append({"index": failed})
        else:
            index.sources[key] = source
            items.append({"index": {"_id": key, "status": 201}})
    return {"errors": any("error" in item["index"] for item in items), "items": items}


@contextmanager
def running(port: int = 0) -> Iterator[tuple[Cluster, str]]:
    """A cluster and the address of its server, which asks for user and password."""
    cluster = Cluster()
    expected = "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = self.rfile.read(length)
            url = urlsplit(self.path)
            if parse_qs(url.query).keys() - {"_source_includes"}:
                status, answer = error(400, "illegal_argument_exception", url.query)
            elif self.headers.get("Authorization") != expected:
                status, answer = error(401, "security_exception")
            else:
                status, answer = cluster.answer(self.command, url.path, body)
            content = b"" if self.command == "HEAD" else json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: tests look at `Cluster.requests`."""

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield cluster, f"http://{USER}:p%40ss%2Fword@127.0.0.1:{server.server_port}/osumi"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
