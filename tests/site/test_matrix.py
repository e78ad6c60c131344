"""Countries × themes: numbers that lead to their lists, as a page, a spreadsheet and a drawing."""

import csv
import re
from html import unescape
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.http import HttpResponse
from django.test import Client

from practices.models import CountryPage, Theme, ThemeText
from tests.factories import country, make_practice, publish, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

PAGES = {"es": "/es/matriz/", "pt-br": "/pt-br/matriz/"}
SVG = "{http://www.w3.org/2000/svg}"
OPPORTUNITY = {"es": "sin experiencias aún", "pt-br": "ainda sem experiências"}


def answer(client: Client, path: str) -> HttpResponse:
    response: Any = client.get(path)
    assert response.status_code == 200, path
    return response


def table(html: str) -> list[list[str]]:
    """The words of each cell, line by line."""
    found = re.search(r'<table class="matrix">.*?</table>', html, re.DOTALL)
    assert found
    lines = re.findall(r"<tr>(.*?)</tr>", found.group(0), re.DOTALL)
    return [
        [
            " ".join(unescape(re.sub(r"<[^>]*>", " ", cell)).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line, re.DOTALL)
        ]
        for line in lines
    ]


def lines_of(response: HttpResponse) -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def test_each_number_leads_to_as_many_practices(client: Client) -> None:
    html = answer(client, PAGES["es"]).content.decode()
    links = re.findall(r'href="(/es/experiencias/\?[^"]*)" aria-labelledby="[^"]*">(\d+)<', html)
    assert len(links) > 40
    assert ("/es/experiencias/?country=br&amp;theme=human_rights", "4") in links
    for url, count in links[::7]:
        assert client.get(unescape(url)).context["listing"].total == int(count), url


def test_each_number_is_named_by_its_country_and_theme(client: Client) -> None:
    html = answer(client, PAGES["es"]).content.decode()
    ids = set(re.findall(r'\bid="([^"]*)"', html))
    named = re.findall(r'<a[^>]* aria-labelledby="([^"]*)"', html)
    assert named
    for names in named:
        assert set(names.split()) <= ids
        assert len(names.split()) == 3
    assert html.count('<th scope="row"') == 13
    assert len(re.findall(r'<th [^>]*scope="col"', html)) == len(Theme.objects.all()) + 2


def test_empty_fields_are_seen_and_heard_as_opportunities(client: Client) -> None:
    html = answer(client, PAGES["es"]).content.decode()
    cells, empty = {row[0]: row[1:] for row in table(html)}, OPPORTUNITY["es"]
    assert cells["Venezuela"] == ["1", empty, "1", empty, empty, empty, "1"]
    field = 'class="matrix__empty"><span class="visually-hidden">'
    assert html.count(field) == sum(row.count(empty) for row in table(html))


def test_totals_count_each_practice_once(client: Client) -> None:
    html = answer(client, PAGES["es"]).content.decode()
    before = {row[0]: row for row in table(html)}
    practice = make_practice(
        country("ve"), published=True, themes=["human_rights", "social_consultation"]
    )
    translate(practice, published=True)
    make_practice(country("ve"), slug="borrador")
    after = {row[0]: row for row in table(answer(client, PAGES["es"]).content.decode())}
    assert after["Venezuela"][1:] == ["1", "1", "2", *[OPPORTUNITY["es"]] * 3, "2"]
    assert int(after["Todos los países"][-1]) == int(before["Todos los países"][-1]) + 1
    assert int(after["Todos los países"][2]) == int(before["Todos los países"][2]) + 1


def test_it_is_one_page_in_two_languages(client: Client) -> None:
    html = answer(client, PAGES["pt-br"]).content.decode()
    head = html.partition("</head>")[0]
    assert '<html lang="pt-br">' in html
    assert "Matriz de países e temas" in head
    assert '<link rel="canonical" href="http://testserver/pt-br/matriz/">' in head
    for code, path in PAGES.items():
        assert f'hreflang="{code}" href="http://testserver{path}"' in head
    assert f'<a href="{PAGES["es"]}" hreflang="es"' in html
    assert '<a href="/pt-br/">Início</a>' in html


