"""The map: drawn by us, each country a link with its number, the table its equal."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.checks import run_checks
from django.test import Client

from practices.figures import outlines as outlines_of
from practices.figures.steps import Scale
from practices.models import PracticePage
from tests.factories import country, make_practice, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

MEMBERS = {"ar", "bo", "br", "cl", "co", "ec", "gy", "pe", "py", "sr", "uy", "ve"}
THEME = "/es/temas/consulta-social/"
FRONTIERS = {
    "es": "no expresan opinión alguna sobre las fronteras",
    "pt-br": "não expressam nenhuma opinião sobre as fronteiras",
}


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def drawing(html: str) -> str:
    found = re.search(r'<svg class="map".*?</svg>', html, re.DOTALL)
    assert found
    return found.group(0)


def links(html: str) -> dict[str, str]:
    """What a screen reader reads of the map, with the address of each link."""
    found = re.findall(r'<a[^>]* href="([^"]*)" aria-label="([^"]*)"', drawing(html))
    return {label: url for url, label in found}


def rows(html: str) -> dict[str, tuple[str, int]]:
    """The table: address and number of each country, by its name."""
    found = re.search(r'<table class="table map-table".*?</table>', html, re.DOTALL)
    assert found
    pattern = (
        r'<a class="country" href="([^"]*)">.*?<span[^>]*>([^<]*)</span></a></th><td>.*?>(\d+)<'
    )
    return {name: (url, int(count)) for url, name, count in re.findall(pattern, found.group(0))}


@pytest.mark.parametrize("path", ["/es/", THEME])
def test_map_and_table_say_the_same(path: str, client: Client) -> None:
    html = html_of(client, path)
    said = {}
    for name, (url, count) in rows(html).items():
        words = {0: "sin experiencias aún", 1: "1 experiencia"}.get(count, f"{count} experiencias")
        said[f"{name}: {words}"] = url
    assert links(html) == said
    assert len(said) == 12
    assert list(rows(html)) == sorted(rows(html), key=lambda name: name.replace("ú", "u"))


def test_home_leads_to_the_countries_of_its_language(client: Client) -> None:
    html = html_of(client, "/pt-br/")
    url = links(html)["Peru: 1 experiência"]
    assert url == country("pe", "pt-br").url
    assert client.get(url).status_code == 200


def test_numbers_follow_what_is_published(client: Client) -> None:
    practice = make_practice(country("gy"), published=True, themes=["social_consultation"])
    translate(practice, published=True)
    make_practice(country("gy"), slug="borrador")
    assert "Guyana: 2 experiencias" in links(html_of(client, "/es/"))
    assert "Guyana: 1 experiencia" in links(html_of(client, THEME))
    practice.unpublish()
    assert "Guyana: 1 experiencia" in links(html_of(client, "/es/"))
    assert "Guyana: sin experiencias aún" in links(html_of(client, THEME))


def test_a_country_of_a_theme_leads_to_its_practices_on_the_theme(client: Client) -> None:
    html = html_of(client, THEME)
    for url, count in rows(html).values():
        query, _hash, place = url.partition("#")
        response = client.get(f"{THEME}{query}")
        assert response.context["listing"].total == count
        assert f'id="{place}"' in response.content.decode()


def test_the_map_of_a_theme_stays_whole_when_its_list_is_narrowed(client: Client) -> None:
    assert links(html_of(client, f"{THEME}?country=pe")) == links(html_of(client, THEME))


@pytest.mark.parametrize("language", FRONTIERS)
def test_it_expresses_no_opinion_on_frontiers(language: str, client: Client) -> None:
    theme = {"es": THEME, "pt-br": "/pt-br/temas/consulta-social/"}[language]
    for path in (f"/{language}/", theme):
        assert FRONTIERS[language] in html_of(client, path)


def test_the_drawing_is_light_and_each_country_is_drawn_once(client: Client) -> None:
    svg = drawing(html_of(client, "/es/"))
    assert len(svg.encode()) <= 12_000
    ids = re.findall(r'<path id="map-(..)"', svg)
    assert len(ids) == 12
    assert set(ids) == MEMBERS
    assert 'role="list"' in svg
    assert svg.count('role="listitem"') == 12


def test_no_two_countries_overlap_at_their_numbers() -> None:
    """Countries too small for a finger have a sign at sea that no other number comes near."""
    shapes = outlines_of.outlines().countries
    assert {code for code in shapes if shapes[code].line_from} == {"cl", "ec", "gy", "sr", "uy"}
    for code, shape in shapes.items():
        for other, neighbour in shapes.items():
            if code != other and shape.line_from and neighbour.line_from:
                apart = (shape.number.x - neighbour.number.x) ** 2
                apart += (shape.number.y - neighbour.number.y) ** 2
                assert apart > 96**2, (code, other)


@pytest.fixture
def replaced(settings: Any, tmp_path: Path) -> Iterator[Path]:
    """A static folder of the site that stands before the plugin's."""
    settings.STATICFILES_DIRS = [tmp_path, *settings.STATICFILES_DIRS]
    _forget()
    (tmp_path / "practices").mkdir()
    yield tmp_path / outlines_of.FILE
    settings.STATICFILES_DIRS = settings.STATICFILES_DIRS[1:]
    _forget()


