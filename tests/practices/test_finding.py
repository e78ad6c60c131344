"""Lists, counts and filters against a plain reading of the same practices, on either database."""

from functools import cache
from typing import Any

import pytest
from django.http import HttpRequest, QueryDict
from django.test import Client, RequestFactory
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from practices.facets import FACETS
from practices.listing import Listing
from practices.models import CatalogueEntry, PracticePage
from tests.factories import make_practice

pytestmark = pytest.mark.django_db

WORDS = ("", "migracion", "regularização", "ley", "niñas", "mercosur pasaporte", "nadadenada")
Asked = dict[str, list[str]]


def listing(query: str = "", fixed: Any = None, reader: str = "es", **asked: list[str]) -> Listing:
    parameters = QueryDict(mutable=True)
    for name, values in ({"q": [query]} | asked).items():
        parameters.setlist(name, values)
    request: HttpRequest = RequestFactory().get(f"/{reader}/buscar/?{parameters.urlencode()}")
    with translation.override(reader):
        return Listing(request, fixed)


def everything(found: Listing) -> list[int]:
    with translation.override(found.language):
        return [card.practice.pk for card in found.every_card()]


def catalogue() -> dict[int, set[tuple[str, str]]]:
    return {
        entry.pk: {(value.facet, value.value) for value in entry.values.all()}
        for entry in CatalogueEntry.objects.prefetch_related("values")
    }


@cache
def offered() -> dict[str, list[str]]:
    """All values that the practices of the demo have, by facet; the demo is the same in all tests."""
    values: dict[str, set[str]] = {facet.name: set() for facet in FACETS}
    for pairs in catalogue().values():
        for facet, value in pairs:
            values[facet].add(value)
    return {facet: sorted(found) for facet, found in values.items()}


def fits(pairs: set[tuple[str, str]], asked: Asked) -> bool:
    return all(
        not values or any((facet, value) in pairs for value in values)
        for facet, values in asked.items()
    )


def draw_asked(data: st.DataObject) -> Asked:
    names = data.draw(st.lists(st.sampled_from([f.name for f in FACETS]), max_size=3, unique=True))
    return {
        name: data.draw(st.lists(st.sampled_from(offered()[name]), max_size=3, unique=True))
        for name in names
    }


few = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@few
@given(data=st.data())
def test_lists_and_counts_are_what_a_plain_reading_gives(data: st.DataObject) -> None:
    asked = draw_asked(data)
    words = data.draw(st.sampled_from(WORDS))
    found = listing(words, None, "es", **asked)
    hits = set(everything(listing(words)))
    facts = catalogue()
    expected = {pk for pk in hits if fits(facts[pk], asked)}
    assert set(everything(found)) == expected
    assert found.total == len(expected)
    for facet in found.facets:
        others = {name: values for name, values in asked.items() if name != facet.name}
        for option in facet.options:
            fitting = {
                pk
                for pk in hits
                if fits(facts[pk], others) and (facet.name, option.value) in facts[pk]
            }
            assert option.count == len(fitting), (facet.name, option.value)


@few
@given(data=st.data())
def test_a_further_facet_narrows_and_a_further_value_widens(data: st.DataObject) -> None:
    asked = draw_asked(data)
    words = data.draw(st.sampled_from(WORDS))
    whole = set(everything(listing(words, None, "es", **asked)))
    facet = data.draw(st.sampled_from([facet.name for facet in FACETS]))
    value = data.draw(st.sampled_from(offered()[facet]))
    narrower = set(
        everything(listing(words, None, "es", **asked | {facet: [*asked.get(facet, []), value]}))
    )
    if asked.get(facet):
        assert narrower >= whole
    else:
        assert narrower <= whole


