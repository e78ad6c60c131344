"""Lists of the API are the lists of the site."""

import json
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from home.models import User
from practices.models import PracticePage
from tests.factories import country, make_practice, translate
from tests.hostile import HOSTILE

from .reading import PRACTICES, PROBLEM, ask, bearer, body_of, faults, read

pytestmark = pytest.mark.django_db

FILTERS = [
    "",
    "country=pe",
    "country=ar&country=br",
    "theme=human_rights&level=national",
    "category=institutionality&criterion=replicability",
    "documentation=electronic_file&need=training",
    "language=pt-br",
    "q=migraciones",
    "q=refugi&sort=title",
    "q=migracoin",
    "sort=country",
    "tag=abrigo",
    "q=nadadeesto",
]


@pytest.mark.parametrize("language", ["es", "pt-br"])
@pytest.mark.parametrize("query", FILTERS)
def test_filters_and_order_are_those_of_the_site(client: Client, query: str, language: str) -> None:
    of_site = json.loads(body_of(client.get(f"/{language}/lista.json?{query}")))
    answer = client.get(f"{PRACTICES}?{query}&locale={language}&limit=100").json()
    assert answer["count"] == of_site["count"]
    assert [item["code"] for item in answer["items"]] == [row["code"] for row in of_site["items"]]
    assert [item["title"] for item in answer["items"]] == [row["title"] for row in of_site["items"]]


def test_an_item_says_what_a_list_needs() -> None:
    [item] = read("practices/", q="OBMigra", limit=1)["items"]
    practice = PracticePage.objects.get(pk=item["id"])
    assert item["code"] == practice.code == "OSUMI-BRA-0005"
    assert item["country"] == "br"
    assert item["locale"] == "pt-br"
    assert item["locales"] == [{"locale": "pt-br", "id": practice.pk}]
    assert item["url"].startswith("http://testserver/es/experiencias/brasil/")
    assert item["pdf_url"] == f"{item['url']}ficha.pdf"
    assert {theme["key"] for theme in item["themes"]} == {
        theme.code for theme in practice.themes.all()
    }
    assert {"published_at", "updated_at", "summary", "in_force"} <= item.keys()


def test_labels_are_in_the_language_of_the_reader_and_never_of_the_browser() -> None:
    for locale, label in (("es", "Categoría"), ("pt-br", "Categoria")):
        response = ask(
            "practices/",
            {"accept-language": "pt-BR" if locale == "es" else "es"},
            locale=locale,
            facets="true",
            limit=1,
        )
        assert response["Content-Language"] == locale
        assert label in {facet["label"] for facet in response.json()["facets"]}


def test_parts_follow_each_other() -> None:
    whole = [item["id"] for item in read("practices/", limit=100)["items"]]
    parts = [
        item["id"]
        for offset in range(0, len(whole), 7)
        for item in read("practices/", limit=7, offset=offset)["items"]
    ]
    assert parts == whole
    assert read("practices/", offset=10_000) == {"count": len(whole), "items": []}


def test_the_words_are_answered_as_they_were_understood() -> None:
    assert read("practices/", q="migracoin", limit=1)["reading"]["manner"] == "corrected"
    assert "reading" not in read("practices/", limit=1)


def test_sparse_fields() -> None:
    answer = read("practices/", fields="title, url", limit=3)
    assert all(item.keys() == {"id", "title", "url"} for item in answer["items"])
    found = faults(ask("practices/", fields="title,contact_email"))
    assert "published_at" in found["fields"]


@pytest.mark.parametrize(
    ("query", "parameter", "said"),
    [
        ("paiz=pe", "paiz", "country"),
        ("country=zz", "country", "pe"),
        ("theme=zz&country=pe", "theme", "human_rights"),
        ("level=zz", "level", "national"),
        ("tag=zz", "tag", "zz"),
        ("sort=zz", "sort", "newest"),
        ("locale=nl", "locale", "pt-br"),
        ("limit=0", "limit", ""),
        ("limit=101", "limit", "100"),
        ("limit=x", "limit", ""),
        ("offset=10001", "offset", "10000"),
        ("offset=-1", "offset", ""),
        (f"offset={'9' * 5000}", "offset", ""),
        ("fields=zz", "fields", "title"),
        ("facets=zz", "facets", ""),
        ("status=zz", "status", "draft"),
        ("page=2", "page", "offset"),
    ],
)
def test_what_is_not_known_is_named(query: str, parameter: str, said: str) -> None:
    response = Client().get(f"{PRACTICES}?{query}")
    assert said in faults(response)[parameter]


@pytest.mark.parametrize("text", [*HOSTILE, "9" * 10_000, "-1", "\ud800", "1e309"])
def test_nothing_that_is_typed_ends_in_an_error(text: str) -> None:
    text = text.encode("utf-8", "surrogatepass").decode("latin-1")
    for name in ("q", "country", "tag", "sort", "locale", "limit", "offset", "fields", "zz"):
        response = Client().get(f"{PRACTICES}?{urlencode({name: text}, encoding='latin-1')}")
        assert response.status_code in {200, 422}, (name, text)
        assert response["Content-Type"] in {PROBLEM, "application/json; charset=utf-8"}
        json.loads(response.content)


def test_drafts_are_never_listed() -> None:
    draft = make_practice(title="Borrador secreto")
    live = make_practice(published=True, title="Por retirar", slug="por-retirar")
    translation = translate(live, published=True, title="A retirar")
    assert "Por retirar" in json.dumps(read("practices/", country="pe"))
    live.unpublish()
    for path in ("practices/", "practices.jsonl", "practices.csv", "practices.geojson"):
        content = body_of(ask(path)).decode()
        for page in (draft, live, translation):
            assert page.title not in content


def test_a_token_changes_nothing_unless_it_asks(editor: User) -> None:
    make_practice(title="Borrador propio")
    assert read("practices/", bearer(editor)) == read("practices/")


def items(answer: dict[str, Any]) -> set[int]:
    return {item["id"] for item in answer["items"]}


def test_drafts_of_the_owner_of_a_token(editor: User, secretariat: User) -> None:
    own = make_practice(title="Borrador propio")
    foreign = make_practice(country("br"), title="Borrador ajeno")
    answer = read("practices/", bearer(editor), status="draft", limit=100)
    assert own.pk in items(answer)
    assert foreign.pk not in items(answer)
    assert {item["country"] for item in answer["items"]} == {"pe"}
    [item] = [item for item in answer["items"] if item["id"] == own.pk]
    assert (item["title"], item["status"]) == ("Borrador propio", "draft")
    everything = read("practices/", bearer(secretariat), status="draft", limit=100)
    assert {own.pk, foreign.pk} <= items(everything)
    narrowed = read("practices/", bearer(secretariat), status="draft", country="br", limit=100)
    assert foreign.pk in items(narrowed)
    assert own.pk not in items(narrowed)


def test_drafts_need_a_token_and_few_parameters(editor: User) -> None:
    response = ask("practices/", status="draft")
    assert faults(response, 401) == {}
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert "q" in faults(ask("practices/", bearer(editor), status="draft", q="x"))


def test_a_session_of_the_admin_counts_for_nothing(editor_client: Client) -> None:
    assert editor_client.get(f"{PRACTICES}?status=draft").status_code == 401
