"""What is measured: searches as readers make them, beside the same asked by hand."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from statistics import median, quantiles
from urllib.parse import urlencode

from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from django.utils import translation

from osumi_search.analysis import is_stop
from osumi_search.models import Word
from practices.directory import Directory
from practices.listing import Selection
from practices.models import CatalogueEntry, CatalogueText

from .by_hand import FORMS, ask
from .question import PER_PAGE, Answer, Question

RUNS = 9
FACTOR, ALLOWANCE = 2, 20
"""Ours may take so many times as long as by hand, and so many milliseconds more."""

SHORTEST = 5
HUNDREDTH = 99 * PER_PAGE
"""How many practices stand before the hundredth page."""


@dataclass(frozen=True)
class Case:
    """A search with a name."""

    name: str
    question: Question


@dataclass
class Times:
    """Milliseconds of several runs."""

    runs: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return median(self.runs)

    @property
    def high(self) -> float:
        """What 95 of 100 runs stay below."""
        return quantiles(self.runs, n=20, method="inclusive")[-1]

    def __str__(self) -> str:
        return f"{self.middle:,.1f} / {self.high:,.1f}"


@dataclass(frozen=True)
class Measured:
    """A case with its times: `found` of the statement alone, `ours` with facets and cards.

    `first` are those of the first page, where another one was asked for.
    """

    case: Case
    total: int
    found: Times
    ours: Times
    by_hand: Times
    form: str
    first: Times | None = None

    @property
    def limit(self) -> float:
        return FACTOR * self.by_hand.middle + ALLOWANCE

    @property
    def is_met(self) -> bool:
        return self.ours.middle <= self.limit


def request_of(question: Question) -> WSGIRequest:
    """A request for the search page that asks the same.

    What every page of the site reads of its surroundings is read: countries, menu, themes.
    """
    parameters = {"q": question.words, "sort": question.sort, **question.chosen}
    address = f"/{question.language}/buscar/?{urlencode(parameters)}"
    request = RequestFactory().get(address)
    directory = Directory.of(request)
    assert directory.themes  # noqa: S101
    for country in directory.countries(question.language).values():
        directory.url(country)
    return request


def ours(question: Question, found: Times | None = None, page: Times | None = None) -> Answer:
    """The answer of a list, with all that a page shows of it.

    Its times go to `found`, for the statement alone, and to `page`, for everything.
    """
    with translation.override(question.language):
        request = request_of(question)
        started = time.perf_counter()
        listing = Selection(request, question.start, PER_PAGE)
        total = listing.total
        if found is not None:
            found.runs.append(_since(started))
        counts = {
            (facet.name, option.value): option.count
            for facet in listing.facets
            for option in facet.options
        }
        cards = [
            (card.marked_title, card.summary, card.practice.country, card.code, card.excerpt)
            for card in listing.cards
        ]
        if page is not None:
            page.runs.append(_since(started))
    return Answer([card.practice.pk for card in listing.cards], total, counts, cards)


def cases() -> Iterator[Case]:
    """Searches for words as frequent as they are in this collection."""
    texts = CatalogueText.objects.count()
    rare, medium, common = (_word(texts * share) for share in (0.0005, 0.01, 0.15))
    domain = _word(texts)
    facets = {"country": "pe", "theme": "human_rights"}
    yield Case(f"rare word: {rare}", _relevant(rare))
    yield Case(f"medium word: {medium}", _relevant(medium))
    yield Case(f"common word: {common}", _relevant(common))
    yield Case(f"commonest word: {domain}", _relevant(domain))
    yield Case(f"two words: {common} {domain}", _relevant(f"{common} {domain}"))
    yield Case("phrase: “derechos humanos”", _relevant('"derechos humanos"'))
    yield Case("common word, country and theme", _relevant(common, chosen=facets))
    yield Case("commonest word, country and theme", _relevant(domain, chosen=facets))
    yield Case("commonest word, by title", Question(domain, sort="title"))
    yield Case("no word", Question())
    yield Case("no word, by title", Question(sort="title"))
    yield Case("no word, one theme", Question(chosen={"theme": "human_rights"}))
    yield Case("no word, country and theme", Question(chosen=facets))
    yield Case("mistyped word", _relevant("regularizasiom"))
    yield Case("nothing like it", _relevant("zzxxqqww"))
    if CatalogueEntry.objects.count() > HUNDREDTH:
        yield Case("commonest word, hundredth page", _relevant(domain, start=HUNDREDTH))
        yield Case("no word, hundredth page", Question(start=HUNDREDTH))


def measure(case: Case, runs: int = RUNS) -> Measured:
    """Time a case, ours and by hand in turns, after runs that do not count."""
    question = case.question
    form = min(FORMS, key=lambda name: min(_timed(question, name) for _run in range(2)))
    total = ours(question).total
    found, page, by_hand, first = Times(), Times(), Times(), Times()
    for _run in range(runs):
        ours(question, found, page)
        by_hand.runs.append(_timed(question, form))
        if question.start:
            ours(replace(question, start=0), page=first)
    return Measured(case, total, found, page, by_hand, form, first if question.start else None)


def _timed(question: Question, form: str) -> float:
    """Milliseconds that an answer by hand takes."""
    started = time.perf_counter()
    ask(question, form)
    return _since(started)


def _since(started: float) -> float:
    return (time.perf_counter() - started) * 1_000


def _relevant(words: str, chosen: dict[str, str] | None = None, start: int = 0) -> Question:
    return Question(words, chosen or {}, "relevance", start)


def _word(texts: float) -> str:
    """The word whose number of texts is nearest to the one asked for."""
    words = Word.objects.filter(length__gte=SHORTEST, count__gte=1).values_list("word", "count")
    return min((abs(count - texts), word) for word, count in words if not is_stop(word))[1]
