"""The items of the ficha that a line of the log names: numbers in the database, words for people."""

from django.utils.functional import lazy

from .sections import ITEMS

SEPARATOR = ", "
"""Between the numbers in the log."""


def _in_words(numbers: str, separator: str) -> str:
    labels = {item.number: item.label for item in ITEMS.values()}
    named = (f"{number} {labels.get(number, '')}".strip() for number in numbers.split(SEPARATOR))
    return separator.join(named) if numbers else ""


in_words = lazy(_in_words, str)
"""Numbers with the labels of their items, in the language of who reads them, lazily."""
