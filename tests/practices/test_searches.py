"""Searches that find nothing are counted, without anything about who asked."""

import logging
from datetime import date, timedelta
from threading import Thread
from typing import Any
from unittest.mock import Mock

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, connections
from django.test import RequestFactory
from django.utils import timezone, translation
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from practices import searches
from practices.models import FailedSearch, PracticePage
from practices.searches import count_failed, is_readers, promoted
from tests.factories import country, make_practice, translate


def counted() -> list[tuple[str, str, int]]:
    return list(FailedSearch.objects.order_by("words").values_list("words", "language", "count"))


@pytest.mark.django_db
def test_words_are_counted_by_language_and_month() -> None:
    for query in ("Niñez   MIGRANTE", "ninez, migrante!", "niñez migrante"):
        count_failed(query, "es")
    count_failed("ninez migrante", "pt-br")
    assert sorted(counted()) == [("ninez migrante", "es", 3), ("ninez migrante", "pt-br", 1)]
    search = FailedSearch.objects.get(language="es")
    assert (search.month.day, search.last) == (1, timezone.localdate())
    FailedSearch.objects.update(month=date(2020, 1, 1))
    count_failed("ninez migrante", "es")
    assert sorted(counted())[:2] == [("ninez migrante", "es", 1), ("ninez migrante", "es", 3)]


def test_nothing_about_the_person_has_a_place() -> None:
    names = {field.name for field in FailedSearch._meta.get_fields()}
    assert names == {"id", "words", "language", "month", "count", "last"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "",
        " ?! ",
        "ana@example.org",
        "@ana",
        "expediente 12345",
        "DNI 12.345.678",
        "51 987 654 321",
        "+51-98-76-54",
        "nació 01/02/1990",
        "١٢٣٤٥",
    ],
)
def test_what_may_be_about_a_person_is_not_kept(query: str) -> None:
    count_failed(query, "es")
    assert counted() == []


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["ley 1234", "2030", "artículo 12 de 1990"])
def test_short_numbers_are(query: str) -> None:
    count_failed(query, "es")
    assert len(counted()) == 1


@pytest.mark.django_db
def test_texts_are_cut_at_words() -> None:
    count_failed(" ".join(f"palabra{chr(97 + number)}" for number in range(20)), "es")
    count_failed(f"corta {'x' * 200}", "es")
    count_failed("x" * 200, "es")
    kept = [words for words, _language, _count in counted()]
    assert kept == ["corta", " ".join(f"palabra{letter}" for letter in "abcdefghij")]


@pytest.mark.django_db
def test_old_and_rare_ones_go(monkeypatch: pytest.MonkeyPatch) -> None:
    count_failed("vieja", "es")
    old = timezone.localdate() - timedelta(days=searches.KEPT_DAYS + 1)
    FailedSearch.objects.update(last=old, count=50)
    count_failed("nueva", "es")
    assert counted() == [("nueva", "es", 1)]
    monkeypatch.setattr(searches, "KEPT_ROWS", 2)
    count_failed("nueva", "es")
    count_failed("otra", "es")
    count_failed("tercera", "es")
    assert counted() == [("nueva", "es", 2), ("tercera", "es", 1)]


@pytest.mark.django_db
def test_a_count_that_cannot_be_written_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(searches, "_count", Mock(side_effect=DatabaseError("read-only")))
    with caplog.at_level(logging.WARNING):
        count_failed("secreto", "es")
    assert "not counted" in caplog.text
    assert "secreto" not in caplog.text


