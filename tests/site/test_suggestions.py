"""What is suggested while somebody types: public names that begin so, and where they lead."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from practices.models import CountryPage
from tests.factories import country, make_practice, publish, translate
from tests.hostile import HOSTILE

pytestmark = pytest.mark.django_db

QUERIES = 3


def answer(typed: str, language: str = "es") -> dict[str, Any]:
    response = Client().get(
        f"/{language}/sugerencias.json", {"q": typed.encode("utf-8", "surrogatepass")}
    )
    assert response.status_code == 200
    found: dict[str, Any] = response.json()
    return found


def suggested(typed: str, kind: str = "practice", language: str = "es") -> list[str]:
    """The texts of a kind."""
    found = answer(typed, language)["suggestions"]
    return [one["text"] for one in found if one["kind"] == kind]


def test_titles_come_in_the_readers_language_and_lead_to_the_practice(client: Client) -> None:
    practice = make_practice(published=True, slug="zorzal", title="Zorzal de la frontera")
    translate(practice, published=True, title="Sabiá da fronteira")
    make_practice(published=True, slug="zorzales", title="Zorzales sin traducir")
    assert suggested("zorz") == ["Zorzal de la frontera", "Zorzales sin traducir"]
    assert suggested("sabia", language="pt-br") == ["Sabiá da fronteira"]
    assert suggested("zorzal de", language="pt-br") == []
    [foreign] = [one for one in answer("zorz", "pt-br")["suggestions"] if one["kind"] == "practice"]
    assert foreign["language"] == "es"
    assert foreign["url"] == "/pt-br/experiencias/peru/zorzales/"
    for one in answer("zorz")["suggestions"]:
        assert client.get(one["url"]).status_code == 200


def test_each_word_begins_a_word(client: Client) -> None:
    title = "«Ñandú» (Ley N.º 25.879): aves-guía y Óscar"
    make_practice(published=True, title=title)
    for typed in ("nand", "ÑANDÚ ley", "osc nandu", "aves guia", "25.879"):
        assert suggested(typed) == [title], typed
    for typed in ("andu", "nandu zzz", "scar"):
        assert suggested(typed) == [], typed


def test_words_are_completed_and_find_something(client: Client) -> None:
    for number in range(3):
        make_practice(published=True, title=f"Mesa sobre Zurcidoras {number}")
    [word, *others] = suggested("mesa zurc", "word")
    assert (word, others) == ("mesa Zurcidoras".lower(), [])
    assert suggested("zurcidoras", "word") == []
    [one] = [one for one in answer("zurc")["suggestions"] if one["kind"] == "word"]
    assert one["url"] == "/es/buscar/?q=zurcidoras"


def test_countries_themes_and_tags_lead_to_their_pages(client: Client) -> None:
    make_practice(published=True, tags=["Perú y más"])
    places = {one["kind"]: one for one in answer("peru")["suggestions"]}
    assert places["country"]["url"] == "/es/experiencias/peru/"
    assert places["tag"]["url"] == "/es/etiquetas/peru-y-mas/"
    assert suggested("derec", "theme") == ["Derechos humanos"]
    assert suggested("direi hum", "theme", "pt-br") == ["Direitos humanos"]
    assert suggested("direi", "theme") == []
    for typed in ("peru", "derec"):
        for one in answer(typed)["suggestions"]:
            assert client.get(one["url"]).status_code == 200, one


def test_what_is_not_public_is_never_suggested() -> None:
    make_practice(title="Quirquincho en borrador", tags=["quirquincho secreto"])
    down = make_practice(published=True, title="Quirquincho retirado", tags=["quirquincho viejo"])
    down.unpublish()
    changed = make_practice(published=True, title="Publicado")
    changed.title = "Quirquincho por aprobar"
    changed.save_revision()
    translate(changed, title="Quirquincho traduzido")
    hidden = country("gy")
    make_practice(hidden, published=True, title="Quirquincho restringido")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    for language in ("es", "pt-br"):
        assert answer("quirq", language)["suggestions"] == []
    assert suggested("retirado") == []


def test_a_country_that_is_down_is_not_suggested() -> None:
    assert suggested("urug", "country") == ["Uruguay"]
    for page in CountryPage.objects.filter(iso_code="uy"):
        page.unpublish()
    assert suggested("urug", "country") == []


@pytest.mark.parametrize("typed", HOSTILE)
def test_anything_may_be_typed(typed: str) -> None:
    assert len(answer(typed)["suggestions"]) <= 8


def test_signs_stand_for_nothing() -> None:
    for typed in ("", "m", " ", "%", "%%", "__", "m%", "_m", "\x00\x00", "'", '""', "\\\\"):
        assert answer(typed)["suggestions"] == [], typed
    assert suggested("migra\x00") == suggested("migra")


def test_there_are_eight_at_most_with_room_for_practices() -> None:
    for number in range(12):
        make_practice(published=True, title=f"Migra {number}", tags=[f"migra {number}"])
    found = answer("migra")
    kinds = [one["kind"] for one in found["suggestions"]]
    assert len(kinds) == 8
    assert kinds.count("practice") >= 3
    assert found["status"].startswith("8 ")


def test_it_takes_three_queries_however_many_there_are() -> None:
    client = Client()

    def queries() -> int:
        client.get("/es/sugerencias.json", {"q": "migra"})
        with CaptureQueriesContext(connection) as captured:
            client.get("/es/sugerencias.json", {"q": "migra"})
        return len(captured)

    before = queries()
    for number in range(9):
        practice = make_practice(published=True, title=f"Migra {number}", tags=[f"migra {number}"])
        publish(translate(practice))
    assert before == queries() == QUERIES


def test_anybody_may_keep_them_and_no_search_engine_lists_them(client: Client) -> None:
    response = client.get("/es/sugerencias.json", {"q": "mi"})
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["X-Robots-Tag"] == "noindex"
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert client.post("/es/sugerencias.json").status_code == 405
