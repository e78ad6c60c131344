"""The search index: one row for each indexed object, and the words of the collection.

The words of each object lie in the table `osumi_search_words`, which each database has in its own form
(migration 0001): a virtual table of FTS5 in SQLite, `tsvector` columns in PostgreSQL.
"""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db import models

from .analysis import WORD, fold, prepare, stem

SHORTEST, LONGEST = 4, 40
"""Letters of the words that are kept for corrections."""


class Entry(models.Model):
    """An indexed object, of any model; narrow, since every hit passes through it."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=50)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="osumi_search_entry_of_object"
            )
        ]

    def __str__(self) -> str:
        return f"{self.content_type_id}: {self.object_id}"


class WordManager(models.Manager["Word"]):
    """The words of the collection."""

    def learn(self, texts: Iterable[str]) -> None:
        """Add the words of texts that are not known yet."""
        shown: dict[str, str] = {}
        for text in texts:
            prepared = prepare(text)
            for place in WORD.finditer(fold(prepared)):
                if SHORTEST <= len(place[0]) <= LONGEST and place[0].isalpha():
                    shown.setdefault(place[0], prepared[place.start() : place.end()].lower())
        # In one order for all, so that two writers do not wait for each other.
        self.bulk_create(
            [Word.of(word, shown[word]) for word in sorted(shown)], ignore_conflicts=True
        )


class Word(models.Model):
    """A word of an indexed text, folded, to correct what was mistyped.

    `shown` is how it was first written, `count` in how many texts it is. It may come from a draft:
    nobody is shown it unless it finds something for them.
    """

    word = models.CharField(max_length=40, primary_key=True)
    shown = models.CharField(max_length=40)
    stem = models.CharField(max_length=40, db_index=True)
    length = models.PositiveSmallIntegerField()
    beginning = models.CharField(max_length=2)
    ending = models.CharField(max_length=3)
    count = models.PositiveIntegerField(default=1)

    objects = WordManager()

    class Meta:
        indexes = [
            models.Index(fields=["beginning", "length"], name="osumi_search_word_beginning"),
            models.Index(fields=["ending", "length"], name="osumi_search_word_ending"),
        ]

    def __str__(self) -> str:
        return self.word

    @classmethod
    def of(cls, word: str, shown: str) -> "Word":
        """A folded word with what follows from it."""
        return cls(
            word=word,
            shown=shown,
            stem=stem(word),
            length=len(word),
            beginning=word[:2],
            ending=word[-3:],
        )
