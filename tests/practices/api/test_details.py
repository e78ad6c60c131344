"""A practice in full, its versions, and what no answer may say."""

import json
from typing import Any

import pytest
from django.test import Client
from wagtail.documents import get_document_model

from practices.models import PracticeContact, PracticePage
from practices.vocabulary import ITEMS, PRIVATE_KEYS
from tests.factories import make_practice, publish, translate

from .reading import V1, ask, body_of, faults, read

pytestmark = pytest.mark.django_db


def test_every_public_item_is_there_and_no_private_one() -> None:
    answer = read("practices/PER-1/")
    assert list(answer["ficha"]) == [item.key for item in ITEMS if not item.private]
    summary = answer["ficha"]["summary"]
    assert summary["number"] == "2.2"
    assert summary["html"].startswith("<p>")
    assert "<" not in summary["text"]
    assert "data-block-key" not in summary["html"]


@pytest.mark.parametrize("ref", ["OSUMI-PER-0001", "osumi-per-0001", "PER-1", "per-0001"])
def test_codes_name_a_practice(ref: str) -> None:
    original = PracticePage.objects.get(record__code="OSUMI-PER-0001")
    assert read(f"practices/{ref}/")["id"] == original.pk
    translated = read(f"practices/{ref}/", locale="pt-br")
    assert translated["locale"] == "pt-br"
    assert translated["original_id"] == original.pk
    assert translated["translation"]["original_locale"] == "es"
    assert translated["ficha"]["categories"]["label"] == "Categoria"
    assert translated["ficha"]["responsible_entity"]["value"]["locale"] == "es"


def test_a_code_without_that_language_gives_the_original() -> None:
    practice = make_practice(published=True)
    answer = read(f"practices/{practice.code}/", locale="pt-br")
    assert (answer["id"], answer["locale"]) == (practice.pk, "es")
    assert answer["ficha"]["themes"]["label"] == "Temas"
    assert answer["url"].startswith("http://testserver/pt-br/")


def test_the_id_of_a_page_names_that_page() -> None:
    translation = translate(make_practice(published=True), published=True)
    assert read(f"practices/{translation.pk}/")["title"] == translation.title


@pytest.mark.parametrize(
    "ref",
    ["0", "9" * 18, "9" * 400, "PER-999999", "%00", "🙂", "%ED%A0%80", "x" * 5000, "a'b", "..%2f"],
)
def test_what_there_is_not_is_not_found(ref: str) -> None:
    for path in (f"practices/{ref}/", f"practices/{ref}/versions/"):
        response = Client().get(f"{V1}{path}")
        assert faults(response, 404) == {}


def test_drafts_and_withdrawn_practices_are_not_found() -> None:
    draft = make_practice()
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    code = practice.code
    assert ask(f"practices/{draft.pk}/").status_code == 404
    practice.unpublish()
    for ref in (code, practice.pk, translation.pk):
        for path in ("", "versions/", "versions/1/"):
            assert ask(f"practices/{ref}/{path}").status_code == 404


def test_files_and_links_are_absolute(client: Client) -> None:
    for practice in PracticePage.objects.public():
        answer = read(f"practices/{practice.pk}/")
        for name in ("url", "pdf_url", "docx_url", "versions_url"):
            assert answer[name].startswith("http://testserver/")
        for key in ("products", "attachments"):
            for resource in (answer["ficha"][key] or {"values": []})["values"]:
                assert resource["url"].startswith("http")
                if resource["kind"] == "document":
                    path = resource["url"].removeprefix("http://testserver")
                    assert client.get(path).status_code == 200
        assert 'href="/' not in json.dumps(answer["ficha"])


def test_the_versions_of_a_text_are_its_own() -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    answer = read(f"practices/{practice.code}/", locale="pt-br")
    versions = Client().get(answer["versions_url"]).json()["items"]
    assert {version["locale"] for version in versions} == {answer["locale"]} == {"pt-br"}


def test_practices_without_a_date_of_publication_are_related_too() -> None:
    first, second, third = (make_practice(published=True) for _n in range(3))
    others = PracticePage.objects.exclude(pk__in=[first.pk, second.pk, third.pk])
    others.update(live=False)
    PracticePage.objects.filter(pk=second.pk).update(first_published_at=None)
    related = read(f"practices/{first.pk}/")["related"]
    assert [link["id"] for link in related] == [third.pk, second.pk]


def test_versions_are_listed_and_read() -> None:
    practice = make_practice(published=True, title="Primero")
    practice.title = "Segundo"
    practice.save_revision()
    publish(practice)
    listed = read(f"practices/{practice.code}/versions/")
    assert [(item["number"], item["is_current"]) for item in listed["items"]] == [
        (2, True),
        (1, False),
    ]
    assert read(f"practices/{practice.code}/versions/1/")["title"] == "Primero"
    second = read(f"practices/{practice.code}/versions/2/", locale="pt-br")
    assert second["title"] == "Segundo"
    assert second["ficha"]["summary"]["label"] == "Resumo da experiência"
    for number in ("0", "3", "x", "-1", "9" * 400, "%00"):
        assert Client().get(f"{V1}practices/{practice.code}/versions/{number}/").status_code == 404


def with_document(document: Any, title: str) -> dict[str, Any]:
    return {
        "products": [("document", {"title": title, "document": document})],
        "summary": f'<p>Vea <a linktype="document" id="{document.pk}">el manual</a>.</p>',
    }


def test_an_old_version_names_no_file_that_is_private_again() -> None:
    document = get_document_model().objects.first()
    practice = make_practice(published=True, sections=with_document(document, "Manual"))
    version = read(f"practices/{practice.code}/versions/1/")
    assert document.url in json.dumps(version)
    for page in PracticePage.objects.public():
        if document.url in body_of(ask(f"practices/{page.pk}/")).decode() and page != practice:
            page.unpublish()
    practice.sections = make_practice(slug="otra").sections
    practice.save_revision()
    publish(practice)
    version = read(f"practices/{practice.code}/versions/1/")
    assert document.url not in json.dumps(version)
    assert document.filename not in json.dumps(version)
    assert "el manual" in version["ficha"]["summary"]["text"]


PATHS = [
    "practices/{code}/",
    "practices/{code}/versions/",
    "practices/{code}/versions/1/",
    "practices/?q={code}&facets=true",
    "practices.csv",
    "practices.jsonl",
    "practices.geojson",
    "practices.xlsx",
    "schema/ficha/",
    "openapi.json",
]


@pytest.mark.parametrize("path", PATHS)
def test_no_answer_holds_the_private_contact(path: str) -> None:
    practice = make_practice(published=True)
    PracticeContact.objects.create(
        translation_key=practice.translation_key,
        contact_name="Ana Reservada",
        contact_position="Jefa oculta",
        contact_email="ana.reservada@example.org",
    )
    response = Client().get(f"{V1}{path.format(code=practice.code)}")
    content = body_of(response).decode("utf-8", "replace")
    for text in ("Reservada", "Jefa oculta", "ana.reservada"):
        assert text not in content
    if path not in {"schema/ficha/", "openapi.json"}:  # which name the items, and hold none
        assert not any(f'"{key}"' in content for key in PRIVATE_KEYS)
