"""The same finding by OpenSearch: the tests of the databases again, and what is its own.

The server is a stand-in (`opensearch_server`); the client that talks to it is the real one.
"""

import logging
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from opensearchpy.exceptions import OpenSearchException
from pytest_django import DjangoDbBlocker
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from osumi_search.analysis import stem
from osumi_search.backends import opensearch, patience
from osumi_search.models import Entry, Word
from osumi_search.query import parse
from practices.models import PracticePage
from tests.factories import make_practice, publish
from tests.hostile import HOSTILE
from tests.practices import test_finding, test_search
from tests.practices.test_search import found
from tests.search import test_backends, test_judged
from tests.search.opensearch_server import Cluster, error, running
from tests.search.test_backends import practices

__all__ = ["practices"]

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

OF_DATABASES_ALONE = {
    "test_the_set_holds_what_it_promises",
    "test_the_index_follows_a_move_between_classes_of_pages",
    "test_rebuilding_gives_the_same_and_takes_out_what_is_gone",
    "test_words_are_counted_and_forgotten_when_the_index_is_rebuilt",
    "test_resetting_empties_the_index",
}
globals().update(
    (name, test)
    for module in (test_search, test_finding, test_backends, test_judged)
    for name, test in vars(module).items()
    if name.startswith("test_") and callable(test) and name not in OF_DATABASES_ALONE
)


def backends(url: str) -> dict[str, dict[str, str]]:
    """The setting that `SEARCH_URL` makes."""
    return {
        "default": {
            "BACKEND": "osumi_search.backends.opensearch",
            "URL": url,
            "FALLBACK": "database",
        },
        "database": {"BACKEND": "osumi_search.backends"},
    }


@pytest.fixture(scope="module")
def stand_in(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Cluster, Cluster, str]]:
    """A server that holds the demo, what it holds, and its address."""
    with running() as (cluster, url):
        with (
            django_db_blocker.unblock(),
            override_settings(WAGTAILSEARCH_BACKENDS=backends(url)),
            transaction.atomic(),
        ):
            call_command("update_index", "--backend", "default", stdout=StringIO())
            transaction.set_rollback(True)
        yield cluster, cluster.copy(), url


