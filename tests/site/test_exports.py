"""Lists as files: what is in them, in which order and language, and what never is."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from practices.models import PracticeContact, PracticePage
from practices.outlets.cells import safe_cell
from tests.factories import country, make_practice, publish, translate

pytestmark = pytest.mark.django_db

FORMS = ("csv", "xlsx", "json")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


def load(client: Client, url: str) -> bytes:
    """What an address answers, streamed or not."""
    response: Any = client.get(url)
    assert response.status_code == 200, url
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(client: Client, url: str) -> list[dict[str, Any]]:
    """The rows of a spreadsheet, by their headings."""
    content = load(client, url)
    if ".xlsx" in url:
        heading, *rows = load_workbook(BytesIO(content)).active.iter_rows(values_only=True)
        return [dict(zip(heading, row, strict=True)) for row in rows]
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"))))


def items(client: Client, url: str) -> list[dict[str, Any]]:
    """The practices of a JSON export."""
    data = json.loads(load(client, url))
    assert data.keys() == {"count", "items"}
    assert data["count"] == len(data["items"])
    return data["items"]


def codes(client: Client, form: str, query: str) -> list[str]:
    if form == "json":
        return [item["code"] for item in items(client, f"/es/lista.json{query}")]
    return [row["Código"] for row in table(client, f"/es/lista.{form}{query}")]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_says_what_it_is(client: Client, form: str) -> None:
    for language in ("es", "pt-br"):
        response = client.get(f"/{language}/lista.{form}")
        assert response["Content-Type"] == TYPES[form]
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Content-Disposition"].startswith('attachment; filename="experiencias-20')
        assert response["Content-Disposition"].endswith(f'.{form}"')
        assert response.streaming
        assert b"".join(response)
        assert client.head(f"/{language}/lista.{form}").status_code == 200
        assert client.post(f"/{language}/lista.{form}").status_code == 405


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "query",
    [
        "",
        "?sort=title",
        "?country=pe",
        "?country=ar&country=br&sort=country",
        "?theme=human_rights&level=national",
        "?category=policy_and_norms&documentation=published_document&need=training",
        "?criterion=replicability&language=pt-br",
        "?tag=regularizacion",
        "?q=frontera",
        "?q=frontera&theme=human_rights&sort=newest",
        "?theme=nada",
        "?country=pe&country=nada",
        "?q=%00%27%22%28*&page=9&otro=x",
    ],
)
def test_a_file_has_what_the_page_shows(client: Client, form: str, query: str) -> None:
    shown: list[str] = []
    number = 1
    separator = "&" if query else "?"
    while True:
        url = f"/es/experiencias/{query.replace('&page=9', '')}{separator}page={number}"
        listing = client.get(url).context["listing"]
        shown += [card.practice.record.code for card in listing.cards]
        if number >= listing.page.paginator.num_pages:
            break
        number += 1
    assert codes(client, form, query) == shown


def test_pages_lead_to_the_files_of_their_list(client: Client) -> None:
    tag = make_practice(published=True, slug="marcada", tags=["marca propia"]).tags.all()[0]
    for path, query in (
        ("experiencias/", ""),
        ("experiencias/?theme=human_rights&sort=title", "?theme=human_rights&amp;sort=title"),
        ("experiencias/peru/", "?country=pe"),
        (
            "experiencias/peru/?q=la+ley&level=national",
            "?q=la+ley&amp;country=pe&amp;level=national",
        ),
        ("temas/derechos-humanos/", "?theme=human_rights"),
        (f"etiquetas/{tag.slug}/?country=pe", f"?country=pe&amp;tag={tag.slug}"),
        ("buscar/?q=ley", "?q=ley"),
    ):
        html = client.get(f"/es/{path}").content.decode()
        for form in FORMS:
            assert f'href="/es/lista.{form}{query}"' in html, path
        assert client.get(f"/es/lista.csv{query.replace('&amp;', '&')}").status_code == 200
    assert "/es/lista.csv" not in client.get("/es/experiencias/?theme=nada").content.decode()


def test_the_columns_of_a_practice(client: Client) -> None:
    practice = make_practice(
        country("br"),
        published=True,
        slug="completa",
        title="Título do Brasil",
        themes=["human_rights", "other"],
        themes_other="Outro tema",
        choices={"territorial_level": ["national", "other"], "transfer_needs": ["training"]},
        territorial_level_other="Regional",
        tags=["fronteira"],
        parent_entity="Ministério da Justiça",
        sections={"summary": "<p>Primeira frase.</p><p>Segunda &amp; última.</p>"},
    )
    for form in ("csv", "xlsx"):
        [row] = [
            row
            for row in table(client, f"/es/lista.{form}?country=br")
            if row["Código"] == practice.code
        ]
        assert row["Título de la experiencia"] == "Título do Brasil"
        assert row["País"] == "Brasil"
        assert row["Temas"].endswith("; Outro tema")
        assert row["Nivel territorial de aplicación"] == "Nacional; Regional"
        assert row["Entidad responsable"] == "Dirección de Migraciones"
        assert row["Entidad de dependencia en la orgánica estatal"] == "Ministério da Justiça"
        assert row["Otras entidades asociadas"] == "Ministerio de Salud"
        assert row["Etiquetas"] == "fronteira"
        assert row["Resumen de la experiencia"].split("\n")[0] == "Primeira frase."
        assert "Segunda & última." in row["Resumen de la experiencia"]
        assert str(row["Primera publicación"])[:4] == str(practice.first_published_at.year)
        assert row["Dirección"] == "http://testserver/es/experiencias/brasil/completa/"
        assert {"BR", "portugués"} <= set(row.values())


def test_json_has_stable_keys_and_codes(client: Client) -> None:
    practice = make_practice(published=True, slug="con-claves", tags=["frontera"])
    translate(practice, published=True, title="Em português")
    [item] = [
        item
        for item in items(client, "/pt-br/lista.json?country=pe")
        if item["code"] == practice.code
    ]
    assert item.keys() == {
        *("code", "title", "country", "theme", "level", "category", "documentation", "need"),
        *("criterion", "responsible_entity", "parent_entity", "associated_entities"),
        *("participating_entities", "tag", "text_language", "language", "summary"),
        *("first_published_at", "last_published_at", "url"),
    }
    assert item["title"] == "Em português"
    assert item["country"] == {"value": "pe", "label": "Peru"}
    assert [theme["value"] for theme in item["theme"]] == ["human_rights"]
    assert item["level"] == [{"value": "national", "label": "Nacional"}]
    assert item["text_language"]["value"] == "pt-br"
    assert [language["value"] for language in item["language"]] == ["es", "pt-br"]
    assert item["url"] == "http://testserver/pt-br/experiencias/peru/con-claves/"
    assert item["associated_entities"] == ["Ministerio de Salud"]
    [spanish] = [i for i in items(client, "/es/lista.json") if i["code"] == practice.code]
    assert spanish["tag"] == [{"value": "frontera", "label": "frontera"}]
    assert spanish["text_language"] == {"value": "es", "label": "español"}


def test_what_is_not_translated_comes_in_its_own_language(client: Client) -> None:
    practice = PracticePage.objects.get(country="gy")
    [row] = table(client, "/pt-br/lista.csv?country=gy")
    assert row["Título da experiência"] == practice.title
    assert "espanhol" in row.values()
    assert row["País"] == "Guiana"


HOSTILE = [
    "=cmd|'/c calc'!A1",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "＝1+1",
    'uno;=cmd|"/c calc"!A1',
    "</script>\"'<b>&amp; 🧭",
    "con \x0b control",
]


@pytest.mark.parametrize("title", HOSTILE)
def test_texts_stay_texts(client: Client, title: str) -> None:
    practice = make_practice(
        published=True, slug="hostil", title=title, responsible_entity=title[:100]
    )
    for form in ("csv", "xlsx"):
        [row] = [
            row
            for row in table(client, f"/es/lista.{form}?country=pe")
            if row["Código"] == practice.code
        ]
        assert row["Título de la experiencia"] == safe_cell(practice.title)
        assert not row["Entidad responsable"].startswith(("=", "+", "-", "@", "\t", "＝"))
        assert ";=" not in row["Título de la experiencia"]
    [item] = [i for i in items(client, "/es/lista.json") if i["code"] == practice.code]
    assert item["title"] == practice.title


def test_csv_opens_in_excel(client: Client) -> None:
    assert load(client, "/es/lista.csv").startswith(b"\xef\xbb\xbfC\xc3\xb3digo,")


SECRET = "zzsecreto"


def test_what_is_not_public_is_in_no_file(client: Client) -> None:
    make_practice(slug=f"{SECRET}-borrador", title=SECRET, tags=[SECRET])
    practice = make_practice(published=True, slug="publica", title="Una pública")
    translate(practice, title=SECRET)
    down = make_practice(published=True, slug="retirada", title=f"{SECRET} retirada")
    down.unpublish()
    practice.title = f"{SECRET} sin publicar"
    practice.save_revision()
    PracticeContact.objects.create(
        translation_key=practice.translation_key,
        contact_name=f"{SECRET} Pérez",
        contact_position=SECRET,
        contact_email=f"{SECRET}@example.org",
    )
    for language in ("es", "pt-br"):
        for form in (*FORMS, "atom"):
            content = load(client, f"/{language}/lista.{form}")
            if form == "xlsx":
                content = repr(table(client, f"/{language}/lista.xlsx")).encode()
            assert SECRET not in content.decode(), form
            assert "Una pública" in content.decode(), form


def queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        load(client, url)
    return len(captured)


@pytest.mark.parametrize("form", FORMS)
def test_query_counts_are_flat(client: Client, form: str) -> None:
    url = f"/pt-br/lista.{form}?country=pe&theme=human_rights"
    make_practice(published=True, slug="primera", tags=["una"])
    queries(client, url)
    before = queries(client, url)
    for number in range(8):
        practice = make_practice(published=True, slug=f"mas-{number}", tags=["una", f"n {number}"])
        if number % 2:
            translate(practice, published=True)
    assert queries(client, url) <= before + 1  # the tags of translations, where there are some


@pytest.mark.parametrize("form", FORMS)
def test_practices_are_read_some_at_a_time(
    client: Client, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts = []
    queries(client, f"/es/lista.{form}")  # what is remembered from then on
    for size in (24, 12, 8):
        monkeypatch.setattr("practices.outlets.rows.AT_ONCE", size)
        counts.append(queries(client, f"/es/lista.{form}"))
    once, twice, thrice = counts
    assert once < twice < thrice
    assert thrice - twice == twice - once <= 10


def test_a_stream_begins_before_all_is_read(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("practices.outlets.rows.AT_ONCE", 2)
    whole = queries(client, "/es/lista.csv")
    with CaptureQueriesContext(connection) as captured:
        stream: Any = iter(client.get("/es/lista.csv"))
        for _line in range(4):
            next(stream)
    assert len(captured) < whole / 2


def test_a_stream_keeps_its_language(client: Client) -> None:
    spanish: Any = client.get("/es/lista.csv?country=pe")
    client.get("/pt-br/")
    assert "Perú" in b"".join(spanish.streaming_content).decode()


def test_a_withdrawn_practice_leaves_the_files(client: Client) -> None:
    practice = make_practice(published=True, slug="breve")
    assert practice.code in codes(client, "csv", "?country=pe")
    practice.unpublish()
    assert practice.code not in codes(client, "csv", "?country=pe")
    publish(practice)
    assert practice.code in codes(client, "csv", "?country=pe")
