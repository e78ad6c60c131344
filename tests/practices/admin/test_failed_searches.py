"""What readers looked for in vain, and what is recommended: the Secretaría's, and nobody else's."""

import csv
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.contrib.search_promotions.models import Query, SearchPromotion

from home.models import User
from practices.models import FailedSearch
from tests.factories import make_practice
from tests.queries import count_queries

from .conftest import SignIn
from .test_menus import entries

pytestmark = pytest.mark.django_db

REPORT = "/admin/reports/failed-searches/"
PROMOTED = "/admin/searchpicks/"


def search(words: str, count: int, language: str = "es", ago: int = 0) -> None:
    """Searches of a month, some months ago."""
    today = timezone.localdate()
    years, month = divmod(today.year * 12 + today.month - 1 - ago, 12)
    day = date(years, month + 1, 1)
    FailedSearch.objects.create(words=words, language=language, month=day, count=count, last=day)


@pytest.fixture
def client(secretariat: User, sign_in: SignIn) -> Client:
    """The Secretaría's."""
    search("ninez migrante", 3)
    search("ninez migrante", 4, ago=2)
    search("=asilo", 5)
    search("refugio climatico", 1, "pt-br", ago=5)
    return sign_in(secretariat)


def rows(client: Client, **asked: str) -> list[tuple[str, int]]:
    response = client.get(REPORT, asked)
    assert response.status_code == 200
    return [(row["words"], row["times"]) for row in response.context["object_list"]]


def test_it_lists_by_count_filters_and_searches(client: Client) -> None:
    everything = [("ninez migrante", 7), ("=asilo", 5), ("refugio climatico", 1)]
    assert rows(client) == everything
    assert rows(client, language="pt-br") == [("refugio climatico", 1)]
    assert rows(client, period="1") == [("=asilo", 5), ("ninez migrante", 3)]
    assert rows(client, period="3") == everything[:2]
    assert rows(client, period="12") == everything
    assert rows(client, q="Niñez") == everything[:1]
    assert rows(client, ordering="words") == sorted(everything)
    for nonsense in ({"language": "x"}, {"period": "x"}, {"ordering": "x"}, {"p": "x"}):
        assert rows(client, **nonsense) == everything
    page = client.get(REPORT).content.decode()
    assert f"{PROMOTED}add/" in page
    assert "portugués" in page


def test_it_is_exported_safely(client: Client) -> None:
    response: Any = client.get(REPORT, {"export": "csv", "language": "es"})
    assert "searches-without-result-" in response["Content-Disposition"]
    table: list[Any] = list(
        csv.reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig")))
    )
    assert [row[0] for row in table[1:]] == ["ninez migrante", "'=asilo"]
    response = client.get(REPORT, {"export": "xlsx"})
    sheet: Any = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    assert [row[2] for row in sheet.iter_rows(values_only=True)][1:] == [7, 5, 1]


@pytest.mark.parametrize("who", ["anonymous", "editor", "focal_point", "translator"])
def test_nobody_else_reads_it_or_recommends(
    who: str, client: Client, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    query = Query.get("centinela")
    SearchPromotion.objects.create(query=query, page=make_practice(title="Borrador centinela"))
    query.add_hit()
    other = Client() if who == "anonymous" else sign_in(request.getfixturevalue(who))
    for path in ("", "results/", "?export=csv", "?export=xlsx", "?q=ninez"):
        answer = other.get(REPORT + path)
        assert answer.status_code == 302, path
        assert b"ninez" not in answer.content
    for path in ("", "results/", "add/", f"{query.pk}/", f"{query.pk}/delete/", "queries/chooser/"):
        answer = other.get(PROMOTED + path)
        assert answer.status_code == 302, path
        assert b"centinela" not in answer.content
    other.post(f"{PROMOTED}{query.pk}/delete/")
    assert SearchPromotion.objects.exists()
    if who != "anonymous":
        assert not {REPORT, PROMOTED} & entries(other)


def test_it_stands_among_the_reports_and_the_empty_one_does_not(
    client: Client, superuser_client: Client
) -> None:
    assert {REPORT, PROMOTED} <= entries(client)
    assert REPORT in entries(superuser_client)
    for someone in (client, superuser_client):
        assert f"{PROMOTED}reports/search-terms/" not in entries(someone)


def test_the_secretariat_recommends(client: Client) -> None:
    practice = make_practice(published=True, title="Una")
    form = {
        "query_string": "niñez migrante",
        "editors_picks-TOTAL_FORMS": 1,
        "editors_picks-INITIAL_FORMS": 0,
        "editors_picks-MIN_NUM_FORMS": 0,
        "editors_picks-MAX_NUM_FORMS": 1000,
        "editors_picks-0-page": practice.pk,
        "editors_picks-0-description": "Lo que se hizo",
        "editors_picks-0-ORDER": 1,
        "editors_picks-0-DELETE": "",
    }
    assert client.post(f"{PROMOTED}add/", form).status_code == 302
    assert SearchPromotion.objects.get().page_id == practice.pk
    assert "niñez migrante" in client.get(PROMOTED).content.decode()


def test_more_words_need_no_more_queries(client: Client) -> None:
    before = count_queries(client, REPORT)
    for number in range(10):
        search(f"otra {number}", 1)
    assert count_queries(client, REPORT) == before
