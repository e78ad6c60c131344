"""Lists of practices: languages, filters, counts, order, pages."""

import pytest
from django.test import Client

from practices.models import CountryPage, PracticePage, Theme, ThemeText
from tests.factories import make_practice, translate

pytestmark = pytest.mark.django_db


def test_lists_show_the_readers_language_or_a_badge(client: Client) -> None:
    translated = make_practice(published=True, slug="con", title="Título en español")
    translate(translated, published=True, title="Título em português")
    make_practice(published=True, slug="sin", title="Solo en español")
    html = client.get("/pt-br/experiencias/peru/").content.decode()
    assert "Título em português" in html
    assert "Título en español" not in html
    assert 'lang="es">Solo en español' in html
    assert "badge--language" in html
    assert "/pt-br/experiencias/peru/sin/" in html
    spanish = client.get("/es/experiencias/peru/").content.decode()
    assert "Título en español" in spanish
    assert "badge--language" not in spanish


def test_a_theme_has_a_slug_in_each_language(client: Client) -> None:
    assert client.get("/pt-br/temas/direitos-humanos/").status_code == 200
    response = client.get("/pt-br/temas/derechos-humanos/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/pt-br/temas/direitos-humanos/"


def test_lists_are_paged_by_twelve(client: Client) -> None:
    first = client.get("/es/experiencias/").context["listing"]
    second = client.get("/es/experiencias/", {"page": 2}).context["listing"]
    assert len(first.cards) == len(second.cards) == 12
    assert first.total == 24
    titles = {card.title for card in (*first.cards, *second.cards)}
    assert len(titles) == 24
    for number in ("99", "0", "x", "-1", "9" * 40):
        assert client.get("/es/experiencias/", {"page": number}).status_code == 200


def test_filters_narrow_and_counts_are_true(client: Client) -> None:
    listing = client.get("/es/experiencias/", {"theme": "human_rights"}).context["listing"]
    countries = next(facet for facet in listing.facets if facet.name == "country")
    for option in countries.options:
        narrowed = client.get(
            "/es/experiencias/", {"theme": "human_rights", "country": option.value}
        ).context["listing"]
        assert narrowed.total == option.count, option.value
    for facet in listing.facets:
        for option in facet.options:
            if facet.name != "theme":
                parameters = {"theme": "human_rights", facet.name: option.value}
                narrowed = client.get("/es/experiencias/", parameters).context["listing"]
                assert narrowed.total == option.count, (facet.name, option.value)


def test_an_unknown_filter_says_so(client: Client) -> None:
    response = client.get("/es/experiencias/", {"theme": "nada<b>", "otro": "x"})
    assert response.context["listing"].total == 0
    assert "nada&lt;b&gt;" in response.content.decode()


def test_an_empty_country_says_what_will_be_here(client: Client) -> None:
    for practice in PracticePage.objects.filter(country="sr"):
        practice.unpublish()
    response = client.get("/es/experiencias/suriname/")
    assert response.status_code == 200
    assert response.context["listing"].total == 0


def test_titles_are_sorted_as_they_are_shown(client: Client) -> None:
    first = make_practice(published=True, slug="uno", title="Aaa en español")
    translate(first, published=True, title="Zzz em português")
    second = make_practice(published=True, slug="dos", title="Yyy en español")
    translate(second, published=True, title="Bbb em português")
    for path, order in (("/es/", ["Aaa", "Yyy"]), ("/pt-br/", ["Bbb", "Zzz"])):
        cards = client.get(f"{path}experiencias/peru/?sort=title").context["listing"].cards
        shown = [card.title[:3] for card in cards if card.practice in (first, second)]
        assert shown == order


def test_tags_of_drafts_are_not_told(client: Client) -> None:
    make_practice(slug="borrador", tags=["etiqueta secreta"])
    for query in ("", "?country=ar", "?q=x", "?theme=human_rights"):
        response = client.get(f"/es/etiquetas/etiqueta-secreta/{query}")
        assert response.status_code == 404


def test_a_themes_own_slug_wins_over_anothers(client: Client) -> None:
    theme = Theme.objects.create(code="otro-tema")
    ThemeText.objects.create(
        theme=theme, language="pt-br", name="Novo", short_name="Novo", slug="derechos-humanos"
    )
    response = client.get("/pt-br/temas/derechos-humanos/")
    assert response.status_code == 200
    assert response.context["theme"] == theme
    response = client.get("/pt-br/temas/consulta-social/?country=ar")
    assert response.status_code == 200
    response = client.get("/es/temas/direitos-humanos/?country=ar")
    assert response["Location"] == "/es/temas/derechos-humanos/?country=ar"


def test_a_theme_without_texts_breaks_no_page(client: Client) -> None:
    Theme.objects.create(code="sin-textos")
    for path in ("/es/", "/es/temas/", "/es/experiencias/"):
        response = client.get(path)
        assert response.status_code == 200
        assert "/temas//" not in response.content.decode()


def test_a_country_down_in_one_tree_is_counted_all_the_same(client: Client) -> None:
    CountryPage.objects.get(iso_code="pe", locale__language_code="pt-br").unpublish()
    assert client.get("/pt-br/").context["total"] == 24
    assert client.get("/pt-br/experiencias/?country=pe").context["listing"].total == 1


def test_a_chip_removes_its_filter_alone(client: Client) -> None:
    query = "?q=ley&country=ar&country=br&theme=human_rights&sort=title"
    html = client.get(f"/es/experiencias/{query}").content.decode()
    for rest in (
        "?q=ley&amp;country=br&amp;theme=human_rights&amp;sort=title",
        "?q=ley&amp;country=ar&amp;theme=human_rights&amp;sort=title",
        "?q=ley&amp;country=ar&amp;country=br&amp;sort=title",
    ):
        assert f'class="chip chip--remove" href="{rest}"' in html
    assert 'class="results__clear" href="?q=ley&amp;sort=title"' in html


def test_forms_keep_what_the_other_one_asks(client: Client) -> None:
    html = client.get("/es/experiencias/?q=ley&country=ar&sort=title").content.decode()
    search, _, rest = html.partition('role="search"')[2].partition("</form>")
    assert '<input type="hidden" name="country" value="ar">' in search
    filters = rest.partition('class="filters"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="q" value="ley">' in filters
    assert '<input type="hidden" name="sort" value="title">' in filters
    assert 'type="submit"' in filters


def test_a_country_page_leads_to_what_other_countries_have(client: Client) -> None:
    html = client.get("/es/experiencias/suriname/?q=residencia").content.decode()
    assert 'href="/es/experiencias/?q=residencia"' in html