def test_many_at_once_are_all_counted(site_data: None) -> None:
    def count() -> None:
        try:
            count_failed("a la vez", "es")
        finally:
            connections.close_all()

    threads = [Thread(target=count) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted() == [("a la vez", "es", 4)]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone waits for its writers")
def test_patience_comes_back() -> None:
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA busy_timeout").fetchone()
        count_failed("palabra", "es")
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == before


@pytest.mark.parametrize(
    ("method", "headers", "readers"),
    [
        ("get", {}, True),
        ("get", {"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/140"}, True),
        ("head", {}, False),
        ("get", {"Sec-Purpose": "prefetch;prerender"}, False),
        ("get", {"Purpose": "prefetch"}, False),
        ("get", {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, False),
    ],
)
def test_readers_are_told_from_machines(
    method: str, headers: dict[str, str], readers: bool
) -> None:
    request = getattr(RequestFactory(headers=headers), method)("/es/buscar/?q=x")
    assert is_readers(request) is readers


def promote(words: str, page: Page | None = None, **values: Any) -> SearchPromotion:
    return SearchPromotion.objects.create(query=Query.get(words), page=page, **values)


def shown(query: str, language: str = "es") -> list[tuple[str, str, str]]:
    """What is recommended: title, address, language."""
    with translation.override(language):
        found = promoted(query, RequestFactory().get(f"/{language}/buscar/"))
    return [(one.title, one.url, one.language) for one in found]


@pytest.mark.django_db
def test_a_practice_comes_in_the_readers_language_for_these_words_alone() -> None:
    practice = make_practice(published=True, slug="una", title="Una")
    translated = make_practice(published=True, slug="dos", title="Dos")
    translate(translated, published=True, title="Dois")
    promote("Niñez Migrante", practice)
    promote("niñez migrante", translated)
    base = "experiencias/peru"
    assert shown("ninez  MIGRANTE") == [
        ("Una", f"/es/{base}/una/", "es"),
        ("Dos", f"/es/{base}/dos/", "es"),
    ]
    assert shown("niñez migrante", "pt-br") == [
        ("Una", f"/pt-br/{base}/una/", "es"),
        ("Dois", f"/pt-br/{base}/dos/", "pt-br"),
    ]
    assert shown("niñez") == shown("niñez migrante hoy") == shown("") == []


@pytest.mark.django_db
def test_a_translation_that_is_promoted_is_the_same_practice() -> None:
    practice = make_practice(published=True, slug="una", title="Una")
    translation_of_it = translate(practice, published=True, title="Uma")
    for page in (practice, translation_of_it):
        promote("palabra", page)
    assert [title for title, *_ in shown("palabra")] == ["Una"]
    assert [title for title, *_ in shown("palabra", "pt-br")] == ["Uma"]


@pytest.mark.django_db
def test_what_is_not_public_does_not_come() -> None:
    promote("palabra", make_practice(title="Borrador"))
    restricted = make_practice(published=True, title="Restringida")
    promote("palabra", restricted)
    PageViewRestriction.objects.create(page=country(), restriction_type="login")
    below = Page.objects.get(url_path__endswith="/etiquetas/", locale__language_code="es")
    promote("palabra", below)
    assert [title for title, *_ in shown("palabra")] == [below.title]
    below.unpublish()
    assert shown("palabra") == []
    PageViewRestriction.objects.all().delete()
    assert [title for title, *_ in shown("palabra")] == ["Restringida"]
    PracticePage.objects.get(pk=restricted.pk).unpublish()
    assert shown("palabra") == []


@pytest.mark.django_db
def test_pages_and_links_of_other_sites_come() -> None:
    page = Page.objects.get(url_path__endswith="/temas/", locale__language_code="es")
    promote("palabra", page, description="Los temas")
    promote("palabra", external_link_url="https://example.org/", external_link_text="Otra")
    link = ("Otra", "https://example.org/", "")
    assert shown("palabra") == [(page.title, "/es/temas/", "es"), link]
    portuguese = page.get_translation(page.locale.__class__.objects.get(language_code="pt-br"))
    assert shown("palabra", "pt-br") == [(portuguese.title, "/pt-br/temas/", "pt-br"), link]


@pytest.mark.django_db
def test_a_site_without_promotions_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    promote("palabra", Page.objects.get(url_path__endswith="/temas/", locale__language_code="es"))
    assert shown("palabra")
    monkeypatch.setattr(apps, "is_installed", lambda _name: False)
    assert shown("palabra") == []
