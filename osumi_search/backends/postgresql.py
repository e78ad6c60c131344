"""Search in PostgreSQL's `tsvector`."""

from collections import defaultdict

from django.db import connection

from osumi_search.documents import BEGINNINGS, BREAK, Document
from osumi_search.query import All, Either, Excluding, Node, Phrase, Term

from .base import DatabaseBackend, Match

WEIGHTS = [0.05, 0.15, 0.5, 1.0]
"""Of the classes D, C, B, A, as `ts_rank` takes them."""

LAST_POSITION = 16_383
MAX_POSITIONS = 120
"""Of one word, and as many of the stem that it may be: a lexeme holds 255."""

AT_ONCE = 100


class PostgreSQLBackend(DatabaseBackend):
    """Words in a weighted `tsvector` with a GIN index; the vectors are written here, unparsed."""

    key = "entry_id"
    joined_key = "osumi_search_words.entry_id"

    def match(self, node: Node, classes: frozenset[str] | None = None) -> Match:
        column = "beginnings" if classes == BEGINNINGS else "vector"
        query = expression(node, classes)
        return Match(
            f"osumi_search_words.{column} @@ %s::tsquery",
            [query],
            f"ts_rank(%s::real[], osumi_search_words.{column}, %s::tsquery, 1)",
            [WEIGHTS, query],
        )

    def write(self, documents: list[tuple[int, Document]]) -> None:
        rows = [
            (entry, vector(document), beginnings(document), document.text)
            for entry, document in documents
        ]
        with connection.cursor() as cursor:
            for start in range(0, len(rows), AT_ONCE):
                part = rows[start : start + AT_ONCE]
                values = ", ".join(["(%s, %s::tsvector, %s::tsvector, %s)"] * len(part))
                cursor.execute(
                    "INSERT INTO osumi_search_words (entry_id, vector, beginnings, readable)"
                    f" VALUES {values} ON CONFLICT (entry_id) DO UPDATE SET"
                    " vector = EXCLUDED.vector, beginnings = EXCLUDED.beginnings,"
                    " readable = EXCLUDED.readable",
                    [value for row in part for value in row],
                )

    def erase(self, entries: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM osumi_search_words WHERE entry_id = ANY(%s)", [entries])

    def optimise(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE osumi_search_words")
            cursor.execute("UPDATE osumi_search_word SET count = 0")
            cursor.execute(
                "UPDATE osumi_search_word SET count = found.ndoc"
                " FROM ts_stat('SELECT vector FROM osumi_search_words', 'abc') AS found"
                " WHERE found.word = osumi_search_word.word"
            )


def vector(document: Document) -> str:
    """A document as a `tsvector` literal with positions and weights."""
    places: dict[str, list[str]] = defaultdict(list)
    position = _place([(document.a, "A"), (document.b, "B"), (document.c, "C")], places)
    stems: dict[str, list[str]] = defaultdict(list)
    _place([(document.d, "D")], stems, position)
    for word, found in stems.items():
        places[word] += found
    return _literal(places)


def beginnings(document: Document) -> str:
    """The words for completion as a `tsvector` literal."""
    places: dict[str, list[str]] = defaultdict(list)
    _place([(document.beginnings, "")], places)
    return _literal(places)


def _place(
    texts: list[tuple[list[str], str]], places: dict[str, list[str]], position: int = 0
) -> int:
    """Note where each word stands, with its weight; gives the last place."""
    for text, weight in texts:
        for word in text:
            position = min(position + 1, LAST_POSITION)
            if word != BREAK and len(places[word]) < MAX_POSITIONS:
                places[word].append(f"{position}{weight}")
        position = min(position + 1, LAST_POSITION)
    return position


def _literal(places: dict[str, list[str]]) -> str:
    return " ".join(f"'{word}':{','.join(found)}" for word, found in places.items())


def expression(node: Node, classes: frozenset[str] | None = None) -> str:
    """A node as a `tsquery` literal. Words are letters and digits alone: quoting is enough."""
    weights = "".join(sorted(name.upper() for name in classes or ("a", "b", "c")))
    if classes == BEGINNINGS:
        weights = ""

    def lexeme(word: str, suffix: str) -> str:
        return f"'{word}':{suffix}" if suffix else f"'{word}'"

    match node:
        case Term() as term:
            word = lexeme(term.word, f"*{weights}" if term.prefix else weights)
            if term.prefix or term.exactly or classes:
                return word
            return f"({lexeme(term.stem, 'D')} | {word})"
        case Phrase(words):
            return "(" + " <-> ".join(lexeme(word, weights) for word in words) + ")"
        case All(parts):
            return "(" + " & ".join(expression(part, classes) for part in parts) + ")"
        case Either(parts):
            return "(" + " | ".join(expression(part, classes) for part in parts) + ")"
        case Excluding(wanted, unwanted):
            return f"({expression(wanted, classes)} & !{expression(unwanted, classes)})"
