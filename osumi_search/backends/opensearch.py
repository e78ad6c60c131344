"""Search in OpenSearch, with the analysis of Spanish and Portuguese that the databases have.

WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "osumi_search.backends.opensearch",
        "URL": "https://user:password@host:9200/prefix",
        "FALLBACK": "database",
    },
    "database": {"BACKEND": "osumi_search.backends"},
}

Words are folded and stemmed here before they are sent; the server parts them at spaces and no
more. `FALLBACK` names the backend of the database that answers while the server is away.
"""

import logging
from collections.abc import Callable, Iterable
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from modelsearch.backends.opensearch3 import (
    OpenSearch3Index,
    OpenSearch3Mapping,
    OpenSearch3SearchBackend,
)
from modelsearch.index import class_is_indexed
from opensearchpy.exceptions import OpenSearchException, RequestError
from opensearchpy.helpers import bulk
from wagtail.search.backends import get_search_backend

from osumi_search.documents import Document
from osumi_search.models import Word
from osumi_search.query import All, Either, Excluding, Node, Phrase, Term

from .analysed import AnalysedBackend
from .base import DatabaseBackend
from .compiler import AutocompleteCompiler, Compiler
from .hits import Hits
from .patience import Away, client

Answer = TypeVar("Answer")
Query = dict[str, Any]

WINDOW = 10_000
"""How many hits an index gives at most (`index.max_result_window`); the best ones are taken."""

WEIGHTS = {"a": 10.0, "b": 5.0, "c": 1.5, "d": 0.75, "beginnings": 1.0}
"""By how much a hit in each class counts, as in SQLite: both rank by BM25."""

SEARCH_SECONDS, SAVE_SECONDS, BULK_SECONDS = 2, 10, 60
"""How long the server may take for a search, for one document, and for many."""

_WORDS = {"type": "text", "analyzer": "whitespace"}
MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "types": {"type": "keyword"},
        "a": _WORDS,
        "b": _WORDS,
        "c": _WORDS,
        "d": _WORDS,
        "beginnings": _WORDS | {"norms": False},
        "readable": {"type": "text", "index": False},
    },
}

logger = logging.getLogger(__name__)


class Mapping(OpenSearch3Mapping):
    """Objects as documents: the same fields for all models."""

    def get_content_type(self) -> str:
        return str(self.model._meta.concrete_model._meta.label)

    def get_all_content_types(self) -> list[str]:
        """The model and those that it extends, so that a search in these finds it as well."""
        parents = self.model._meta.get_parent_list()
        return [self.get_content_type(), *(parent._meta.label for parent in parents)]

    def get_mapping(self) -> dict[str, Any]:
        return MAPPING

    def get_document(self, obj: Any) -> dict[str, Any]:
        return self.of(Document.of(obj))

    def of(self, document: Document) -> dict[str, Any]:
        """A document that was read already."""
        fields = {name: " ".join(getattr(document, name)) for name in WEIGHTS}
        return {"types": self.get_all_content_types(), **fields, "readable": document.text}


class Index(OpenSearch3Index):
    """The objects of one model and of all that extend it."""

    def put(self) -> None:
        """Make the index, with its fields; one that somebody else has just made is as good."""
        try:
            super().put()
        except RequestError as error:
            if error.error != "resource_already_exists_exception":
                raise

    def add_model(self, model: Any) -> None:
        """Nothing: the index has its fields from the beginning."""

    def add_item(self, item: Any) -> None:
        self.add_items(item.__class__, [item])

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        """Write objects of a model into the index, new ones and known ones."""
        if not class_is_indexed(model):
            return
        mapping = self.mapping_class(model)
        documents = {mapping.get_document_id(item): Document.of(item) for item in items}
        if not documents:
            return
        Word.objects.learn(text for document in documents.values() for text in document.texts)
        if not self.exists():  # else the server would make one, and guess what its fields are
            self.put()
        actions = [{"_id": key, **mapping.of(document)} for key, document in documents.items()]
        seconds = BULK_SECONDS if len(actions) > 1 else SAVE_SECONDS
        bulk(self.es, actions, index=self.name, request_timeout=seconds)