@pytest.mark.parametrize("sort", ["relevance", "newest", "title", "country"])
@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_every_order_holds_every_practice_once(sort: str, language: str) -> None:
    found = listing("migracion", reader=language, sort=[sort])
    practices = everything(found)
    assert len(practices) == len(set(practices)) == found.total > 10
    with translation.override(language):
        cards = list(found.every_card())
    keys: dict[str, list[Any]] = {
        "newest": [-card.practice.first_published_at.timestamp() for card in cards],
        "title": [card.version.sort_title for card in cards],
        "country": [card.country.title if card.country else "" for card in cards],
    }
    if sort in keys:
        assert keys[sort] == sorted(keys[sort])


def test_pages_hold_what_the_whole_list_holds() -> None:
    for index in range(30):
        make_practice(published=True, title=f"Zafra número {index}")
    for sort in ("newest", "title"):
        whole = everything(listing(sort=[sort]))
        pages: list[int] = []
        for number in range(1, 6):
            found = listing(sort=[sort], page=[str(number)])
            with translation.override("es"):
                pages += [card.practice.pk for card in found.cards]
        assert pages == whole
    last = listing(page=["1000000"])
    with translation.override("es"):
        assert last.cards
    assert last.page.number == last.page.paginator.num_pages


def test_a_page_of_one_value_fixes_it() -> None:
    for fixed in (("country", "pe"), ("theme", "human_rights"), ("tag", "mercosur")):
        found = listing(fixed=fixed)
        facts = catalogue()
        assert set(everything(found)) == {pk for pk, pairs in facts.items() if fixed in pairs}
        assert fixed[0] not in {facet.name for facet in found.facets}
        other = listing("", fixed, "es", **{fixed[0]: ["otra-cosa"]})
        assert other.total == found.total, "its own parameter is ignored"


def test_unknown_values_fit_nothing_and_are_named() -> None:
    found = listing(country=["zz"], theme=["human_rights"])
    assert found.total == 0
    assert found.unknown == ["zz"]
    one = listing(country=["zz", "pe"])
    assert one.total == listing(country=["pe"]).total
    assert one.unknown == ["zz"]
    for slug in ("no-hay", "a\x00b", "x" * 500):
        assert listing(tag=[slug]).unknown == [slug]
        assert listing(tag=[slug]).total == 0
    assert listing(sort=["color"]).filter.unknown_sort == "color"
    assert not listing(sort=["relevance"]).filter.unknown_sort
    assert len(listing(theme=[f"no-{number}" for number in range(900)]).unknown) == 5


def test_the_query_string_is_canonical() -> None:
    found = listing("ley", theme=["human_rights"], country=["pe", "ar", "pe"], sort=["title"])
    assert (
        found.filter.query_string() == "q=ley&country=pe&country=ar&theme=human_rights&sort=title"
    )
    assert listing("ley", sort=["relevance"]).filter.query_string() == "q=ley"
    assert listing(sort=["relevance"]).filter.sort == "newest"


def test_numbers_of_queries_do_not_grow(django_assert_max_num_queries: Any) -> None:
    for index in range(20):
        make_practice(published=True, title=f"Zafra número {index}", tags=[f"marca {index}"])
    with translation.override("es"), django_assert_max_num_queries(15):
        found = listing(country=["pe"], tag=["marca-1", "marca-2", "marca-3"])
        assert len(found.cards) == 3
        assert found.facets
    with translation.override("es"), django_assert_max_num_queries(15):
        found = listing("migracion")
        assert len(found.cards) == 12
        assert found.facets
        assert any(card.excerpt for card in found.cards)


def test_a_stale_catalogue_shows_nothing_private(client: Client) -> None:
    practice = make_practice(published=True, title="Zafra secreta", tags=["zafral"])
    PracticePage.objects.filter(pk=practice.pk).update(live=False)
    assert practice.pk in catalogue()
    assert practice.pk not in everything(listing())
    assert not client.get("/es/sugerencias.json", {"q": "zafra"}).json()["suggestions"]
    for address in ("/es/etiquetas/", "/sitemap.xml"):
        assert "zafral" not in client.get(address).content.decode(), address