def _forget() -> None:
    finders.get_finder.cache_clear()
    outlines_of.outlines.cache_clear()


def test_a_site_may_put_other_outlines_in_their_place(replaced: Path, client: Client) -> None:
    peru = {"path": "M1 1l5 5-5 5z", "number": [3, 4]}
    foreign = {"path": "M20 20h5v5z", "number": [22, 22]}
    replaced.write_text(
        json.dumps({"width": 40, "height": 30, "countries": {"pe": peru, "fr": foreign}})
    )
    assert run_checks() == []
    html = html_of(client, "/es/")
    assert 'viewBox="0 0 40 30"' in drawing(html)
    assert list(links(html)) == ["Perú: 1 experiencia"]
    assert len(rows(html)) == 12
    assert '<path class="map__around" d="M20 20h5v5z"/>' in drawing(html)


@pytest.mark.parametrize(
    "content",
    [
        "no JSON",
        "[]",
        '{"width": 1, "height": 1}',
        '{"width": 1, "height": 1, "countries": {"PE": {"path": "M0 0z", "number": [0, 0]}}}',
        '{"width": 1, "height": 1, "countries": {"pe": {"path": "M0 0z"}}}',
        '{"width": 1, "height": 1, "countries": {"pe": {"path": "<b>", "number": [0, 0]}}}',
        '{"width": 1, "height": 1, "countries": {"pe": {"path": "M0 0z", "number": [0]}}}',
    ],
)
def test_a_wrong_file_is_told_at_the_check(replaced: Path, content: str) -> None:
    replaced.write_text(content)
    assert [error.id for error in run_checks()] == ["practices.E011"]


def test_a_missing_file_is_told_at_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines_of, "FILE", "practices/nothing.json")
    outlines_of.outlines.cache_clear()
    assert [error.id for error in run_checks()] == ["practices.E011"]
    outlines_of.outlines.cache_clear()


@pytest.mark.parametrize("most", range(200))
def test_steps_hold_every_count_and_differ(most: int) -> None:
    scale = Scale.up_to(most)
    shades = [scale.shade(count) for count in range(1, most + 1)]
    assert len(scale.steps) <= 5
    assert 0 not in shades
    assert shades == sorted(shades)
    assert len(set(shades)) == len(scale.steps)
    assert scale.shade(0) == 0


def test_the_queries_stay_the_same(client: Client) -> None:
    paths = ("/es/", THEME, "/pt-br/temas/")
    before = [count_queries(client, path) for path in paths]
    for number in range(8):
        make_practice(
            country("cl"), published=True, slug=f"mas-{number}", themes=["social_consultation"]
        )
    assert [count_queries(client, path) for path in paths] == before
    assert max(before) <= 20


def test_a_site_without_practices_has_a_map(client: Client) -> None:
    for practice in PracticePage.objects.originals():
        practice.unpublish()
    html = html_of(client, "/es/")
    assert set(links(html)) == {f"{name}: sin experiencias aún" for name in rows(html)}
