"""Each public page says in its head where it is, and where in other languages; the switcher agrees."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client

from home.models import ContentPage
from practices.models import CountryPage, PracticePage, ThemeText
from tests.factories import make_practice, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


class Head(HTMLParser):
    """Canonical address, alternates and language of a page; the links of its switcher."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.language = ""
        self.canonical: list[str] = []
        self.alternates: list[tuple[str, str]] = []
        self.switcher: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = values["lang"]
        elif tag == "link" and values["rel"] == "canonical":
            self.canonical.append(values["href"])
        elif tag == "link" and "hreflang" in values:
            self.alternates.append((values["hreflang"], values["href"]))
        elif tag == "a" and "hreflang" in values:
            self.switcher[values["hreflang"]] = values["href"]


def head(client: Client, url: str) -> Head:
    response = client.get(url)
    assert response.status_code == 200, url
    return Head(response.content.decode())


PAIRS = [
    ("/es/", "/pt-br/"),
    ("/es/experiencias/", "/pt-br/experiencias/"),
    ("/es/experiencias/peru/", "/pt-br/experiencias/peru/"),
    ("/es/temas/", "/pt-br/temas/"),
    ("/es/temas/derechos-humanos/", "/pt-br/temas/direitos-humanos/"),
    ("/es/etiquetas/", "/pt-br/etiquetas/"),
    ("/es/etiquetas/regularizacion/", "/pt-br/etiquetas/regularizacion/"),
    ("/es/acerca-del-banco/", "/pt-br/sobre-o-banco/"),
    ("/es/buscar/", "/pt-br/buscar/"),
]


@pytest.mark.parametrize("query", ["", "?country=ar&country=br&q=la+ley"])
@pytest.mark.parametrize(("spanish", "portuguese"), PAIRS)
def test_each_page_knows_itself_in_both_languages(
    client: Client, spanish: str, portuguese: str, query: str
) -> None:
    addresses = {"es": spanish, "pt-br": portuguese}
    everywhere = SITE + ("/" if spanish == "/es/" else spanish)
    for language, other in (("es", "pt-br"), ("pt-br", "es")):
        found = head(client, addresses[language] + query)
        assert found.language == language
        assert found.canonical == [SITE + addresses[language]]
        assert sorted(found.alternates) == [
            ("es", SITE + spanish),
            ("pt-br", SITE + portuguese),
            ("x-default", everywhere),
        ]
        assert found.switcher == {other: addresses[other] + query}
        assert client.get(found.switcher[other]).status_code == 200


def test_the_pages_of_a_list_are_pages_of_their_own(client: Client) -> None:
    found = head(client, "/es/experiencias/?page=2")
    assert found.canonical == [f"{SITE}/es/experiencias/?page=2"]
    assert ("pt-br", f"{SITE}/pt-br/experiencias/?page=2") in found.alternates
    assert found.switcher["pt-br"] == "/pt-br/experiencias/?page=2"
    for query in ("?page=1", "?page=x", "?sort=title"):
        assert head(client, f"/es/experiencias/{query}").canonical == [f"{SITE}/es/experiencias/"]
    # Out of range is the nearest page; of a list with filters the whole list is the real one.
    assert head(client, "/es/experiencias/?page=99").canonical[0].endswith("?page=2")
    filtered = head(client, "/es/experiencias/?theme=human_rights&page=2")
    assert filtered.canonical == [f"{SITE}/es/experiencias/"]
    assert filtered.switcher["pt-br"] == "/pt-br/experiencias/?theme=human_rights&page=2"


def test_a_practice_names_its_texts_and_its_original(client: Client) -> None:
    practice = make_practice(published=True, slug="propia")
    spanish, portuguese = "/es/experiencias/peru/propia/", "/pt-br/experiencias/peru/propia/"
    for url in (spanish, portuguese):
        found = head(client, f"{url}?de=lista")
        assert found.canonical == [SITE + spanish]
        assert found.alternates == [("es", SITE + spanish), ("x-default", SITE + spanish)]
    assert found.language == "pt-br"
    assert found.switcher == {"es": f"{spanish}?de=lista"}
    translate(practice, published=True)
    for url in (spanish, portuguese):
        found = head(client, url)
        assert found.canonical == [SITE + url]
        assert sorted(found.alternates) == [
            ("es", SITE + spanish),
            ("pt-br", SITE + portuguese),
            ("x-default", SITE + spanish),
        ]


def test_what_is_for_all_is_the_original_also_of_brazil(client: Client) -> None:
    practice = PracticePage.objects.originals().filter(country="br")[0]
    found = head(client, f"/es{practice.url.removeprefix('/pt-br')}")
    assert dict(found.alternates)["x-default"] == SITE + practice.url


def test_a_page_in_one_language_leads_home_in_the_other(client: Client) -> None:
    page = ContentPage.objects.get(slug="acerca-del-banco")
    page.get_translations()[0].unpublish()
    found = head(client, f"{page.url}?a=b")
    assert [code for code, _url in found.alternates] == ["es", "x-default"]
    assert found.switcher == {"pt-br": "/pt-br/?a=b"}


def test_pages_outside_of_the_menu_know_their_translations(client: Client) -> None:
    ContentPage.objects.update(show_in_menus=False)
    found = head(client, "/es/acerca-del-banco/")
    assert found.switcher == {"pt-br": "/pt-br/sobre-o-banco/"}
    assert len(found.alternates) == 3
    assert count_queries(client, "/es/acerca-del-banco/") <= 20


def test_a_country_down_in_a_language_is_not_offered_there(client: Client) -> None:
    CountryPage.objects.get(iso_code="uy", locale__language_code="pt-br").unpublish()
    practice = PracticePage.objects.get(country="uy", locale__language_code="es")
    for url in ("/es/experiencias/uruguay/", practice.url):
        found = head(client, url)
        assert [code for code, _url in found.alternates] == ["es", "x-default"]
        assert found.switcher == {"pt-br": "/pt-br/"}


def test_a_theme_without_a_text_is_no_text_of_that_language(client: Client) -> None:
    ThemeText.objects.get(language="pt-br", slug="direitos-humanos").delete()
    found = head(client, "/es/temas/derechos-humanos/")
    assert [code for code, _url in found.alternates] == ["es", "x-default"]
    assert found.switcher == {"pt-br": "/pt-br/temas/derechos-humanos/"}
    assert client.get(found.switcher["pt-br"]).status_code == 200


def test_what_is_not_there_has_no_address(client: Client) -> None:
    for path, other in (
        ("/es/nada/", "/pt-br/nada/"),
        ("/es/temas/nada/?a=b", "/pt-br/temas/nada/?a=b"),
        ("/nada/", "/pt-br/"),
    ):
        found = Head(client.get(path).content.decode())
        assert (found.canonical, found.alternates) == ([], [])
        assert found.switcher == {"pt-br": other}
        assert found.language == "es"


def test_addresses_are_those_of_the_request(client: Client) -> None:
    found = Head(
        client.get("/es/temas/", secure=True, headers={"host": "localhost:8443"}).content.decode()
    )
    addresses = [*found.canonical, *(url for _code, url in found.alternates)]
    assert {urlsplit(url)[:2] for url in addresses} == {("https", "localhost:8443")}
