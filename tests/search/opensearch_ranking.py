"""What OpenSearch's queries of words give, as its documentation and Lucene's BM25 say it."""

from collections import Counter
from dataclasses import dataclass, field
from math import log
from typing import Any

K1, B = 1.2, 0.75

Scores = dict[str, float]
"""Documents that fit, by key, with their scores."""


class RefusedError(Exception):
    """What a server answers with 400."""


@dataclass
class Collection:
    """Documents of an index as words by field."""

    properties: dict[str, Any]
    documents: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    _counts: dict[str, dict[str, Counter[str]]] = field(default_factory=dict)

    def copy(self) -> "Collection":
        """The same documents in another collection."""
        return Collection(self.properties, dict(self.documents))

    def remove(self, key: str) -> None:
        """Take a document out, if it is there."""
        self.documents.pop(key, None)
        self._counts.clear()

    def add(self, key: str, source: dict[str, Any]) -> None:
        """Index a document. Raises RefusedError for fields that the index does not have."""
        if unknown := source.keys() - self.properties.keys():
            raise RefusedError(f"strict_dynamic_mapping_exception: {unknown}")
        self.remove(key)
        self.documents[key] = {
            name: self._tokens(self.properties[name], value)
            for name, value in source.items()
            if self.properties[name].get("index", True)
        }

    def _tokens(self, field_type: dict[str, Any], value: Any) -> list[str]:
        if field_type["type"] == "keyword":
            return list(value) if isinstance(value, list) else [value]
        if field_type.get("analyzer") != "whitespace":
            raise RefusedError(f"only whitespace is analysed here: {field_type}")
        return [part[at : at + 255] for part in value.split() for at in range(0, len(part), 255)]

    def search(self, query: dict[str, Any]) -> Scores:
        """The documents that fit a query. Raises RefusedError."""
        if len(query) != 1:
            raise RefusedError(f"[{'/'.join(query)}] malformed query, expected one")
        [(kind, body)] = query.items()
        if kind == "bool":
            return self._bool(body)
        [(name, sought)] = body.items()
        if name not in self.properties:
            return {}
        if not isinstance(sought, dict):
            sought = {"query" if kind == "match_phrase" else "value": sought}
        boost = sought.get("boost", 1.0)
        allowed = {"query" if kind == "match_phrase" else "value", "boost"}
        if sought.keys() - allowed:
            raise RefusedError(f"[{kind}] query does not support {sought.keys() - allowed}")
        match kind:
            case "term":
                return self._ranked(name, [sought["value"]], boost)
            case "match_phrase":
                return self._ranked(name, sought["query"].split(), boost)
            case "prefix":
                return {
                    key: boost
                    for key, fields in self.documents.items()
                    if any(word.startswith(sought["value"]) for word in fields.get(name, ()))
                }
        raise RefusedError(f"unknown query [{kind}]")

    def _bool(self, body: dict[str, Any]) -> Scores:
        if body.keys() - {"must", "should", "must_not", "filter", "minimum_should_match"}:
            raise RefusedError(f"[bool] query does not support {body.keys()}")
        must = [self.search(part) for part in body.get("must", ())]
        kept = [self.search(part) for part in body.get("filter", ())]
        should = [self.search(part) for part in body.get("should", ())]
        dropped = [self.search(part) for part in body.get("must_not", ())]
        least = body.get("minimum_should_match", 0 if must or kept else 1)
        return {
            key: sum(scores.get(key, 0.0) for scores in (*must, *should))
            for key in self.documents
            if all(key in scores for scores in (*must, *kept))
            and sum(key in scores for scores in should) >= (least if should else 0)
            and not any(key in scores for scores in dropped)
        }

    def _ranked(self, name: str, words: list[str], boost: float) -> Scores:
        """By BM25, a phrase as if it were a word as rare as all of its words."""
        if not words:
            return {}
        counts = self._counted(name)
        average = sum(count.total() for count in counts.values()) / len(counts) if counts else 1.0
        rarity = 0.0
        for word in words:
            frequency = sum(word in count for count in counts.values())
            rarity += log(1 + (len(counts) - frequency + 0.5) / (frequency + 0.5))
        found = {}
        for key, count in counts.items():
            if times := self._times(key, name, words) if len(words) > 1 else count[words[0]]:
                length = 1 - B + B * count.total() / average
                found[key] = boost * rarity * times / (times + K1 * length)
        return found

    def _counted(self, name: str) -> dict[str, Counter[str]]:
        """How often each document has each word in a field, of those that have the field."""
        if name not in self._counts:
            self._counts[name] = {
                key: Counter(fields[name])
                for key, fields in self.documents.items()
                if fields.get(name)
            }
        return self._counts[name]

    def _times(self, key: str, name: str, words: list[str]) -> int:
        tokens = self.documents[key][name]
        ends = range(len(words), len(tokens) + 1)
        return sum(tokens[end - len(words) : end] == words for end in ends)
