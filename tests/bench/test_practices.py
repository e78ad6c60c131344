"""The made-up practices that speed is measured with."""

from collections import Counter
from statistics import mean

import pytest

from bench.practices import Generator, Practice
from bench.words import PROSE
from practices.vocabulary import ITEMS
from practices.words import count_words


@pytest.fixture(scope="module")
def made() -> list[Practice]:
    return list(Generator().practices(400))


def test_they_are_always_the_same(made: list[Practice]) -> None:
    again = Generator()
    assert [again.practice(number) for number in (1, 7, 400)] == [made[0], made[6], made[399]]
    assert made[0] != made[1]


def test_they_are_as_long_as_real_ones(made: list[Practice]) -> None:
    texts = [text for practice in made for text in practice.texts]
    summaries = [count_words(text.sections["summary"]) for text in texts]
    assert 60 <= mean(summaries) <= 85
    whole = [sum(count_words(text.sections[key]) for key in PROSE) for text in texts]
    assert 400 <= mean(whole) <= 500


def test_no_section_is_longer_than_it_may_be(made: list[Practice]) -> None:
    limits = {item.key: item.max_words for item in ITEMS if item.max_words}
    for practice in made:
        for text in practice.texts:
            for key, limit in limits.items():
                assert 0 < count_words(text.sections[key]) <= limit, (practice.number, key)


def test_they_are_in_both_languages_and_some_are_drafts(made: list[Practice]) -> None:
    originals = Counter(practice.texts[0].language for practice in made)
    assert originals["es"] > originals["pt-br"] > 20
    assert all(
        practice.texts[0].language == "pt-br" for practice in made if practice.country == "br"
    )
    assert 0.3 <= mean(len(practice.texts) > 1 for practice in made) <= 0.5
    drafts = [practice for practice in made if practice.published is None]
    assert 0.02 <= len(drafts) / len(made) <= 0.1
    assert all(len(practice.texts) == 1 for practice in drafts)


def test_their_values_are_as_unevenly_spread_as_real_ones(made: list[Practice]) -> None:
    countries = Counter(practice.country for practice in made)
    assert len(countries) >= 10
    assert countries["br"] > 5 * countries["sr"]
    tags = Counter(tag for practice in made for text in practice.texts for tag in text.tags)
    most, least = tags.most_common()[0][1], tags.most_common()[-1][1]
    assert len(tags) > 150
    assert most > 20 * least


def test_their_words_are_as_frequent_as_real_ones(made: list[Practice]) -> None:
    """A few words are in most practices, and most words in very few."""
    of_each = [
        {word for key in PROSE for word in practice.texts[0].sections[key].lower().split()}
        for practice in made
        if practice.texts[0].language == "es"
    ]
    held = Counter(word for words in of_each for word in words)
    assert sum(number > len(of_each) / 2 for number in held.values()) > 10
    assert sum(number <= len(of_each) / 100 for number in held.values()) > len(held) / 2