class OpenSearchBackend(AnalysedBackend, OpenSearch3SearchBackend):
    """The site's own analysis, an OpenSearch server, and the database in its stead."""

    mapping_class = Mapping
    index_class = Index
    query_compiler_class = Compiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Hits
    client_class = staticmethod(client)
    settings = {"mappings": MAPPING}

    def __init__(self, params: dict[str, Any]) -> None:
        given = dict(params)
        self._fallback = given.pop("FALLBACK", "")
        super().__init__(_server(given.pop("URL")) | given)

    def ask(
        self, server: Callable[[], Answer], database: Callable[[DatabaseBackend], Answer]
    ) -> Answer:
        """What the server answers, or else the database.

        Raises the server's error where there is no `FALLBACK`.
        """
        try:
            return server()
        except OpenSearchException as error:
            if not self._fallback:
                raise
            if not isinstance(error, Away):
                # Not its text, which may hold what somebody sought.
                reason = getattr(error, "error", "")
                logger.error(  # noqa: TRY400
                    "OpenSearch failed, the database searches: %s %s", type(error).__name__, reason
                )
            return database(get_search_backend(self._fallback))

    def hits(
        self, node: Node, model: Any, classes: frozenset[str] | None = None, scored: bool = True
    ) -> dict[str, float]:
        """The keys of objects of a model that fit, with their scores; 0 where none are asked for.

        At most `WINDOW`, the best ones where they are scored. Raises OpenSearchException.
        """
        of_model = {"term": {"types": self.mapping_class(model).get_content_type()}}
        query = expression(node, classes)
        body: Query = {"size": WINDOW, "_source": False}
        if scored:
            body["query"] = {"bool": {"must": [query], "filter": [of_model]}}
        else:
            body |= {"query": {"bool": {"filter": [query, of_model]}}, "sort": ["_doc"]}
        found = self._answer(model, body)
        if found["total"]["relation"] == "gte":
            logger.warning("A search has more than %s hits; the rest are left out.", WINDOW)
        return {hit["_id"]: hit["_score"] or 0.0 for hit in found["hits"]}

    def _answer(self, model: Any, body: Query) -> dict[str, Any]:
        index = self.get_index_for_model(model).name
        seconds = {"request_timeout": SEARCH_SECONDS}
        return self.es.search(index=index, body=body, params=seconds)["hits"]

    def statement(self, query: Node, model: Any, scored: bool = True) -> tuple[str, list[Any]]:
        """SQL, with its parameters, whose rows are pairs of primary key and score."""

        def rows() -> tuple[str, list[Any]]:
            hits = self.hits(query, model, scored=scored)
            if not hits:
                return "SELECT 0, 0 WHERE 1 = 0", []
            values = ", ".join(f"({int(key)}, {score:.6f})" for key, score in hits.items())
            return f"SELECT * FROM (VALUES {values}) AS hits", []

        return self.ask(rows, lambda other: other.statement(query, model, scored))

    def readable(self, model: Any, primary_keys: Iterable[int]) -> dict[int, str]:
        """The text of objects of a model as it was indexed, by primary key."""
        keys = [str(key) for key in primary_keys]

        def stored() -> dict[int, str]:
            answer = self.es.mget(
                index=self.get_index_for_model(model).name,
                body={"ids": keys},
                params={"_source_includes": "readable", "request_timeout": SEARCH_SECONDS},
            )
            found = [document for document in answer["docs"] if document.get("found")]
            return {int(one["_id"]): one["_source"]["readable"] for one in found}

        if not keys:
            return {}
        return self.ask(stored, lambda other: other.readable(model, map(int, keys)))


SearchBackend = OpenSearchBackend


def _server(url: str) -> dict[str, Any]:
    """An address as the parameters that modelsearch takes; its path begins the names of indexes."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    host: dict[str, Any] = {
        "host": parts.hostname,
        "port": parts.port or (443 if secure else 80),
        "use_ssl": secure,
    }
    if parts.username:
        host["http_auth"] = (unquote(parts.username), unquote(parts.password or ""))
    prefix = parts.path.strip("/")
    return {"HOSTS": [host], "INDEX_PREFIX": f"{prefix}_" if prefix else ""}


def expression(node: Node, classes: frozenset[str] | None = None) -> Query:
    """A node in OpenSearch's query language.

    Words go into `term`, `prefix` and `match_phrase` alone, which read no syntax in them.
    """
    names = sorted(classes or ("a", "b", "c"))
    match node:
        case Term() as term:
            kind = "prefix" if term.prefix else "term"
            parts = [_weighted(kind, name, value=term.word) for name in names]
            if not (term.prefix or term.exactly or classes):
                parts.append(_weighted("term", "d", value=term.stem))
            return _either(parts)
        case Phrase(words):
            phrase = " ".join(words)
            return _either([_weighted("match_phrase", name, query=phrase) for name in names])
        case All(parts):
            return {"bool": {"must": [expression(part, classes) for part in parts]}}
        case Either(parts):
            return _either([expression(part, classes) for part in parts])
        case Excluding(wanted, unwanted):
            left_out = expression(unwanted, classes)
            return {"bool": {"must": [expression(wanted, classes)], "must_not": [left_out]}}


def _weighted(kind: str, name: str, **sought: str) -> Query:
    return {kind: {name: sought | {"boost": WEIGHTS[name]}}}


def _either(parts: list[Query]) -> Query:
    return {"bool": {"should": parts, "minimum_should_match": 1}}
