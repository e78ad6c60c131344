"""The search page: what was found and where, what was understood, and what to do next."""

import html as entities
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from practices.models import FailedSearch, PracticePage
from tests.factories import TRANSLATED, make_practice, translate

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(django_capture_on_commit_callbacks: Any) -> Any:
    """Make practices that words find at once."""

    def make(**values: Any) -> PracticePage:
        with django_capture_on_commit_callbacks(execute=True):
            return make_practice(published=True, **values)

    return make


def search(client: Client, words: str, language: str = "es", **parameters: Any) -> str:
    response = client.get(f"/{language}/buscar/", {"q": words, **parameters})
    assert response.status_code == 200
    return response.content.decode()


def test_a_result_says_where_it_was_found(client: Client, indexed: Any) -> None:
    text = "<p>Otra cosa. Aquí vive el ornitorrinco &amp; nadie más. Y otra.</p>"
    practice = indexed(title="Los ornitorrincos & <b>otros</b>", sections={"results": text})
    page = search(client, "ORNITORRINCO")
    assert "Los <mark>ornitorrincos</mark> &amp; &lt;b&gt;otros&lt;/b&gt;" in page
    assert "Aquí vive el <mark>ornitorrinco</mark> &amp; nadie más." in page
    assert "Otra cosa." not in page
    assert practice.record.code in page
    assert "Derechos humanos" in page
    assert re.search(r"<title>ORNITORRINCO – Buscar – OSUMI</title>", page)


def test_words_are_escaped_wherever_they_stand(client: Client) -> None:
    words = "\"><script>alert('ñ')</script>"
    page = search(client, words)
    assert "<script>alert" not in page
    assert entities.escape(words).replace("&#x27;", "&#x27;") in page


def test_a_sentence_in_another_language_says_so(
    client: Client, indexed: Any, django_capture_on_commit_callbacks: Any
) -> None:
    practice = indexed(title="Título en español")
    with django_capture_on_commit_callbacks(execute=True):
        texts = TRANSLATED | {"summary": "<p>Aqui mora o jabutizinho.</p>"}
        sections = list(texts.items())
        translate(practice, published=True, title="Título em português", sections=sections)
    page = search(client, "jabutizinho")
    [card] = re.findall(r"<article.*?</article>", page, re.DOTALL)
    assert "Título en español" in card
    assert re.search(r'<p class="card__summary[^"]*" lang="pt-br">.*<mark>jabutizinho', card)
    assert '<span class="badge badge--language">Portugués</span>' in card
    own = search(client, "jabutizinho", "pt-br")
    [card] = re.findall(r"<article.*?</article>", own, re.DOTALL)
    assert "badge--language" not in card
    assert 'lang="' not in card


def test_a_mistyped_word_is_corrected_and_said(client: Client, indexed: Any) -> None:
    indexed(title="Ornitorrinco viajero")
    page = search(client, "ornitorrimco", country="pe")
    assert "ornitorrimco" in page
    assert re.search(r'<a href="\?q=ornitorrinco&amp;country=pe">«ornitorrinco»</a>', page)
    assert "<mark>Ornitorrinco</mark> viajero" in page
    assert 'value="ornitorrimco"' in page
    assert "«ornitorrinco»" not in search(client, "ornitorrinco")


def test_some_of_the_words_are_better_than_nothing(client: Client, indexed: Any) -> None:
    indexed(title="Ornitorrinco viajero")
    listing = client.get("/es/buscar/", {"q": "ornitorrinco qqqqwwww"}).context["listing"]
    assert listing.reading.is_partial
    assert listing.total == 1
    partly = search(client, "ornitorrinco qqqqwwww")
    assert partly.count('class="notice"') == 1
    assert 'class="notice"' not in search(client, "ornitorrinco")
    assert 'class="notice"' not in search(client, "qqqqwwww")


