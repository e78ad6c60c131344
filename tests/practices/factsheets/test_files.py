"""The addresses of fact sheets, as readers and other sites ask for them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from practices.directory import Directory
from practices.factsheets import delivery, making, pdf
from practices.factsheets.freshness import database_state
from practices.factsheets.gathering import gather
from practices.factsheets.pictures import Pictures
from practices.models import FailedSheet, PracticeContact, PracticePage, Theme
from tests.factories import make_practice, publish, translate

from .pages import poppler

pytestmark = pytest.mark.django_db

SECRET = PracticeContact(
    contact_name="Zoraida Quispe", contact_position="Jefa reservada", contact_email="zq@secreto.pe"
)


def text_of(content: bytes) -> str:
    """The text of a PDF."""
    return poppler("pdftotext", content, "-layout")


def content(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def etag(path: str) -> str:
    response = Client().get(path)
    content(response)
    return response["ETag"]


@pytest.fixture
def practice() -> PracticePage:
    page = make_practice(published=True, title="Ventanilla única", slug="ventanilla-unica")
    contact = page.private_contact()
    for name in ("contact_name", "contact_position", "contact_email"):
        setattr(contact, name, getattr(SECRET, name))
    contact.save()
    return page


def url(practice: PracticePage, name: str, language: str = "es") -> str:
    return f"/{language}/experiencias/peru/{practice.slug}/{name}"


@pytest.mark.parametrize("name", ["ficha.pdf", "resumen.pdf", "resumo.pdf"])
def test_readers_get_the_file(practice: PracticePage, name: str) -> None:
    response = Client().get(url(practice, name))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline; filename=")
    assert practice.code.lower() in response["Content-Disposition"]
    assert f"{url(practice, '')}>" in response["Link"]
    text = text_of(content(response))
    assert "Ventanilla única" in text
    assert practice.code in text
    for secret in (SECRET.contact_name, SECRET.contact_position, SECRET.contact_email):
        assert secret not in text


@pytest.mark.parametrize("name", ["ficha.docx", "resumen.docx"])
def test_word_files_are_saved(practice: PracticePage, name: str) -> None:
    response = Client().get(url(practice, name))
    assert response.status_code == 200
    assert response["Content-Type"] == making.CONTENT_TYPES["docx"]
    assert response["Content-Disposition"].startswith("attachment;")
    assert content(response)[:2] == b"PK"


def test_the_other_language_has_its_own(practice: PracticePage) -> None:
    foreign = text_of(content(Client().get(url(practice, "ficha.pdf", "pt-br"))))
    assert "Esta prática ainda não foi traduzida." in foreign
    assert "Ventanilla única" in foreign
    translate(practice, published=True, title="Balcão único")
    own = text_of(content(Client().get(url(practice, "ficha.pdf", "pt-br"))))
    assert "Balcão único" in own
    assert "ainda não foi traduzida" not in own


def test_codes_lead_to_the_file(practice: PracticePage) -> None:
    for extension in ("pdf", "docx"):
        response = Client().get(
            f"/ficha/{practice.code}.{extension}", headers={"accept-language": "pt-br"}
        )
        assert response.status_code == 302
        assert response["Location"] == url(practice, f"ficha.{extension}", "pt-br")
        assert "Accept-Language" in response["Vary"]
    assert Client().get("/ficha/OSUMI-PER-9999.pdf").status_code == 404


def test_what_is_not_public_has_no_file(practice: PracticePage) -> None:
    draft = make_practice(slug="un-borrador")
    assert Client().get(url(draft, "ficha.pdf")).status_code == 404
    assert Client().get(url(practice, "ficha.pdf")).status_code == 200
    practice.refresh_from_db()
    practice.unpublish()
    for name in ("ficha.pdf", "resumen.docx"):
        assert Client().get(url(practice, name)).status_code == 404
    assert Client().get(f"/ficha/{practice.code}.pdf").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/es/ficha.pdf",
        "/es/experiencias/ficha.pdf",
        "/es/experiencias/peru/ficha.pdf",
        "/es/experiencias/peru/no-hay/ficha.pdf",
        "/es/experiencias/peru/no-hay/ficha-en-blanco.pdf",
        "/es/temas/ficha-en-blanco.docx",
    ],
)
def test_other_places_have_none(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_file_that_is_known_is_not_sent_again(practice: PracticePage) -> None:
    first = Client().get(url(practice, "ficha.pdf"))
    content(first)
    again = Client().get(url(practice, "ficha.pdf"), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_it_is_made_once_and_again_when_its_data_change(
    practice: PracticePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    render = pdf.render

    def counted(document: Any, pictures: Any) -> bytes:
        made.append(document["title"])
        return render(document, pictures)

    monkeypatch.setitem(making._MAKERS, "pdf", counted)
    tags = [etag(url(practice, "ficha.pdf")) for _ in range(2)]
    assert len(made) == len(set(tags)) == 1
    # No revision of the practice: a theme is called otherwise.
    text = practice.themes.first().texts.get(language="es")
    text.name = "Derechos de todas las personas"
    text.save()
    tags.append(etag(url(practice, "ficha.pdf")))
    assert len(made) == len(set(tags)) == 2
    publish(practice)
    tags.append(etag(url(practice, "ficha.pdf")))
    assert len(set(tags)) == 3  # another version, which the sheet tells


def test_queries_stay_the_same() -> None:
    def queries(keys: list[int]) -> int:
        with CaptureQueriesContext(connection) as captured:
            sheets = gather(keys, "es", Directory(), "https://x.example/", Pictures())
        assert len(sheets) == len(keys)
        return len(captured)

    keys = list(PracticePage.objects.published().order_by("pk").values_list("pk", flat=True))
    queries(keys)  # renditions are made once
    assert queries(keys) <= queries(keys[:1]) + 6  # pictures, documents, links: where there are any
    assert queries(keys) == queries(keys[:12] + keys[12:])
    assert queries(keys) <= 18


def test_a_render_that_fails_is_told_in_plain_words(
    practice: PracticePage, monkeypatch: pytest.MonkeyPatch, superuser_client: Client
) -> None:
    def fail(document: Any, pictures: Any) -> bytes:
        raise pdf.RenderError("the text could not be set")

    with monkeypatch.context() as patch:
        patch.setitem(making._MAKERS, "pdf", fail)
        response = Client().get(url(practice, "ficha.pdf"))
        assert response.status_code == 500
        assert "No se pudo preparar este archivo" in response.content.decode()
        assert "could not be set" not in response.content.decode()
        assert Client().get(url(practice, "ficha.pdf", "pt-br")).status_code == 500
        assert Client().get(url(practice, "")).status_code == 200
        Client().get(url(practice, "ficha.pdf"))
    failed = FailedSheet.objects.get(code=practice.code, language="es")
    assert (failed.design, failed.extension, failed.times) == ("full", "pdf", 2)
    report = superuser_client.get("/admin/reports/failed-sheets/").content.decode()
    assert practice.code in report
    assert "the text could not be set" in report
    # Once it can be made, the line goes.
    content(Client().get(url(practice, "ficha.pdf")))
    assert not FailedSheet.objects.filter(code=practice.code, language="es").exists()


def test_the_report_is_for_the_secretariat(editor_client: Client) -> None:
    assert editor_client.get("/admin/reports/failed-sheets/").status_code == 302


def test_too_many_are_refused(practice: PracticePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "MOST_MADE", 2)
    names = ["ficha.pdf", "resumen.pdf", "ficha.docx"]
    responses = [Client().get(url(practice, name)) for name in names]
    assert [response.status_code for response in responses] == [200, 200, 429]
    assert int(responses[-1]["Retry-After"]) > 0
    # What was made is served to anybody, however often; another address has its own count.
    assert Client().get(url(practice, "ficha.pdf")).status_code == 200
    other = Client(REMOTE_ADDR="203.0.113.9")
    assert other.get(url(practice, "ficha.docx")).status_code == 200


def test_themes_are_named_in_the_language_of_the_reader(practice: PracticePage) -> None:
    for language in ("es", "pt-br"):
        [sheet] = gather([practice.pk], language, Directory(), "https://x.example/", Pictures())
        names = {theme.code: theme.text(language).name for theme in Theme.objects.all()}
        assert [theme["name"]["text"] for theme in sheet["themes"]] == [
            names[theme["code"]] for theme in sheet["themes"]
        ]


def queries_of_a_repetition(address: str, known: str) -> int:
    """How many queries a second request takes while nobody writes.

    The state is that of all databases of the server, and another one may be tested beside this.
    """
    for _attempt in range(200):
        state = database_state()
        assert etag(address) == known
        with CaptureQueriesContext(connection) as captured:
            assert etag(address) == known
        if database_state() == state:
            return len(captured)
    pytest.fail("Somebody writes all the time.")


def test_while_nothing_is_written_the_file_is_sent_with_one_query(site_data: None) -> None:
    practice = make_practice(published=True, slug="otra-ventanilla")
    address = url(practice, "ficha.pdf")
    first = etag(address)
    if connection.vendor == "postgresql":
        assert queries_of_a_repetition(address, first) == 1
    assert etag(address) == first
    text = practice.themes.first().texts.get(language="es")
    text.name = "Un tema con otro nombre"
    text.save()
    second = etag(address)
    assert second != first
    Theme.objects.filter(pk=practice.themes.first().pk).update(colour="tone-6")
    assert etag(address) != second
    PracticePage.objects.filter(pk=practice.pk).update(live=False)  # around all handlers
    assert Client().get(address).status_code == 404
