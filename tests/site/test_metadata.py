"""What public pages tell other sites of themselves: Open Graph and schema.org."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.models import Page

from practices.models import PracticeContact, PracticePage
from tests.factories import country, make_practice, publish, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


class Told(HTMLParser):
    """Metadata of a page: properties (with the language of each), canonical address, data."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.properties: dict[str, list[str]] = {}
        self.languages: dict[str, str] = {}
        self.canonical = ""
        self.data: list[str] = []
        self.scripts = 0
        self._is_data = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        name = values.get("property") or values.get("name", "")
        if tag == "meta" and name.startswith(("og:", "twitter:")):
            self.properties.setdefault(name, []).append(values["content"])
            self.languages[name] = values.get("lang", "")
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values["href"]
        self._is_data = tag == "script" and values.get("type") == "application/ld+json"
        self.scripts += tag == "script" and "src" not in values

    def handle_endtag(self, _tag: str) -> None:
        self._is_data = False

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data.append(data)

    def __getitem__(self, name: str) -> str:
        [value] = self.properties[f"og:{name}"]
        return value

    def of(self, kind: str) -> Any:
        """The one thing of a kind that the page describes."""
        [text] = self.data
        graph = json.loads(text)
        assert graph["@context"] == "https://schema.org"
        [found] = [thing for thing in graph["@graph"] if thing["@type"] == kind]
        return found


def told(client: Client, url: str) -> Told:
    response = client.get(url)
    assert response.status_code == 200, url
    return Told(response.content.decode())


@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_every_page_of_the_tree_tells_who_it_is(client: Client, language: str) -> None:
    urls = [
        page.url for page in Page.objects.live().filter(locale__language_code=language, depth__gt=1)
    ]
    themes = {"es": "derechos-humanos", "pt-br": "direitos-humanos"}
    urls += [f"/{language}/temas/{themes[language]}/", f"/{language}/etiquetas/regularizacion/"]
    for url in urls:
        found = told(client, url)
        assert found["url"] == found.canonical, url
        assert found["site_name"] == "OSUMI"
        assert found["title"]
        assert found["description"]
        assert found["type"] in {"article", "website"}
        assert found["locale"] == {"es": "es_LA", "pt-br": "pt_BR"}[language]
        assert found.properties["twitter:card"] == ["summary"]
        assert json.loads(found.data[0])["@graph"]
        assert found.scripts == 1, "data only"


def test_a_practice_is_a_report_of_its_institution(client: Client) -> None:
    practice = make_practice(
        published=True,
        slug="informe",
        title="Una experiencia “rara”",
        tags=["regularización"],
        search_description="Qué es, en una frase.",
    )
    url = f"{SITE}/es/experiencias/peru/informe/"
    found = told(client, practice.url)
    assert (found["type"], found["title"]) == ("article", "Una experiencia “rara”")
    assert found["description"] == "Qué es, en una frase."
    report = found.of("Report")
    assert report["headline"] == "Una experiencia “rara”"
    assert report["url"] == url
    assert report["inLanguage"] == "es"
    assert report["identifier"] == report["reportNumber"] == practice.code
    assert [term["termCode"] for term in report["about"]] == ["human_rights"]
    assert report["keywords"] == ["regularización"]
    assert report["spatialCoverage"] == {"@type": "Country", "name": "Perú", "identifier": "PE"}
    assert report["author"] == {"@type": "Organization", "name": "Dirección de Migraciones"}
    assert report["publisher"]["@type"] == "Organization"
    assert report["datePublished"] == practice.first_published_at.isoformat(timespec="seconds")
    assert report["dateModified"] == practice.last_published_at.isoformat(timespec="seconds")
    assert report["isPartOf"]["url"] == f"{SITE}/es/experiencias/"
    assert "translationOfWork" not in report
    crumbs = found.of("BreadcrumbList")["itemListElement"]
    assert [crumb["item"] for crumb in crumbs] == [
        f"{SITE}/es/",
        f"{SITE}/es/experiencias/",
        f"{SITE}/es/experiencias/peru/",
        url,
    ]
    assert [crumb["position"] for crumb in crumbs] == [1, 2, 3, 4]


