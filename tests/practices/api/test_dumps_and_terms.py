"""Whole lists as files, and what practices are found by."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from practices.models import Theme
from practices.vocabulary import ITEMS

from .reading import V1, ask, body_of, faults, read

pytestmark = pytest.mark.django_db


def lines(**parameters: Any) -> list[dict[str, Any]]:
    content = body_of(ask("practices.jsonl", **parameters)).decode()
    return [json.loads(line) for line in content.splitlines()]


def test_dumps_hold_the_same_as_the_site(client: Client) -> None:
    for query in ("", "country=pe", "theme=human_rights&sort=title", "q=migraciones"):
        for language in ("es", "pt-br"):
            of_site = client.get(f"/{language}/lista.csv?{query}")
            dump = client.get(f"{V1}practices.csv?{query}&locale={language}")
            assert body_of(dump) == body_of(of_site)
            of_site = client.get(f"/{language}/lista.json?{query}")
            rows = json.loads(body_of(of_site))["items"]
            found = client.get(f"{V1}practices.jsonl?{query}&locale={language}")
            assert [json.loads(line) for line in body_of(found).decode().splitlines()] == rows


def test_the_workbook_holds_every_row() -> None:
    response = ask("practices.xlsx", country="br")
    sheet = load_workbook(BytesIO(body_of(response))).active
    assert sheet.max_row == 1 + len(lines(country="br"))
    assert "attachment" in response["Content-Disposition"]


def test_geojson_places_practices_in_their_country() -> None:
    response = ask("practices.geojson")
    assert response["Content-Type"] == "application/geo+json"
    answer = json.loads(body_of(response))
    assert answer["type"] == "FeatureCollection"
    assert [feature["properties"] for feature in answer["features"]] == lines()
    for feature in answer["features"]:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -82 < longitude < -34, feature["properties"]["code"]
        assert -56 < latitude < 13


@pytest.mark.parametrize("extension", ["csv", "xlsx", "jsonl", "geojson"])
def test_dumps_refuse_what_they_do_not_know(extension: str) -> None:
    for query, parameter in (("limit=1", "limit"), ("country=zz", "country"), ("sort=x", "sort")):
        assert parameter in faults(Client().get(f"{V1}practices.{extension}?{query}"))


def test_a_csv_is_read_by_programs() -> None:
    text = body_of(ask("practices.csv", country="gy")).decode("utf-8-sig")
    heading, row = csv.reader(StringIO(text))
    assert dict(zip(heading, row, strict=True))["Código"] == "OSUMI-GUY-0001"


def test_terms_count_what_lists_find() -> None:
    for path, parameter in (("countries/", "country"), ("themes/", "theme"), ("tags/", "tag")):
        for term in read(path)["items"][:12]:
            found = read("practices/", limit=1, **{parameter: term["key"]})
            assert found["count"] == term["count"], term


def test_the_matrix_counts_what_lists_find() -> None:
    answer = read("matrix/")
    assert answer["count"] == read("practices/", limit=1)["count"]
    row = next(row for row in answer["rows"] if row["country"] == "pe")
    for cell in row["cells"]:
        assert cell["count"] == read("practices/", country="pe", theme=cell["theme"])["count"]


def test_facets_are_those_of_the_list() -> None:
    assert read("facets/")["items"] == read("practices/", facets="true", limit=1)["facets"]


def test_tags_come_in_parts() -> None:
    whole = read("tags/")
    assert read("tags/", limit=2, offset=1)["items"] == whole["items"][1:3]


def test_terms_speak_both_languages() -> None:
    for path in ("countries/", "themes/", "matrix/", "facets/"):
        assert read(path) != read(path, locale="pt-br")
        assert "locale" in faults(ask(path, locale="nl"))


def test_the_questionnaire_is_whole() -> None:
    items = {item["key"]: item for item in read("schema/ficha/")["items"]}
    assert list(items) == [item.key for item in ITEMS]
    assert items["summary"]["max_words"] == 200
    assert items["summary"]["labels"] == {
        "es": "Resumen de la experiencia",
        "pt-br": "Resumo da experiência",
    }
    assert items["contact_email"]["private"]
    assert {choice["key"] for choice in items["themes"]["choices"]} == set(
        Theme.objects.values_list("code", flat=True)
    )
    assert items["documentation"]["exclusive"] == "undocumented"
