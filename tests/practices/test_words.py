"""Counting words in Python; the browser's counter is held to the same vectors elsewhere."""

import json
import re
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.words import INVISIBLE, SEPARATOR, SPACE, count_html_words, count_words, first_words

VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("word_vectors.json").read_text(encoding="utf-8")
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
SPACES = st.text(
    st.characters(categories=["Z"], include_characters="\t\n\r").filter(
        lambda character: SEPARATOR.fullmatch(character) is not None
    ),
    min_size=1,
)
WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1)
PUNCTUATION = st.text(st.characters(categories=["P", "S"]))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["why"])
def test_vector(vector: dict[str, Any]) -> None:
    assert count_html_words(vector["html"]) == vector["words"]


def test_vectors_differ() -> None:
    assert len({vector["html"] for vector in VECTORS}) == len(VECTORS)


def test_every_space_of_unicode_separates() -> None:
    # `str.isspace` also names U+001C to U+001F, control characters that no browser calls space.
    spaces = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert {space for space in spaces if not re.match(f"[{SPACE}]", space)} == set(
        "\x1c\x1d\x1e\x1f"
    )


@given(TEXTS)
def test_no_more_words_than_python_splits(text: str) -> None:
    assert 0 <= count_words(text) <= len(SEPARATOR.split(text))


@given(st.lists(TEXTS))
def test_paragraphs_add_up(texts: list[str]) -> None:
    html = "".join(f"<p>{escape(text)}</p>" for text in texts)
    assert count_html_words(html) == sum(count_words(text) for text in texts)


@given(TEXTS, TEXTS)
def test_line_breaks_and_items_separate(first: str, second: str) -> None:
    expected = count_words(first) + count_words(second)
    first, second = escape(first), escape(second)
    assert count_html_words(f"<p>{first}<br/>{second}</p>") == expected
    assert count_html_words(f"<ul><li>{first}</li><li>{second}</li></ul>") == expected


@given(TEXTS, TEXTS, st.sampled_from(["b", "i", 'a href="https://example.org/uno"']))
def test_marks_change_nothing(first: str, second: str, mark: str) -> None:
    first, second = escape(first), escape(second)
    marked = f"<p>{first}<{mark}>{second}</{mark.split(maxsplit=1)[0]}></p>"
    assert count_html_words(marked) == count_html_words(f"<p>{first}{second}</p>")


@given(TEXTS, TEXTS, SPACES)
def test_white_space_separates(first: str, second: str, space: str) -> None:
    assert count_words(f"{first}{space}{second}") == count_words(first) + count_words(second)


@given(st.lists(st.tuples(PUNCTUATION, WORDS, PUNCTUATION)))
def test_punctuation_makes_no_words(parts: list[tuple[str, str, str]]) -> None:
    assert count_words(" — ".join("".join(part) for part in parts)) == len(parts)


@given(TEXTS, st.integers(0, 100), st.sampled_from("\xad\u200b\u200d\u2060\ufeff"))
def test_characters_without_width_change_nothing(text: str, place: int, character: str) -> None:
    assert INVISIBLE.match(character)
    assert count_words(text[:place] + character + text[place:]) == count_words(text)


@given(TEXTS, st.integers(1, 50))
def test_first_words_keep_to_the_limit(text: str, limit: int) -> None:
    assert count_words(first_words(text, limit)) <= limit