def test_an_original_and_its_translation_know_each_other(client: Client) -> None:
    practice = make_practice(published=True, slug="doble")
    translation = translate(practice, published=True, title="Em português")
    spanish, portuguese = SITE + practice.url, SITE + translation.url
    original = told(client, practice.url)
    assert original.of("Report")["workTranslation"] == [
        {"@type": "Report", "@id": portuguese, "inLanguage": "pt-BR"}
    ]
    assert original["locale:alternate"] == "pt_BR"
    other = told(client, translation.url)
    assert other.of("Report")["translationOfWork"] == {
        "@type": "Report",
        "@id": spanish,
        "inLanguage": "es",
    }
    assert other.of("Report")["headline"] == other["title"] == "Em português"
    assert (other["locale"], other["locale:alternate"]) == ("pt_BR", "es_LA")


def test_a_foreign_text_is_told_as_such(client: Client) -> None:
    practice = make_practice(published=True, slug="sola", title="Solo en español")
    found = told(client, "/pt-br/experiencias/peru/sola/")
    assert found["url"] == SITE + practice.url
    assert found.languages["og:title"] == found.languages["og:description"] == "es"
    assert found["locale"] == "es_LA"
    assert "og:locale:alternate" not in found.properties
    assert found.of("Report")["inLanguage"] == "es"


def test_the_picture_of_a_public_practice_is_told(client: Client) -> None:
    practice = make_practice(slug="con-imagen")
    practice.picture = get_image_model().objects.get()
    practice = publish(practice)
    found = told(client, practice.url)
    image = found["image"]
    assert image.startswith(f"{SITE}/media/images/")
    assert found.of("Report")["image"] == image
    assert int(found["image:width"]) <= 1200
    picture = client.get(image.removeprefix(SITE))
    assert picture["Content-Type"] == "image/jpeg"
    without = told(client, make_practice(published=True, slug="sin-imagen").url)
    assert "og:image" not in without.properties
    assert "image" not in without.of("Report")


def test_a_list_tells_the_practices_of_its_page(client: Client) -> None:
    listing = client.get("/es/experiencias/?page=2").context["listing"]
    found = told(client, "/es/experiencias/?page=2")
    page = found.of("CollectionPage")
    assert page["url"] == f"{SITE}/es/experiencias/?page=2"
    items = page["mainEntity"]
    assert items["@type"] == "ItemList"
    assert items["numberOfItems"] == listing.total == 24
    assert [item["position"] for item in items["itemListElement"]] == list(range(13, 25))
    assert [item["url"] for item in items["itemListElement"]] == [
        SITE + card.url for card in listing.cards
    ]
    # A list with filters has no address of its own.
    assert "mainEntity" not in told(client, "/es/experiencias/?country=pe").of("CollectionPage")


@pytest.mark.parametrize(
    ("path", "name", "about"),
    [
        ("experiencias/peru/", "Perú", "PE"),
        ("temas/derechos-humanos/", "Derechos humanos", "human_rights"),
        ("etiquetas/regularizacion/", "regularización", ""),
        ("temas/", "Temas", ""),
        ("etiquetas/", "Etiquetas", ""),
    ],
)
def test_lists_of_each_kind(client: Client, path: str, name: str, about: str) -> None:
    found = told(client, f"/es/{path}")
    page = found.of("CollectionPage")
    assert page["name"] == found["title"] == name
    assert page["inLanguage"] == "es"
    assert about in json.dumps(page.get("about", {}))
    assert found.of("BreadcrumbList")["itemListElement"][-1]["item"] == f"{SITE}/es/{path}"
    assert bool(page.get("mainEntity")) is (path not in {"temas/", "etiquetas/"})