def test_nothing_found_says_what_to_do(client: Client, indexed: Any) -> None:
    indexed(title="Ornitorrinco viajero")
    page = search(client, "ornitorrinco", country=["br", "co"], sort="title")
    empty = page.partition('class="empty"')[2].partition("</div>")[0]
    links = re.findall(r'href="([^"]*)"', empty)
    assert links == [
        "?q=ornitorrinco&amp;country=co&amp;sort=title",
        "?q=ornitorrinco&amp;country=br&amp;sort=title",
        "?q=ornitorrinco&amp;sort=title",
        "/es/experiencias/?q=ornitorrinco&amp;sort=title",
        "/es/experiencias/",
    ]
    nowhere = search(client, "qqqqwwww").partition('class="empty"')[2].partition("</div>")[0]
    assert re.findall(r'href="([^"]*)"', nowhere) == ["/es/experiencias/"]


def test_an_unknown_value_says_so_and_goes_with_the_next_step(client: Client) -> None:
    page = search(client, "", country=["pe", "xx"])
    assert page.count("notice--warning") == 1
    assert 'href="?country=xx' not in page
    assert client.get("/es/buscar/?country=pe&country=xx").context["listing"].total == 1


def test_searches_that_found_nothing_are_counted_once(client: Client, indexed: Any) -> None:
    indexed(title="Ornitorrinco viajero")
    for path in ("/es/buscar/", "/es/experiencias/"):
        client.get(path, {"q": "Qqqqwwww"})
    for parameters in (
        {"q": "ornitorrinco"},
        {"q": "ornitorrinco", "country": "br"},
        {"q": "ornitorrimco"},
        {"q": "qqqqwwww", "country": "br"},
        {"q": "qqqqwwww", "country": "xx"},
        {"q": "qqqqwwww", "page": "2"},
        {"country": "xx"},
        {},
    ):
        client.get("/es/buscar/", parameters)
    client.head("/es/buscar/", {"q": "qqqqwwww"})
    client.get("/es/buscar/", {"q": "qqqqwwww"}, headers={"Sec-Purpose": "prefetch"})
    client.get("/es/sugerencias.json", {"q": "qqqqwwww"})
    [row] = FailedSearch.objects.all()
    assert (row.words, row.language, row.count) == ("qqqqwwww", "es", 2)


def test_what_is_recommended_stands_above_the_first_page(client: Client) -> None:
    page = PracticePage.objects.get(country="gy")
    SearchPromotion.objects.create(query=Query.get("ley migratoria"), page=page)
    found = search(client, "Ley migratoria")
    assert found.index('class="promoted"') < found.index('class="cards"')
    for words, number in (("ley", "1"), ("ley migratoria", "2")):
        assert 'class="promoted"' not in search(client, words, page=number)


def test_facets_say_what_they_hold(client: Client) -> None:
    tags = [f"etiqueta {number:02}" for number in range(30)]
    make_practice(published=True, tags=tags)
    listing = client.get("/es/buscar/", {"country": "pe"}).context["listing"]
    facets = {facet.name: facet for facet in listing.facets}
    assert list(facets) == [
        "country",
        "theme",
        "level",
        "category",
        "documentation",
        "need",
        "criterion",
        "tag",
        "language",
    ]
    assert len(facets["country"].shown) == 12  # no country is folded away
    assert any(option.count == 0 for option in facets["theme"].options)
    assert all(option.count for option in facets["level"].options)
    assert len(facets["tag"].shown) == 8
    assert len(facets["tag"].options) == 20
    assert not facets["tag"].is_unfolded
    chosen = facets["tag"].folded[-1].value
    listing = client.get("/es/buscar/", {"tag": chosen}).context["listing"]
    assert next(facet for facet in listing.facets if facet.name == "tag").is_unfolded


def test_a_tag_says_its_language(client: Client) -> None:
    practice = make_practice(published=True, tags=["regularización"])
    translation = translate(practice)
    translation.tags.set(["palavra rara"])
    translation.save_revision().publish(skip_permission_checks=True)
    for path, language in (("/es/", "pt-br"), ("/pt-br/", "")):
        listing = client.get(f"{path}buscar/?tag=palavra-rara").context["listing"]
        [(chip, _query)] = listing.chips
        assert (chip.label, chip.language) == ("palavra rara", language)


def test_without_words_there_is_no_relevance(client: Client) -> None:
    assert "sort-relevance" not in search(client, "")
    page = search(client, "migracion")
    assert re.search(r'id="sort-relevance"[^>]* aria-current="true"', page)
    assert 'name="sort"' not in page  # the usual order is not written into addresses
