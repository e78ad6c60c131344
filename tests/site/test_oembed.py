"""Practices as cards in pages of other sites (oEmbed)."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.live_server_helper import LiveServer
from wagtail.embeds.exceptions import EmbedNotFoundException
from wagtail.embeds.finders.oembed import OEmbedFinder
from wagtail.models import PageViewRestriction

from practices.models import CountryPage, PracticePage
from practices.outlets.oembed import PICTURES
from tests.factories import country, make_practice, translate
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture
def practice(db: None) -> PracticePage:
    """A practice in both languages."""
    original = make_practice(published=True, slug="tarjeta", title='Una "tarjeta" & <más>')
    translate(original, published=True, title="Um cartão")
    return original


def ask(client: Client, url: str, **arguments: Any) -> dict[str, Any]:
    response = client.get("/oembed", {"url": url, **arguments})
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json()


def status(client: Client, **arguments: Any) -> int:
    return client.get("/oembed", arguments).status_code


def frame(values: dict[str, Any]) -> str:
    """The address that the card lies at."""
    [source] = re.findall(r'<iframe src="([^"]+)"', values["html"])
    return unescape(source)


def test_a_card_says_what_it_is_of(client: Client, practice: PracticePage) -> None:
    values = ask(client, f"{SITE}/es/experiencias/peru/tarjeta/")
    html = values.pop("html")
    assert values == {
        "version": "1.0",
        "type": "rich",
        "title": 'Una "tarjeta" & <más>',
        "author_name": "Dirección de Migraciones",
        "provider_name": "OSUMI",
        "provider_url": f"{SITE}/es/",
        "cache_age": 86_400,
        "width": 600,
        "height": 260,
    }
    assert 'title="Una &quot;tarjeta&quot; &amp; &lt;más&gt;"' in html
    assert 'width="600" height="260"' in html
    # WordPress takes nothing of an unknown site but this.
    assert re.fullmatch(r"<iframe [^<>]+></iframe>", html)


@pytest.mark.parametrize(
    ("path", "language", "title"),
    [
        ("/es/experiencias/peru/tarjeta/", "es", 'Una "tarjeta" & <más>'),
        ("/es/experiencias/peru/tarjeta", "es", 'Una "tarjeta" & <más>'),
        ("/pt-br/experiencias/peru/tarjeta/", "pt-br", "Um cartão"),
        ("/pt-br/experiencias/peru/tarjeta/?a=b#c", "pt-br", "Um cartão"),
        ("/ficha/{code}/", "es", 'Una "tarjeta" & <más>'),
        ("/ficha/{code}", "es", 'Una "tarjeta" & <más>'),
    ],
)
def test_the_card_is_in_the_language_of_the_address(
    client: Client, practice: PracticePage, path: str, language: str, title: str
) -> None:
    values = ask(client, SITE + path.format(code=practice.code.lower()))
    assert values["title"] == title
    assert frame(values) == f"{SITE}/{language}/ficha/{practice.code}/embed/"
    assert ask(client, f"https://TESTSERVER:443{path.format(code=practice.code)}") == values
    card = client.get(urlsplit(frame(values)).path)
    assert card.status_code == 200
    assert card["Content-Language"] == language
    assert "X-Frame-Options" not in card
    assert "frame-ancestors *" in card["Content-Security-Policy"]
    assert card["X-Robots-Tag"] == "noindex"
    html = card.content.decode()
    assert f'<html lang="{language}">' in html
    assert f'href="{SITE}/{language}/experiencias/peru/tarjeta/"' in html
    assert title in unescape(html)


def test_a_practice_without_translation_says_its_language(client: Client) -> None:
    make_practice(published=True, slug="sola", title="Sola")
    values = ask(client, f"{SITE}/pt-br/experiencias/peru/sola/")
    html = client.get(frame(values)).content.decode()
    assert '<span class="embed__language">Espanhol</span>' in html
    assert re.search(r'<a href="[^"]+/pt-br/[^"]+"[^>]* lang="es">Sola</a>', html)


def test_a_picture_whose_file_is_gone_takes_nothing_with_it(client: Client) -> None:
    original = PracticePage.objects.published().exclude(picture=None).first()
    assert original
    assert original.picture
    original.picture.renditions.all().delete()
    type(original.picture).objects.update(file="original_images/gone.jpg")
    values = ask(client, SITE + original.url)
    assert "thumbnail_url" not in values
    assert client.get(frame(values)).status_code == 200
    assert client.get(original.url).status_code == 200
    assert client.get(f"/api/v1/practices/{original.pk}/").json()["picture"] is None


def test_a_picture_comes_along_where_it_fits(client: Client) -> None:
    original = PracticePage.objects.published().exclude(picture=None).first()
    assert original is not None
    url = f"{SITE}/ficha/{original.code}/"
    values = ask(client, url)
    assert values["thumbnail_width"] == PICTURES[0]
    assert client.get(urlsplit(values["thumbnail_url"]).path).status_code == 200
    assert ask(client, url, maxwidth=400)["thumbnail_width"] == PICTURES[1]
    assert ask(client, url, maxheight=300)["thumbnail_height"] <= 300
    assert "thumbnail_url" not in ask(client, url, maxwidth=100)
    assert "embed__picture" in client.get(frame(values)).content.decode()


def test_a_card_keeps_to_the_room_that_there_is(client: Client, practice: PracticePage) -> None:
    url = f"{SITE}/ficha/{practice.code}/"
    values = ask(client, url, maxwidth=320, maxheight=200)
    assert (values["width"], values["height"]) == (320, 200)
    assert 'width="320" height="200"' in values["html"]
    values = ask(client, url, maxwidth="9000", maxheight="")
    assert (values["width"], values["height"]) == (600, 260)
    for wrong in ("0", "-1", "x", "1.5", "٣", "9" * 5_000):
        assert status(client, url=url, maxwidth=wrong) == 400
        assert status(client, url=url, maxheight=wrong) == 400


def test_xml_says_the_same(client: Client, practice: PracticePage) -> None:
    url = f"{SITE}/ficha/{practice.code}/"
    response = client.get("/oembed", {"url": url, "format": "xml"})
    assert response["Content-Type"] == "text/xml; charset=utf-8"
    root = fromstring(response.content)
    assert root.tag == "oembed"
    values = ask(client, url, format="json")
    assert {child.tag: child.text for child in root} == {
        name: str(value) for name, value in values.items()
    }
    make_practice(published=True, slug="control", title="con \x0b control")
    response = client.get(
        "/oembed", {"url": f"{SITE}/es/experiencias/peru/control/", "format": "xml"}
    )
    assert fromstring(response.content).findtext("title") == "con  control"


def test_what_is_refused(client: Client, practice: PracticePage) -> None:
    path = "/es/experiencias/peru/tarjeta/"
    assert status(client) == status(client, url="") == 400
    assert status(client, url=SITE + path, format="yaml") == 501
    for url in (
        f"http://example.org{path}",
        f"http://testserver:81{path}",
        f"http://testserver@example.org{path}",
        f"http://a@testserver{path}",
        f"//testserver{path}",
        f"ftp://testserver{path}",
        path,
        "http://[",
        f"{SITE}/",
        f"{SITE}/es/",
        f"{SITE}/es/experiencias/",
        f"{SITE}/es/experiencias/peru/",
        f"{SITE}/es/experiencias/chile/tarjeta/",
        f"{SITE}/experiencias/peru/tarjeta/",
        f"{SITE}/ficha/NADA-1/",
        f"{SITE}/ficha/{practice.code}.pdf",
        f"{SITE}/ficha/a%00b/",
    ):
        assert status(client, url=url) == 404, url
    assert client.post("/oembed", {"url": SITE + path}).status_code == 405


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_arguments_break_nothing(client: Client, text: str) -> None:
    for url in (text, SITE + text, f"{SITE}/ficha/{text}/", f"{SITE}/es/experiencias/peru/{text}/"):
        assert status(client, url=url) in (400, 404)
    assert status(client, url=f"{SITE}/ficha/X/", format=text) == 501
    assert status(client, url=f"{SITE}/ficha/X/", maxwidth=text) in (400, 404)


@pytest.mark.parametrize("way", ["draft", "unpublished", "restricted"])
def test_nothing_that_is_not_public(client: Client, way: str) -> None:
    practice = make_practice(published=way != "draft", slug="oculta")
    if way == "unpublished":
        practice.unpublish()
    elif way == "restricted":
        PageViewRestriction.objects.create(
            page=country(), restriction_type=PageViewRestriction.LOGIN
        )
    code = practice.code or "OSUMI-PER-0099"
    assert status(client, url=f"{SITE}/es/experiencias/peru/oculta/") == 404
    assert status(client, url=f"{SITE}/ficha/{code}/") == 404
    assert client.get(f"/es/ficha/{code}/embed/").status_code == 404


def test_practices_lead_to_their_card(client: Client, practice: PracticePage) -> None:
    for language, title in (("es", practice.title), ("pt-br", "Um cartão")):
        url = f"/{language}/experiencias/peru/tarjeta/"
        html = client.get(url).content.decode()
        [link] = re.findall(r'<link rel="alternate" type="application/json\+oembed"[^>]+>', html)
        [address] = re.findall(r'href="([^"]+)"', link)
        parts = urlsplit(unescape(address))
        assert parse_qs(parts.query)["url"] == [SITE + url]
        assert client.get(f"{parts.path}?{parts.query}").json()["title"] == title
    for path in ("/es/", "/es/experiencias/", "/es/experiencias/peru/"):
        assert "oembed" not in client.get(path).content.decode()


def test_a_country_without_a_page_in_the_language(client: Client, practice: PracticePage) -> None:
    CountryPage.objects.get(iso_code="pe", locale__language_code="pt-br").unpublish()
    assert status(client, url=f"{SITE}/pt-br/experiencias/peru/tarjeta/") == 404
    html = client.get(f"/pt-br/ficha/{practice.code}/embed/").content.decode()
    assert f'href="{SITE}/es/experiencias/peru/tarjeta/"' in html


def test_few_queries(client: Client, practice: PracticePage) -> None:
    for path in (
        f"/oembed?url={SITE}/pt-br/experiencias/peru/tarjeta/",
        f"/pt-br/ficha/{practice.code}/embed/",
    ):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        assert len(captured) <= 12


def test_wagtail_embeds_a_practice(site_data: None, live_server: LiveServer) -> None:
    finder = OEmbedFinder(
        providers=[{"endpoint": f"{live_server.url}/oembed", "urls": [rf"^{live_server.url}/.+"]}]
    )
    practice = PracticePage.objects.published().select_related("record").first()
    assert practice is not None
    url = f"{live_server.url}{practice.url}"
    assert finder.accept(url)
    embed = finder.find_embed(url, max_width=400)
    assert embed["title"] == practice.title
    assert embed["width"] == 400
    assert f"/ficha/{practice.code}/embed/" in embed["html"]
    assert embed["cache_until"]
    with pytest.raises(EmbedNotFoundException):
        finder.find_embed(f"{live_server.url}/es/experiencias/")