def test_the_home_page_tells_where_to_search(client: Client) -> None:
    for language in ("es", "pt-br"):
        website = told(client, f"/{language}/").of("WebSite")
        assert website["url"] == f"{SITE}/{language}/"
        assert website["name"] == "OSUMI"
        template = website["potentialAction"]["target"]["urlTemplate"]
        assert template == f"{SITE}/{language}/buscar/?q={{q}}"
        path = template.removeprefix(SITE).replace("{q}", "frontera")
        assert client.get(path).context["listing"].total
        assert website["potentialAction"]["query-input"] == "required name=q"


def test_a_page_of_text_is_a_page(client: Client) -> None:
    page = told(client, "/es/acerca-del-banco/").of("WebPage")
    assert page["url"] == f"{SITE}/es/acerca-del-banco/"


def test_pages_beside_the_tree_tell_nothing_broken(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = told(client, "/es/buscar/?q=ley")
    missing = Told(client.get("/es/nada/").content.decode())
    monkeypatch.setattr("home.models.HomePage.get_context", None)
    client.raise_request_exception = False
    broken = Told(client.get("/es/").content.decode())
    for found in (search, missing, broken):
        assert (found.properties, found.data) == ({}, [])


def test_previews_tell_nothing(superuser_client: Client) -> None:
    draft = make_practice(slug="borrador", title="Zzborrador")
    response = superuser_client.get(reverse("wagtailadmin_pages:view_draft", args=[draft.pk]))
    assert response.status_code == 200
    found = Told(response.content.decode())
    assert (found.properties, found.data) == ({}, [])


HOSTILE = "</script><script>alert(1)</script> \"'&amp; <!-- 🧭 {{ x }} \\u003C"


def test_hostile_texts_are_texts(client: Client) -> None:
    practice = make_practice(
        published=True,
        slug="hostil",
        title=HOSTILE,
        responsible_entity=HOSTILE,
        search_description=HOSTILE,
        tags=[HOSTILE[:60]],
    )
    found = told(client, practice.url)
    assert found.scripts == 1
    assert found["title"] == found["description"] == HOSTILE
    report = found.of("Report")
    assert report["headline"] == report["author"]["name"] == HOSTILE
    html = client.get(practice.url).content.decode()
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert not re.search(r"[<>&]", data)


def test_persons_and_drafts_are_not_told(client: Client) -> None:
    practice = make_practice(published=True, slug="publica", title="Una pública")
    translate(practice, title="zzsecreto")
    practice.title = "zzsecreto sin publicar"
    practice.save_revision()
    make_practice(slug="zzsecreto", title="zzsecreto", tags=["zzsecreto"])
    PracticeContact.objects.create(
        translation_key=practice.translation_key,
        contact_name="zzsecreto Pérez",
        contact_position="zzsecreto",
        contact_email="zzsecreto@example.org",
    )
    for language in ("es", "pt-br"):
        for path in ("", "experiencias/", "experiencias/peru/", "experiencias/peru/publica/"):
            response = client.get(f"/{language}/{path}")
            head = response.content.decode().partition("</head>")[0]
            assert "zzsecreto" not in head, path
            assert "workTranslation" not in head


def test_a_country_down_in_a_language_breaks_nothing(client: Client) -> None:
    country("uy", "pt-br").unpublish()
    practice = PracticePage.objects.get(country="uy", locale__language_code="es")
    found = told(client, practice.url)
    assert "workTranslation" not in found.of("Report")


def test_metadata_costs_the_same_however_much_there_is(client: Client) -> None:
    practice = make_practice(published=True, slug="una")
    before = count_queries(client, practice.url)
    practice.tags.set([f"tag {number}" for number in range(6)])
    practice = publish(practice)
    translate(practice, published=True)
    assert count_queries(client, practice.url) <= before + 1