@pytest.fixture(autouse=True)
def cluster(
    stand_in: tuple[Cluster, Cluster, str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Cluster:
    """The server with the demo, which the site asks."""
    cluster, saved, url = stand_in
    cluster.restore(saved)
    monkeypatch.setattr(patience, "_clients", {})
    settings.WAGTAILSEARCH_BACKENDS = backends(url)
    return cluster


@pytest.fixture(autouse=True)
def no_failure(caplog: pytest.LogCaptureFixture, request: pytest.FixtureRequest) -> Iterator[None]:
    """Nothing fails in silence, with the database in the stead of a server that refused."""
    yield
    if "server_away" not in request.fixturenames:
        failures = [record for record in caplog.records if record.name == opensearch.__name__]
        assert not failures, failures[0].getMessage()


@pytest.fixture
def server_away(cluster: Cluster, settings: Any) -> None:
    """Nobody listens where the server was."""
    settings.WAGTAILSEARCH_BACKENDS = backends("http://127.0.0.1:9/osumi")


def searches(cluster: Cluster) -> list[Any]:
    return [body for _method, path, body in cluster.requests if path.endswith("/_search")]


def kinds(query: dict[str, Any]) -> set[str]:
    """The kinds of query that a query is made of."""
    [(kind, body)] = query.items()
    if kind != "bool":
        return {kind}
    clauses = [clause for clause in body.values() if isinstance(clause, list)]
    return {"bool"}.union(*(kinds(part) for clause in clauses for part in clause))


def test_no_query_reads_syntax_in_what_was_typed(cluster: Cluster) -> None:
    found('migraciones "ley de migración" -refugio* +regulariz')
    asked = searches(cluster)
    assert set().union(*(kinds(body["query"]) for body in asked)) == {
        "bool",
        "term",
        "prefix",
        "match_phrase",
    }


def test_lists_filters_and_counts_are_those_of_the_words(cluster: Cluster) -> None:
    listing = Client().get("/es/buscar/", {"q": "migración", "country": "pe"}).context["listing"]
    assert cluster.requests
    assert 0 < listing.total < listing.hits
    assert all(card.practice.country == "pe" for card in listing.cards)
    countries = next(facet for facet in listing.facets if facet.name == "country")
    assert sum(option.count for option in countries.options) == listing.hits


def test_a_page_asks_the_server_few_times(cluster: Cluster) -> None:
    for words in ("migración", "migracoin", "nadadenada otracosa"):
        cluster.requests.clear()
        found(words)
        assert 1 <= len(cluster.requests) <= 5


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_typed_is_refused_by_the_server(text: str, cluster: Cluster) -> None:
    for prefix in (False, True):
        if query := parse(text, prefix=prefix):
            get_search_backend().hits(query, PracticePage)


def test_documents_are_analysed_before_they_are_sent(
    cluster: Cluster, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Zafras de Ñandúes", tags=["zahorí"])
    [index] = cluster.aliases["osumi_wagtailcore_page"]
    source = cluster.indexes[index].sources[str(practice.pk)]
    assert source["types"] == ["practices.PracticePage", "wagtailcore.Page"]
    assert source["a"].startswith("zafras de nandues")
    assert {stem("zafra"), stem("nandues")} <= set(source["d"].split())
    assert "zahori" in f"{source['b']} {source['c']}".split()
    assert Word.objects.filter(word="nandues", shown="ñandúes").exists()


def test_what_is_deleted_leaves_the_server(
    cluster: Cluster, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Zafra de caña")
    key = str(practice.pk)
    [name] = cluster.aliases["osumi_wagtailcore_page"]
    assert key in cluster.indexes[name].sources
    with django_capture_on_commit_callbacks(execute=True):
        Page.objects.get(pk=practice.pk).delete()
    assert key not in cluster.indexes[name].sources


def test_rebuilding_replaces_the_index_under_its_name(cluster: Cluster) -> None:
    before = cluster.aliases["osumi_wagtailcore_page"].copy()
    [old] = before
    keys = cluster.indexes[old].sources.keys()
    cluster.indexes[old].sources["999999"] = cluster.indexes[old].sources[min(keys)]
    order = found("migración")
    call_command("update_index", stdout=StringIO())
    [new] = cluster.aliases["osumi_wagtailcore_page"]
    assert new != old
    assert old not in cluster.indexes
    assert "999999" not in cluster.indexes[new].sources
    assert len(cluster.indexes[new].sources) == Page.objects.count()
    assert found("migración") == order


def test_the_first_save_makes_an_index_that_has_its_fields(
    cluster: Cluster, django_capture_on_commit_callbacks: Any
) -> None:
    cluster.indexes.clear()
    cluster.aliases.clear()
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, title="Zafras")
    assert "osumi_wagtailcore_page" in cluster.indexes
    assert found("zafra") == [practice]
    call_command("update_index", stdout=StringIO())
    assert "osumi_wagtailcore_page" in cluster.aliases
    assert found("zafra") == [practice]


def test_an_index_that_somebody_else_just_made_is_as_good(cluster: Cluster) -> None:
    index = get_search_backend().get_index_for_model(Page)
    index.put()
    cluster.broken = error(400, "invalid_index_name_exception")
    with pytest.raises(OpenSearchException):
        index.put()


def test_more_hits_than_the_window_are_left_out_and_logged(
    cluster: Cluster, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.search.opensearch_server.WINDOW", 5)
    monkeypatch.setattr(opensearch, "WINDOW", 5)
    query = parse("migración")
    assert query
    assert len(get_search_backend().hits(query, PracticePage)) == 5
    [record] = [record for record in caplog.records if record.name == opensearch.__name__]
    assert "more than 5 hits" in record.getMessage()
    caplog.clear()


@pytest.mark.usefixtures("server_away")
class TestAway:
    """The database answers; nobody waits, nothing is lost but the server's copy."""

    def test_lists_are_found_all_the_same(self, caplog: pytest.LogCaptureFixture) -> None:
        listing = Client().get("/es/buscar/", {"q": "migración"}).context["listing"]
        assert listing.total > 10
        assert any(card.excerpt for card in listing.cards)
        [record] = [record for record in caplog.records if record.name == opensearch.__name__]
        assert record.levelno == logging.ERROR
        assert "migraci" not in caplog.text.lower()

    def test_saves_go_through_and_are_found(
        self, django_capture_on_commit_callbacks: Any, superuser_client: Client
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            practice = make_practice(published=True, title="Zafra de caña")
        assert found("zafras") == [practice]
        assert Entry.objects.filter(object_id=str(practice.pk)).exists()
        for address in ("/admin/pages/search/", "/admin/fichas/", "/admin/choose-page/search/"):
            response = superuser_client.get(address, {"q": "zafra"}, follow=True)
            assert response.status_code == 200
            assert "Zafra de caña" in response.content.decode()
        with django_capture_on_commit_callbacks(execute=True):
            practice.title = "Tambor"
            publish(practice)
        assert found("zafras") == []

    def test_wagtails_results_come_from_the_database(self) -> None:
        results = PracticePage.objects.search("migración").annotate_score("relevance")
        assert results.count() == len(results) > 10
        assert [page.pk for page in results[2:4]] == [page.pk for page in list(results)[2:4]]
        assert results[0].relevance >= results[1].relevance > 0
        assert sum(results.facet("country").values()) == results.count()
        assert Page.objects.autocomplete("per").count()

    def test_without_a_fallback_the_error_is_raised(self, settings: Any) -> None:
        settings.WAGTAILSEARCH_BACKENDS = {
            "default": {"BACKEND": "osumi_search.backends.opensearch", "URL": "http://127.0.0.1:9"}
        }
        with pytest.raises(OpenSearchException):
            PracticePage.objects.search("migración").count()


@pytest.mark.parametrize("status", [400, 401, 404, 500, 503])
@pytest.mark.usefixtures("server_away")
def test_a_server_that_refuses_is_as_good_as_away(
    status: int, stand_in: tuple[Cluster, Cluster, str], settings: Any
) -> None:
    cluster, _saved, url = stand_in
    settings.WAGTAILSEARCH_BACKENDS = backends(url)
    cluster.broken = error(status, "some_exception")
    assert len(found("migración")) == 12
    assert cluster.requests


@pytest.mark.usefixtures("server_away")
def test_an_index_that_was_never_built_finds_in_the_database(
    stand_in: tuple[Cluster, Cluster, str], settings: Any
) -> None:
    cluster, _saved, url = stand_in
    settings.WAGTAILSEARCH_BACKENDS = backends(url)
    cluster.indexes.clear()
    cluster.aliases.clear()
    assert len(found("migración")) == 12
    assert not cluster.indexes, "a search makes no index"


@pytest.mark.usefixtures("server_away")
def test_a_server_that_was_away_is_asked_again_after_a_pause(
    stand_in: tuple[Cluster, Cluster, str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = parse("migración")
    assert query
    now = [1000.0]
    monkeypatch.setattr(patience.time, "monotonic", lambda: now[0])
    with running() as (_cluster, url):
        pass  # nobody listens at its port any more
    settings.WAGTAILSEARCH_BACKENDS = backends(url)
    port = int(url.rpartition(":")[2].partition("/")[0])
    with pytest.raises(OpenSearchException) as raised:
        get_search_backend().hits(query, PracticePage)
    assert not isinstance(raised.value, patience.Away)
    with running(port) as (cluster, _url):
        cluster.restore(stand_in[1])
        with pytest.raises(patience.Away):
            get_search_backend().hits(query, PracticePage)
        assert not cluster.requests
        now[0] += patience.PAUSE
        assert get_search_backend().hits(query, PracticePage)


@pytest.mark.parametrize(
    ("url", "host", "port", "secure", "prefix"),
    [
        ("http://127.0.0.1:9200", "127.0.0.1", 9200, False, ""),
        ("https://search.example/osumi/", "search.example", 443, True, "osumi_"),
        ("http://search.example/a", "search.example", 80, False, "a_"),
    ],
)
def test_addresses(url: str, host: str, port: int, secure: bool, prefix: str) -> None:
    backend = opensearch.OpenSearchBackend({"URL": url})
    [server] = backend.hosts
    assert (server["host"], server["port"], server["use_ssl"]) == (host, port, secure)
    assert backend.get_index_for_model(PracticePage).name == f"{prefix}wagtailcore_page"


def settings_with(url: str) -> subprocess.CompletedProcess[str]:
    """The setting of the backends in a process of its own."""
    code = "import osumi_site.settings.base as s; print(s.WAGTAILSEARCH_BACKENDS)"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parent.parent.parent,
        env={"SEARCH_URL": url, "DATABASE_URL": "sqlite:///var/settings-test.sqlite3"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("url", ["", "https://u:p%40@search.example:9200/osumi"])
def test_the_variable_makes_the_setting(url: str) -> None:
    expected = backends(url) if url else {"default": {"BACKEND": "osumi_search.backends"}}
    assert settings_with(url).stdout.strip() == str(expected)


@pytest.mark.parametrize(
    "url", ["search.example", "ftp://u:secreta@h", "https://u:secreta@h:x", "https://h/Capital"]
)
def test_an_address_that_is_none_is_refused_without_its_password(url: str) -> None:
    result = settings_with(url)
    assert result.returncode != 0
    assert "SEARCH_URL is no address" in result.stderr
    assert "secreta" not in result.stderr
