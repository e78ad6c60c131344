"""Search in SQLite's FTS5."""

from django.db import connection

from osumi_search.documents import Document
from osumi_search.query import All, Either, Excluding, Node, Phrase, Term

from .base import DatabaseBackend, Match

WEIGHTS = {"a": 10.0, "b": 5.0, "c": 1.5, "d": 0.75}
COLUMNS = ("a", "b", "c", "d", "beginnings")


class SQLiteBackend(DatabaseBackend):
    """Words in a virtual table of FTS5, weighted by BM25."""

    key = "rowid"
    # With a plus no index serves: SQLite would seek the words anew for each entry.
    joined_key = "+osumi_search_words.rowid"

    def match(self, node: Node, classes: frozenset[str] | None = None) -> Match:
        weights = ", ".join(str(WEIGHTS.get(column, 1.0)) for column in COLUMNS)
        return Match(
            "osumi_search_words MATCH %s",
            [expression(node, classes)],
            f"-bm25(osumi_search_words, {weights})",
            [],
        )

    def write(self, documents: list[tuple[int, Document]]) -> None:
        self.erase([entry for entry, _document in documents])
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO osumi_search_words (rowid, a, b, c, d, beginnings, readable)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                [
                    (
                        entry,
                        *(" ".join(getattr(document, column)) for column in COLUMNS),
                        document.text,
                    )
                    for entry, document in documents
                ],
            )

    def erase(self, entries: list[int]) -> None:
        with connection.cursor() as cursor:
            cursor.executemany(
                "DELETE FROM osumi_search_words WHERE rowid = %s", [(entry,) for entry in entries]
            )

    def optimise(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO osumi_search_words (osumi_search_words) VALUES ('optimize')"
            )
            cursor.execute("DROP TABLE IF EXISTS temp.search_vocabulary")
            cursor.execute(
                "CREATE VIRTUAL TABLE temp.search_vocabulary USING fts5vocab(main, osumi_search_words, col)"
            )
            # In how many texts, of the class that has it most: stems are no words.
            cursor.execute(
                "UPDATE osumi_search_word SET count = COALESCE((SELECT MAX(doc)"
                " FROM temp.search_vocabulary"
                " WHERE term = osumi_search_word.word AND col IN ('a', 'b', 'c')), 0)"
            )
            cursor.execute("DROP TABLE temp.search_vocabulary")


def expression(node: Node, classes: frozenset[str] | None = None) -> str:
    """A node in the query language of FTS5 (sqlite.org/fts5.html, section 3).

    Words are letters and digits alone, so that quoting them is all the escaping there is.
    """
    match node:
        case Term() as term:
            columns = " ".join(sorted(classes or ("a", "b", "c")))
            word = f'{{{columns}}} : "{term.word}"'
            if term.prefix:
                return f"({word} *)"
            if term.exactly or classes:
                return f"({word})"
            return f'(d : "{term.stem}" OR {word})'
        case Phrase(words):
            columns = " ".join(sorted(classes or ("a", "b", "c")))
            return f'({{{columns}}} : "{" ".join(words)}")'
        case All(parts):
            return "(" + " AND ".join(expression(part, classes) for part in parts) + ")"
        case Either(parts):
            return "(" + " OR ".join(expression(part, classes) for part in parts) + ")"
        case Excluding(wanted, unwanted):
            return f"({expression(wanted, classes)} NOT {expression(unwanted, classes)})"
