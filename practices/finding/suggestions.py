"""What may be meant by the first letters of a search: public titles, tags, themes and countries.

All of it comes from the catalogue of what is public; nothing is looked up that is not.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Case, CharField, Count, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from practices.directory import Directory
from practices.facets import TAG
from practices.models import CatalogueText, CatalogueValue, ThemeText
from practices.navigation import Surroundings
from practices.querysets import MAX_QUERY_LENGTH, WORD, fold
from practices.searches import folded
from practices.tag_lists import shown_texts
from practices.vocabulary import Label

MOST = 8
MOST_WORDS = 2
MOST_PLACES = 3
"""Countries, themes and tags together, so that there is room for practices."""
FEWEST_LETTERS = 2
SHORTEST_WORD = 4
TITLES_READ = 40

BEFORE_WORDS = " -–/(«“\"'¿¡.:,"
"""What a word may follow in a folded title."""

KINDS: dict[str, Label] = {
    "word": _("Search"),
    "country": _("Country"),
    "theme": _("Theme"),
    "tag": _("Tag"),
    "practice": _("Practice"),
}


@dataclass(frozen=True)
class Suggestion:
    """Something to go to; of a word, to the search for it. `language` is empty where it is known."""

    kind: str
    text: str
    url: str
    language: str = ""

    def as_json(self) -> dict[str, str]:
        """The same for scripts, with the kind in the reader's words."""
        return {
            "kind": self.kind,
            "kindName": str(KINDS[self.kind]),
            "text": self.text,
            "language": self.language,
            "url": self.url,
        }


@dataclass(frozen=True)
class Row:
    """A name and its language; `key` is the country of a practice, the code of a theme."""

    kind: str
    name: str
    slug: str
    language: str
    key: str


def suggestions(typed: str, request: HttpRequest) -> list[Suggestion]:
    """What begins with each of the words typed, in the reader's language where it has a name there.

    At most `MOST`; nothing for less than two letters. Three queries.
    """
    words = folded(typed[:MAX_QUERY_LENGTH]).split()
    if sum(map(len, words)) < FEWEST_LETTERS:
        return []
    language = translation.get_language() or ""
    rows = _read(words, language)
    titles = [row for row in rows if row.kind == "practice"]
    titles.sort(key=lambda row: (not fold(row.name).startswith(words[0]), fold(row.name)))
    found = [
        *islice(_words(words, titles), MOST_WORDS),
        *islice(_places(words, rows, request, language), MOST_PLACES),
        *_practices(titles, request, language),
    ]
    return found[:MOST]


def begin(name: str, words: Iterable[str]) -> bool:
    """Whether each of the folded words begins a word of a name."""
    own = folded(name).split()
    return all(any(one.startswith(word) for one in own) for word in words)


def _read(words: list[str], language: str) -> list[Row]:
    """Titles and tags that begin so, and all themes, in one query."""
    titles = shown_texts(language).filter(_begins("sort_title", words, BEFORE_WORDS))
    first = Case(When(sort_title__startswith=words[0], then=0), default=1)
    nearest = titles.order_by(first, "sort_title", "pk").values("pk")[:TITLES_READ]
    tags = CatalogueValue.objects.filter(facet=TAG.name).filter(_begins("value", words, "-"))
    live = tags.filter(facts__entry__practice__live=True)
    used = live.annotate(uses=Count("facts")).order_by("-uses", "value")
    named = Tag.objects.filter(slug=OuterRef("value"))
    tagged = CatalogueText.objects.filter(page__tagged_items__tag__slug=OuterRef("value"))
    own_first = Case(When(language=language, then=0), default=1)
    union = _rows(
        CatalogueText.objects.filter(pk__in=nearest).order_by(),
        "practice",
        name=F("page__title"),
        slug=F("entry__practice__slug"),
        spoken=F("language"),
        key=F("entry__country"),
    ).union(
        _rows(
            CatalogueValue.objects.filter(pk__in=used.values("pk")[:MOST_PLACES]),
            "tag",
            name=Subquery(named.values("name")[:1]),
            slug=F("value"),
            spoken=Subquery(tagged.order_by(own_first, "language").values("language")[:1]),
            key=Value("", output_field=CharField()),
        ),
        _rows(
            ThemeText.objects.order_by(),
            "theme",
            name=F("short_name"),
            slug=F("slug"),
            spoken=F("language"),
            key=F("theme__code"),
        ),
        all=True,
    )
    return [Row(*row) for row in union]


def _rows(queryset: "QuerySet[Any]", kind: str, **columns: Any) -> Any:
    named = {f"row_{name}": column for name, column in columns.items()}
    kinds = Value(kind, output_field=CharField())
    return queryset.annotate(row_kind=kinds, **named).values_list("row_kind", *named)


def _begins(column: str, words: list[str], before: str) -> Q:
    """That each word begins the column, or follows one of some characters in it."""
    condition = Q()
    for word in words:
        one = Q(**{f"{column}__startswith": word})
        for character in before:
            one |= Q(**{f"{column}__contains": f"{character}{word}"})
        condition &= one
    return condition


def _words(words: list[str], titles: list[Row]) -> Iterator[Suggestion]:
    """The last word completed by those of titles that have the others; the most frequent first.

    The words stand in public titles, so that a search for them finds something.
    """
    *others, last = words
    counted: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for row in titles:
        own = {fold(word): word.lower() for word in WORD.findall(row.name)}
        if own.keys() >= set(others):
            completed = {word for word in own if word.startswith(last) and word != last}
            completed = {word for word in completed if len(word) >= SHORTEST_WORD}
            counted.update(completed)
            spelt |= {word: own[word] for word in completed if word not in spelt}
    for word, _count in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        text = " ".join([*others, spelt[word]])
        yield Suggestion("word", text, f"{reverse('practices_search')}?{urlencode({'q': text})}")


def _places(
    words: list[str], rows: list[Row], request: HttpRequest, language: str
) -> Iterator[Suggestion]:
    """Countries, themes and tags with their pages."""
    directory = Directory.of(request)
    around = Surroundings.find(request)
    for page in directory.countries(language).values():
        if begin(page.title, words):
            spoken = page.locale.language_code
            yield _suggestion("country", page.title, directory.url(page), spoken, language)
    for row in _themes(rows, language):
        if around.themes and begin(row.name, words):
            yield _suggestion(
                "theme", row.name, f"{around.themes}{row.slug}/", row.language, language
            )
    for row in rows:
        if row.kind == "tag" and around.tags and row.name:
            yield _suggestion("tag", row.name, f"{around.tags}{row.slug}/", row.language, language)


def _themes(rows: list[Row], language: str) -> Iterator[Row]:
    """Each theme with the text that readers of a language are shown, as `Theme.text` chooses it."""
    wanted = [settings.LANGUAGE_CODE, language]
    texts = [row for row in rows if row.kind == "theme"]
    texts.sort(key=lambda row: wanted.index(row.language) if row.language in wanted else -1)
    yield from {row.key: row for row in texts}.values()


def _practices(titles: list[Row], request: HttpRequest, language: str) -> Iterator[Suggestion]:
    directory = Directory.of(request)
    countries = directory.countries(language)
    for row in titles:
        if row.key in countries:
            url = f"{directory.url(countries[row.key])}{row.slug}/"
            yield _suggestion("practice", row.name, url, row.language, language)


def _suggestion(kind: str, text: str, url: str, spoken: str, language: str) -> Suggestion:
    return Suggestion(kind, text, url, "" if spoken == language else spoken)