@pytest.mark.parametrize("path", ["/es/", "/es/temas/", "/es/experiencias/"])
def test_people_find_it(path: str, client: Client) -> None:
    assert f'href="{PAGES["es"]}"' in answer(client, path).content.decode()


@pytest.mark.parametrize("language", PAGES)
def test_the_spreadsheet_holds_the_same(language: str, client: Client) -> None:
    page = table(answer(client, PAGES[language]).content.decode())
    response = answer(client, f"/{language}/matriz.csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert re.search(r'attachment; filename="[a-z-]+-[\d-]+\.csv"', response["Content-Disposition"])
    assert lines_of(response) == [
        ["0" if words == OPPORTUNITY[language] else words for words in row] for row in page
    ]


def test_names_in_the_spreadsheet_are_no_formulas(client: Client) -> None:
    page = country("pe")
    page.title = '=HYPERLINK("x"), "y"'
    page.save_revision().publish()
    lines = lines_of(answer(client, "/es/matriz.csv"))
    assert '\'=HYPERLINK("x"), "y"' in [line[0] for line in lines]
    assert {len(line) for line in lines} == {8}


@pytest.mark.parametrize("language", PAGES)
def test_the_drawing_stands_alone(language: str, client: Client) -> None:
    response = answer(client, f"/{language}/matriz.svg")
    assert response["Content-Type"] == "image/svg+xml"
    drawing = ET.fromstring(response.content)  # noqa: S314 (our own file)
    assert drawing.get("role") == "img"
    assert drawing.get("lang") == language
    names = {drawing.findtext(f"{SVG}title"), drawing.findtext(f"{SVG}desc")}
    assert all(names)
    texts = [element.text for element in drawing.iter(f"{SVG}text")]
    for page in CountryPage.objects.filter(locale__language_code=language):
        assert page.title in texts
    assert "24" in texts
    assert response.content.count(b"http") == 1, "nothing but the name of the format"
    for word in (b"<style", b"style=", b"<script", b"<use", b"<image", b"var("):
        assert word not in response.content


def test_names_in_the_drawing_are_text(client: Client) -> None:
    page = country("pe")
    page.title = "<b>&'\"]]>"
    page.save_revision().publish()
    drawing = ET.fromstring(answer(client, "/es/matriz.svg").content)  # noqa: S314
    assert page.title in [element.text for element in drawing.iter(f"{SVG}text")]


def test_empty_fields_of_the_drawing_are_dotted(client: Client) -> None:
    drawing = ET.fromstring(answer(client, "/es/matriz.svg").content)  # noqa: S314
    dotted = [field for field in drawing.iter(f"{SVG}rect") if field.get("stroke-dasharray")]
    html = answer(client, PAGES["es"]).content.decode()
    assert len(dotted) == html.count('class="matrix__empty"')


def test_files_are_read_only_and_stay_out_of_search_engines(client: Client) -> None:
    for path in ("/es/matriz.csv", "/pt-br/matriz.svg"):
        assert answer(client, path)["X-Robots-Tag"] == "noindex"
        assert client.head(path).status_code == 200
        assert client.post(path).status_code == 405


def test_a_theme_that_is_new_has_its_column(client: Client) -> None:
    theme = Theme.objects.create(code="new_theme", order=9)
    ThemeText.objects.create(theme=theme, language="es", short_name="Tema nuevo", slug="nuevo")
    assert "Tema nuevo" in table(answer(client, PAGES["es"]).content.decode())[0]
    html = answer(client, PAGES["pt-br"]).content.decode()
    assert '<span lang="es">Tema nuevo</span>' in html


@pytest.mark.parametrize("path", ["/es/matriz/", "/pt-br/matriz.csv", "/es/matriz.svg"])
def test_queries_are_few_and_flat(path: str, client: Client) -> None:
    before = count_queries(client, path)
    for number in range(8):
        practice = make_practice(
            country("uy"),
            published=True,
            slug=f"mas-{number}",
            themes=["human_rights", "social_consultation"],
        )
        publish(practice)
    assert count_queries(client, path) == before
    assert before <= 12
