"""The sitemap agrees with the heads of the pages; robots.txt leads to it."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, PageViewRestriction

from practices.models import CountryPage, PracticePage, ThemeText
from tests.factories import country, make_practice, publish, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
XMLNS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def entries(client: Client, url: str = "/sitemap.xml") -> dict[str, tuple[list[Any], str]]:
    """Addresses with their alternates and the day they changed."""
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/xml"
    root = fromstring(response.content)
    assert root.tag == f"{XMLNS}urlset"
    found = {}
    for element in root:
        links = element.findall(f"{XHTML}link")
        address = element.findtext(f"{XMLNS}loc") or ""
        assert address not in found, "named twice"
        alternates = [(link.get("hreflang"), link.get("href")) for link in links]
        found[address] = (sorted(alternates), element.findtext(f"{XMLNS}lastmod") or "")
    return found


def test_each_address_is_that_of_its_page(client: Client) -> None:
    translate(make_practice(published=True, slug="doble", tags=["una"]), published=True)
    make_practice(country("br"), published=True, slug="de-brasil")
    found = entries(client)
    for address, (alternates, _changed) in found.items():
        path = address.removeprefix(SITE)
        response = client.get(path)
        assert response.status_code == 200, path
        head = response.content.decode().partition("</head>")[0]
        assert f'<link rel="canonical" href="{address}">' in head, path
        links = re.findall(r'<link rel="alternate" hreflang="(.+?)" href="(.+?)">', head)
        assert alternates == sorted(links), path
    assert len(found) > 100


def test_every_public_page_is_there(client: Client) -> None:
    make_practice(published=True, slug="propia", tags=["etiqueta propia"])
    found = set(entries(client))
    expected = {f"{SITE}{page.url}" for page in Page.objects.live().filter(depth__gt=1)}
    expected |= {
        f"{SITE}/{language}/{path}"
        for language in ("es", "pt-br")
        for path in ("", "experiencias/", "experiencias/peru/", "temas/", "etiquetas/", "matriz/")
    }
    expected |= {f"{SITE}/{text.language}/temas/{text.slug}/" for text in ThemeText.objects.all()}
    expected |= {f"{SITE}/{language}/etiquetas/etiqueta-propia/" for language in ("es", "pt-br")}
    assert expected <= found
    assert not [url for url in found if re.search(r"/(buscar|lista\.|admin/)", url)]


def test_a_practice_is_where_it_has_a_text(client: Client) -> None:
    practice = make_practice(published=True, slug="propia")
    translation = translate(practice)
    spanish, portuguese = (
        f"{SITE}/{language}/experiencias/peru/propia/" for language in ("es", "pt-br")
    )
    found = entries(client)
    assert portuguese not in found
    assert found[spanish][0] == [("es", spanish), ("x-default", spanish)]
    translation = publish(translation)
    found = entries(client)
    assert found[portuguese][0] == [
        ("es", spanish),
        ("pt-br", portuguese),
        ("x-default", spanish),
    ]
    changed = translation.last_published_at
    assert changed
    assert found[portuguese][1] == changed.isoformat(timespec="seconds")
    country_changed = found[f"{SITE}/pt-br/experiencias/peru/"][1]
    assert country_changed == changed.isoformat(timespec="seconds")


def test_what_is_not_public_is_not_told(client: Client) -> None:
    make_practice(slug="zzsecreto", tags=["zzsecreto"])
    translate(make_practice(published=True, slug="publica"), title="zzsecreto", slug="zzsecreto")
    make_practice(published=True, slug="zzsecreto-retirada").unpublish()
    hidden = country("uy", "es")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    country("cl", "pt-br").unpublish()
    found = entries(client)
    text = client.get("/sitemap.xml").content.decode()
    assert "zzsecreto" not in text
    assert f"{SITE}/pt-br/experiencias/peru/publica/" not in found
    assert not [url for url in found if "/es/experiencias/uruguay/" in url]
    assert not [url for url in found if "/pt-br/experiencias/chile/" in url]
    for url in found:
        if "chile" in url or "uruguay" in url:
            assert client.get(url.removeprefix(SITE)).status_code == 200, url


def test_a_theme_is_where_it_has_a_text(client: Client) -> None:
    ThemeText.objects.get(language="pt-br", slug="direitos-humanos").delete()
    found = entries(client)
    spanish = f"{SITE}/es/temas/derechos-humanos/"
    assert found[spanish][0] == [("es", spanish), ("x-default", spanish)]
    assert not [url for url in found if "/pt-br/temas/d" in url]


def test_many_addresses_are_told_in_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = entries(client)
    monkeypatch.setattr("practices.outlets.sitemap.LIMIT", 40)
    root = fromstring(client.get("/sitemap.xml").content)
    assert root.tag == f"{XMLNS}sitemapindex"
    parts = [part.findtext(f"{XMLNS}loc") or "" for part in root]
    assert len(parts) == len(set(parts)) > 3
    together: dict[str, Any] = {}
    for part in parts:
        found = entries(client, part.removeprefix(SITE))
        assert 0 < len(found) <= 40
        assert together.keys().isdisjoint(found)
        together |= found
    assert together == whole
    for path in ("pages-0", "pages-99", "practices-3", "practices-0", f"pages-{10**30}", "otra-1"):
        assert client.get(f"/sitemap-{path}.xml").status_code == 404, path


def test_query_counts_are_flat(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = ["/sitemap.xml", "/sitemap-pages-1.xml", "/sitemap-practices-1.xml"]
    translate(make_practice(published=True, slug="primera", tags=["una"]), published=True)
    before = [count_queries(client, path) for path in paths]
    for number in range(6):
        practice = make_practice(published=True, slug=f"mas-{number}", tags=[f"n {number}"])
        if number % 2:
            translate(practice, published=True)
    assert [count_queries(client, path) for path in paths] == before
    assert max(before) <= 12


def test_wide_columns_are_not_read(client: Client) -> None:
    with CaptureQueriesContext(connection) as captured:
        client.get("/sitemap.xml")
    for query in captured:
        assert "sections" not in query["sql"]


def test_addresses_are_those_of_the_request(client: Client) -> None:
    for path in ("/sitemap.xml", "/robots.txt"):
        text = client.get(path, secure=True, headers={"host": "localhost:8443"}).content.decode()
        addresses = re.findall(r"(?:<loc>|Sitemap: )([^<\n]+)", text)
        assert {urlsplit(url)[:2] for url in addresses} == {("https", "localhost:8443")}


def test_robots_are_led_to_the_sitemap(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert f"Sitemap: {SITE}/sitemap.xml" in lines
    closed = [line.removeprefix("Disallow: ") for line in lines if line.startswith("Disallow")]
    assert "/admin/" in closed
    assert {"/es/lista.csv?", "/pt-br/lista.xlsx?"} <= set(closed)
    for url in entries(client):
        path = url.removeprefix(SITE)
        assert not [prefix for prefix in closed if path.startswith(prefix)]


def test_an_empty_collection_has_a_sitemap(client: Client) -> None:
    for practice in PracticePage.objects.originals().live():
        practice.unpublish()
    found = entries(client)
    assert f"{SITE}/es/experiencias/" in found
    assert not [url for url in found if "/etiquetas/" in url and not url.endswith("/etiquetas/")]
    assert CountryPage.objects.live().count() == len(
        [url for url in found if re.search(r"/experiencias/[^/]+/$", url)]
    )
