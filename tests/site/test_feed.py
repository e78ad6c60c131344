"""Atom feeds of lists: valid, newest first, the same ids for ever."""

import re
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.models import PracticePage
from tests.factories import make_practice, publish, translate

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def feed(client: Client, url: str) -> Element:
    response = client.get(url)
    assert response.status_code == 200, url
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(response.content)


def text(element: Element, name: str) -> str:
    return element.findtext(f"{ATOM}{name}") or ""


def link(element: Element, rel: str) -> str:
    [found] = [one for one in element.findall(f"{ATOM}link") if one.get("rel") == rel]
    return found.get("href") or ""


def titles(client: Client, url: str) -> list[str]:
    return [text(entry, "title") for entry in feed(client, url).findall(f"{ATOM}entry")]


@pytest.mark.parametrize("query", ["", "?country=pe", "?q=frontera&sort=title", "?theme=nada"])
@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_a_feed_has_what_atom_asks_for(client: Client, language: str, query: str) -> None:
    root = feed(client, f"/{language}/lista.atom{query}")
    assert root.tag == f"{ATOM}feed"
    assert root.get(f"{XML}lang") == {"es": "es", "pt-br": "pt-BR"}[language]
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
            assert text(element, name)
        assert datetime.fromisoformat(text(element, "updated")).tzinfo
        assert re.match(r"(http|urn):", text(element, "id"))
        assert text(element.find(f"{ATOM}author") or Element("none"), "name")
        assert link(element, "alternate").startswith("http://testserver/")
    for entry in entries:
        assert datetime.fromisoformat(text(entry, "published")).tzinfo
        assert text(entry, "summary")
    ids = [text(entry, "id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert bool(entries) is (query != "?theme=nada")


def test_newest_first_whatever_was_asked(client: Client) -> None:
    first = make_practice(published=True, slug="vieja", title="Zeta")
    second = make_practice(published=True, slug="nueva", title="Alfa")
    for sort in ("", "&sort=title", "&sort=country", "&sort=nada"):
        assert titles(client, f"/es/lista.atom?country=pe{sort}")[:2] == ["Alfa", "Zeta"]
    first.title = "Zeta cambiada"
    publish(first)
    root = feed(client, "/es/lista.atom?country=pe")
    [entry] = [e for e in root.findall(f"{ATOM}entry") if text(e, "title") == "Zeta cambiada"]
    assert text(entry, "updated") > text(entry, "published")
    assert text(root, "updated") == text(entry, "updated")
    assert second.title in titles(client, "/es/lista.atom")


def test_newest_first_also_of_what_was_sought(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_practice(published=True, slug="vieja", title="Zanahoria zanahoria")
        make_practice(published=True, slug="nueva", title="Otra zanahoria")
    found = titles(client, "/es/lista.atom?q=zanahoria&sort=relevance")
    assert found == ["Otra zanahoria", "Zanahoria zanahoria"]


def test_thirty_entries_at_most(client: Client) -> None:
    for number in range(8):
        make_practice(published=True, slug=f"otra-{number}", title=f"Otra {number}")
    found = titles(client, "/es/lista.atom")
    assert len(found) == 30
    assert found[0] == "Otra 7"


def test_a_feed_says_its_filter_in_words(client: Client) -> None:
    make_practice(published=True, slug="marcada", tags=["La Marca"])
    for query, title in (
        ("", "OSUMI"),
        ("?country=pe&theme=human_rights", "OSUMI: Perú · Derechos humanos"),
        (
            "?theme=human_rights&country=pe&level=national",
            "OSUMI: Perú · Derechos humanos · Nacional",
        ),
        ("?q=la+ley&tag=la-marca&language=pt-br", "OSUMI: “la ley” · La Marca · portugués"),
        ("?theme=nada%3Cb%3E", "OSUMI: nada<b>"),
    ):
        assert text(feed(client, f"/es/lista.atom{query}"), "title") == title


def test_a_feed_names_itself_in_one_way(client: Client) -> None:
    root = feed(client, "/es/lista.atom?page=3&theme=human_rights&x=y&country=pe&sort=title&q=")
    address = "http://testserver/es/lista.atom?country=pe&theme=human_rights"
    assert link(root, "self") == text(root, "id") == address
    assert link(root, "alternate").endswith("/es/experiencias/?country=pe&theme=human_rights")
    assert link(feed(client, "/es/lista.atom?theme=nada"), "self").endswith("?theme=nada")


def test_pages_lead_to_their_feed(client: Client) -> None:
    for path, query in (
        ("experiencias/", ""),
        ("", ""),
        ("experiencias/peru/?sort=title", "?country=pe"),
        ("temas/derechos-humanos/", "?theme=human_rights"),
        ("etiquetas/regularizacion/", "?tag=regularizacion"),
        ("buscar/?q=ley", "?q=ley"),
    ):
        html = client.get(f"/es/{path}").content.decode()
        [address] = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', html)
        assert f'href="http://testserver/es/lista.atom{query}"' in address, path
        assert feed(client, f"/es/lista.atom{query}").findall(f"{ATOM}entry")
    for path in ("acerca-del-banco/", "temas/", "nada/"):
        assert "atom+xml" not in client.get(f"/es/{path}").content.decode()


def test_entries_keep_their_ids(client: Client) -> None:
    practice = make_practice(published=True, slug="fija", title="Primero")

    def ids(language: str, **headers: Any) -> dict[str, str]:
        response = client.get(f"/{language}/lista.atom?country=pe", **headers)
        entries = fromstring(response.content).findall(f"{ATOM}entry")
        return {
            link(entry, "alternate").rpartition("/peru/")[2]: text(entry, "id") for entry in entries
        }

    before = ids("es")["fija/"]
    practice.title = "Después"
    publish(practice)
    assert ids("es")["fija/"] == before
    assert ids("es", headers={"host": "localhost"})["fija/"] == before
    # In the other language it is the same text until there is another.
    assert ids("pt-br")["fija/"] == before
    translate(PracticePage.objects.get(pk=practice.pk), published=True)
    assert ids("es")["fija/"] == before != ids("pt-br")["fija/"]


def test_entries_say_their_language(client: Client) -> None:
    root = feed(client, "/pt-br/lista.atom?country=gy")
    [entry] = root.findall(f"{ATOM}entry")
    assert (root.get(f"{XML}lang"), entry.get(f"{XML}lang")) == ("pt-BR", "es")
    assert link(entry, "alternate").startswith("http://testserver/pt-br/")


def test_hostile_texts_are_texts(client: Client) -> None:
    title = '</title><script>x</script> "&amp;" 🧭'
    summary = "<p>Uno &lt;b&gt; dos &amp;amp; tres</p>"
    make_practice(published=True, slug="hostil", title=title, sections={"summary": summary})
    make_practice(published=True, slug="control", title="con \x0b control \uffff")
    found = feed(client, "/es/lista.atom?country=pe").findall(f"{ATOM}entry")
    assert [text(entry, "title") for entry in found][:2] == ["con  control ", title]
    summary_element = found[1].find(f"{ATOM}summary")
    assert summary_element is not None
    assert summary_element.get("type") == "html"
    assert summary_element.text == "Uno &lt;b&gt; dos &amp;amp; tres"


def test_query_counts_are_flat(client: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            feed(client, "/pt-br/lista.atom?country=pe&tag=una")
        return len(captured)

    translate(make_practice(published=True, slug="primera", tags=["una"]), published=True)
    count()
    before = count()
    for number in range(6):
        practice = make_practice(published=True, slug=f"mas-{number}", tags=["una"])
        if number % 2:
            translate(practice, published=True)
    assert count() == before <= 20
