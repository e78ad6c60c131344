"""Ours and the reference by hand answer the same, and so what is measured is the same work."""

import pytest

from bench.by_hand import FORMS, ask
from bench.load import Loader
from bench.practices import Generator
from bench.question import PER_PAGE, Answer, Question
from bench.search import Case, Measured, Times, measure, ours
from bench.table import table
from practices.models import CatalogueEntry, PracticePage

pytestmark = pytest.mark.django_db

FACETS = {"country": "pe", "theme": "human_rights"}
QUESTIONS = {
    "word": Question("derechos", sort="relevance"),
    "words": Question("derechos humanos migración", sort="relevance"),
    "phrase": Question('"derechos humanos"', sort="relevance"),
    "word and facets": Question("derechos", FACETS, "relevance"),
    "word by title": Question("residencia", sort="title"),
    "word of few": Question("apátridas", sort="relevance"),
    "third page": Question("derechos", sort="relevance", start=40),
    "everything": Question(),
    "everything by title": Question(sort="title"),
    "everything in Portuguese by title": Question(sort="title", language="pt-br"),
    "facet": Question(chosen={"theme": "human_rights"}),
    "facets": Question(chosen=FACETS),
    "mistyped": Question("regularizasiom", sort="relevance"),
    "nothing": Question("zzxxqqww", sort="relevance"),
}


@pytest.fixture
def collection(db: None) -> None:
    """The demo and two hundred made-up practices."""
    list(Loader().load(Generator().practices(200)))


def test_ours_and_by_hand_find_the_same(collection: None) -> None:
    for name, question in QUESTIONS.items():
        found = ours(question)
        for form in FORMS:
            by_hand = ask(question, form)
            assert found.practices == by_hand.practices, (name, form)
            assert found.total == by_hand.total, (name, form)
            _assert_same_counts(found, by_hand, f"{name}, {form}")
        assert len(found.cards) == len(found.practices), name
    assert ours(QUESTIONS["word"]).total > 100
    assert len(ours(QUESTIONS["third page"]).practices) == PER_PAGE
    assert ours(QUESTIONS["mistyped"]).total > 10
    assert not ours(QUESTIONS["nothing"]).total


def _assert_same_counts(found: Answer, by_hand: Answer, where: str) -> None:
    """Each count shown is the same; lists show the tags of most practices alone."""
    for pair, count in found.counts.items():
        assert by_hand.counts.get(pair, 0) == count, (where, pair)
    missing = by_hand.counts.keys() - found.counts.keys()
    assert all(facet == "tag" for facet, _value in missing), (where, missing)


def test_cards_by_hand_show_what_was_sought(collection: None) -> None:
    cards = ask(QUESTIONS["word"], "apart").cards
    assert len(cards) == PER_PAGE
    for title, summary, country, code, passage in cards:
        assert title
        assert summary
        assert country.upper()[:1] == code.split("-")[1][:1]
        assert passage
    assert any("<b>" in passage for *_rest, passage in cards)


def test_what_is_loaded_is_whole(collection: None) -> None:
    practice = PracticePage.objects.get(slug__endswith="-200")
    assert practice.get_parent().specific.iso_code == practice.country
    assert practice.summary_text
    assert practice.record.code.endswith("000200")
    assert PracticePage.find_problems() == ([], [], [], [], [])
    assert CatalogueEntry.objects.filter(practice=practice).exists() == practice.live


def test_the_table_says_what_exceeds_the_limit(collection: None) -> None:
    measured = measure(Case("facet", QUESTIONS["facet"]), runs=3)
    assert measured.total == ours(QUESTIONS["facet"]).total
    assert len(measured.ours.runs) == len(measured.by_hand.runs) == len(measured.found.runs) == 3
    assert measured.first is None
    later = measure(Case("later", QUESTIONS["third page"]), runs=3)
    assert "later: " in table([later])
    quick, slow = Times([10.0] * 3), Times([41.0] * 3)
    case = Case("a search", Question())
    text = table([Measured(case, 1_234, quick, slow, quick, "apart"), measured])
    assert (
        "| a search | 1,234 | 10.0 / 10.0 | 41.0 / 41.0 | 10.0 / 10.0 (apart) | 4.1 | 40 | **no** |"
        in text
    )
