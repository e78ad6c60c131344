"""What harvesters are told of practices, in each verb."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.models import PracticePage, ThemeText
from practices.oai import collection, views
from tests.factories import make_practice, publish, translate
from tests.hostile import HOSTILE

from .asking import Answer, ask, headers, one, records

pytestmark = pytest.mark.django_db


def name_of_theme(language: str) -> str:
    return ThemeText.objects.get(theme__code="human_rights", language=language).name


def test_the_archive_names_itself(client: Client) -> None:
    answer = ask(client, "Identify")
    for name, text in (
        ("repositoryName", "OSUMI"),
        ("baseURL", "http://testserver/oai/"),
        ("adminEmail", "archive@osumi.test"),
        ("earliestDatestamp", "2020-05-04T03:02:01Z"),
        ("deletedRecord", "persistent"),
        ("granularity", "YYYY-MM-DDThh:mm:ssZ"),
    ):
        assert answer.texts(f"oai:{name}") == [text]
    assert b"oai:osumi.test:OSUMI-PER-0001" in client.get("/oai/?verb=Identify").content


def test_without_settings_it_names_itself_by_the_site(client: Client, settings: Any) -> None:
    settings.PRACTICES_OAI_NAMESPACE = settings.PRACTICES_OAI_EMAIL = ""
    settings.WAGTAILADMIN_BASE_URL = "https://banco.example.org:8443"
    settings.DEFAULT_FROM_EMAIL = "OSUMI <no-reply@example.org>"
    answer = ask(client, "Identify")
    assert answer.texts("oai:adminEmail") == ["no-reply@example.org"]
    assert (
        headers(client)
        .texts("oai:header/oai:identifier")[0]
        .startswith("oai:banco.example.org:OSUMI-")
    )
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    assert b"oai-identifier" not in client.get("/oai/?verb=Identify").content


def test_the_whole_collection(client: Client) -> None:
    answer = records(client)
    assert len(answer.codes) == len(set(answer.codes)) == 24
    assert answer.deleted == []
    assert answer.token == ""
    assert sorted(headers(client).codes) == sorted(answer.codes)


def test_a_practice_in_all_its_languages(client: Client) -> None:
    practice = make_practice(
        published=True,
        slug="cosechada",
        title="Cosecha & <campo>",
        themes=["human_rights", "other"],
        themes_other="Remesas",
        tags=["fronteras"],
        sections={"summary": "<p>Uno &amp; dos.</p><p>Tres.</p>"},
    )
    answer = one(client, practice.code)
    assert answer.texts("dc:language") == ["es"]
    translate(practice, published=True, title="Colheita", themes_other="Remessas")
    answer = one(client, practice.code)
    assert answer.of_language("title") == {("Cosecha & <campo>", "es"), ("Colheita", "pt-BR")}
    assert answer.of_language("creator") == {("Dirección de Migraciones", "es")}
    assert answer.of_language("subject") >= {
        (name_of_theme("es"), "es"),
        (name_of_theme("pt-br"), "pt-BR"),
        ("Remesas", "es"),
        ("Remessas", "pt-BR"),
        ("fronteras", "es"),
    }
    assert ("Uno & dos.\n\nTres.", "es") in answer.of_language("description")
    assert answer.of_language("coverage") == {("Perú", "es"), ("Peru", "pt-BR")}
    assert answer.texts("dc:publisher") == ["OSUMI"]
    assert answer.texts("dc:type") == ["Text"]
    assert answer.texts("dc:language") == ["es", "pt-BR"]
    assert answer.texts("dc:date") == [practice.first_published_at.date().isoformat()]
    assert answer.texts("dc:identifier") == [
        "http://testserver/es/experiencias/peru/cosechada/",
        f"http://testserver/ficha/{practice.code}/",
        practice.code,
    ]
    assert answer.texts("dc:relation") == [
        "http://testserver/pt-br/experiencias/peru/cosechada/",
        f"http://testserver/ficha/{practice.code}.pdf",
        "https://example.org/fuente",
    ]
    assert answer.texts("oai:setSpec") == ["country:pe", "theme:human_rights", "theme:other"]
    for url in answer.texts("dc:identifier")[:2]:
        assert client.get(url, follow=True).status_code == 200


def test_nothing_that_is_not_public(client: Client) -> None:
    draft = make_practice(slug="borrador", title="zqx borrador")
    practice = make_practice(published=True, slug="publica", title="Pública")
    translate(practice, title="zqx tradução")
    practice.title = "zqx cambiada"
    practice.save_revision()
    contact = practice.private_contact()
    contact.contact_name, contact.contact_email = "zqx persona", "zqx@example.org"
    contact.save()
    content = client.get("/oai/?verb=ListRecords&metadataPrefix=oai_dc").content
    assert "Pública".encode() in content
    assert b"zqx" not in content
    assert b"general@example.org" not in content
    assert draft.code == ""


def test_sets_are_countries_and_themes(client: Client) -> None:
    answer = ask(client, "ListSets")
    specs = answer.texts("oai:setSpec")
    assert {"country", "country:pe", "theme", "theme:human_rights"} <= set(specs)
    names = dict(zip(specs, answer.texts("oai:setName"), strict=True))
    assert names["country:br"] == "Brasil"
    assert (name_of_theme("pt-br"), "pt-BR") in answer.of_language("title")
    for spec in specs:
        found = headers(client, set=spec)
        practices = PracticePage.objects.published()
        kind, _colon, value = spec.partition(":")
        if value and kind == "country":
            practices = practices.in_country([value])
        elif value:
            practices = practices.with_theme([value])
        assert len(found.codes) == practices.count()
        assert found.error == ("" if found.codes else "noRecordsMatch")


def test_going_on_with_tokens(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "AT_ONCE", 7)
    whole: list[str] = []
    answer = records(client)
    for cursor in (0, 7, 14, 21):
        [element] = answer.root.iterfind(".//{*}resumptionToken")
        assert (element.get("cursor"), element.get("completeListSize")) == (str(cursor), "24")
        whole += answer.codes
        if answer.token:
            again = ask(client, "ListRecords", resumptionToken=answer.token)
            answer = ask(client, "ListRecords", resumptionToken=answer.token)
            assert again.codes == answer.codes
    assert answer.token == ""
    assert len(whole) == len(set(whole)) == 24


def test_what_changes_meanwhile_comes_at_the_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collection, "AT_ONCE", 10)
    answer = headers(client, set="country")
    first, second = (
        PracticePage.objects.originals().get(record__code=code)
        for code in (
            answer.codes[0],
            ask(client, "ListIdentifiers", resumptionToken=answer.token).codes[0],
        )
    )
    for page in (first, second):
        page.title += " cambiada"
        publish(page)
    seen: list[str] = []
    while answer.token:
        answer = ask(client, "ListIdentifiers", resumptionToken=answer.token)
        seen += answer.codes
    assert set(seen[-2:]) == {first.code, second.code}
    assert len(seen) == len(set(seen)) == 15


def test_posts_are_answered_as_well(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/oai/", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert Answer(response.content).codes == headers(client).codes
    body = "verb=Identify&verb=Identify"
    response = strict.post("/oai/", body, content_type="application/x-www-form-urlencoded")
    assert Answer(response.content).error == "badVerb"
    assert strict.post("/oai/", b"\xff{", content_type="application/json").status_code == 200
    assert client.put("/oai/").status_code == 405


LIST = "verb=ListRecords&metadataPrefix=oai_dc"


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=Identify&set=country", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        (f"{LIST}&metadataPrefix=oai_dc", "badArgument"),
        (f"{LIST}&nada=1", "badArgument"),
        (f"{LIST}&resumptionToken=x", "badArgument"),
        (f"{LIST}&from=ayer", "badArgument"),
        (f"{LIST}&from=2020-02-30", "badArgument"),
        (f"{LIST}&from=0000-01-01", "badArgument"),
        (f"{LIST}&from=2020-01-01T00:00:00", "badArgument"),
        (f"{LIST}&from=२०२०-01-01", "badArgument"),
        (f"{LIST}&from=2020-01-02&until=2020-01-01", "badArgument"),
        (f"{LIST}&from=2020-01-01&until=2020-01-02T00:00:00Z", "badArgument"),
        (f"{LIST}&set=a b", "badArgument"),
        (f"{LIST}&set=country:", "badArgument"),
        (f"{LIST}&set=", "badArgument"),
        (f"{LIST}&set=nada", "noRecordsMatch"),
        (f"{LIST}&set=countr", "noRecordsMatch"),
        (f"{LIST}&until=2019-12-31", "noRecordsMatch"),
        (f"{LIST}&from=9999-12-31", "noRecordsMatch"),
        (f"{LIST}&until=0001-01-01", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListIdentifiers&metadataPrefix=marc", "cannotDisseminateFormat"),
        ("verb=ListIdentifiers&metadataPrefix=a%00b", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=x", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:osumi.test:X", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:osumi.test:%25", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc&identifier=http://x/y", "idDoesNotExist"),
        ("verb=GetRecord&metadataPrefix=marc&identifier=oai:a:b", "cannotDisseminateFormat"),
        ("verb=ListMetadataFormats&identifier=oai:a:b", "idDoesNotExist"),
    ],
)
def test_errors_of_the_protocol(client: Client, query: str, error: str) -> None:
    response = client.get(f"/oai/?{query}")
    assert response.status_code == 200
    answer = Answer(response.content)
    assert answer.error == error
    assert bool(answer.asked) is (error not in ("badVerb", "badArgument"))


def test_formats(client: Client) -> None:
    assert ask(client, "ListMetadataFormats").texts("oai:metadataPrefix") == ["oai_dc"]
    identifier = headers(client).texts("oai:header/oai:identifier")[0]
    answer = ask(client, "ListMetadataFormats", identifier=identifier)
    assert answer.texts("oai:metadataPrefix") == ["oai_dc"]


def test_tokens_of_others_are_refused(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "AT_ONCE", 7)
    token = records(client).token
    assert ask(client, "ListIdentifiers", resumptionToken=token).error == "badResumptionToken"
    for wrong in (token[:-1], token[1:], token.swapcase(), f"{token}x", token.replace(":", "")):
        answer = ask(client, "ListRecords", resumptionToken=wrong)
        assert answer.error == "badResumptionToken"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_arguments_break_nothing(client: Client, text: str) -> None:
    for verb in ("ListRecords", "GetRecord", "ListMetadataFormats", text):
        for name in ("metadataPrefix", "identifier", "set", "from", "until", "resumptionToken"):
            query = {"metadataPrefix": "oai_dc", "verb": verb} | {name: text}
            assert Answer(client.get("/oai/", query).content).error
            alone = client.post("/oai/", {"verb": verb, name: text})
            assert Answer(alone.content).error
    assert Answer(client.get("/oai/", {text: text}).content).error == "badVerb"


def test_what_xml_refuses_is_left_out(client: Client) -> None:
    practice = make_practice(
        published=True, slug="control", title="con \x0b control \uffff", tags=["a\x0bb"]
    )
    assert one(client, practice.code).of_language("title") == {("con  control ", "es")}


def test_who_asks_too_often_has_to_wait(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "MOST_ASKED", 2)
    answers = [client.get("/oai/?verb=Identify") for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 503]
    assert answers[-1]["Retry-After"] == "60"


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_query_counts_are_flat(client: Client, monkeypatch: pytest.MonkeyPatch, verb: str) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = ask(client, verb, metadataPrefix="oai_dc", set="theme:human_rights")
        assert len(answer.codes) > 3
        return len(captured)

    translate(make_practice(published=True, slug="primera", tags=["una"]), published=True)
    count()
    before = count()
    for number in range(6):
        practice = make_practice(published=True, slug=f"mas-{number}", tags=["una", "otra"])
        if number % 2:
            translate(practice, published=True)
        if number == 5:
            practice.unpublish()
    assert count() == before <= {"ListRecords": 16, "ListIdentifiers": 6}[verb]
