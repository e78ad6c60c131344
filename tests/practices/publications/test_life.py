"""The life of a publication: drafted, checked, approved by another person, published, frozen."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document as WordDocument
from pikepdf import Pdf

from home.models import User
from practices.models import ModerationEvent, PracticePage, PublicationFile, PublicationPage
from practices.publications.tasks import make_files
from tests.factories import make_practice
from tests.factories import publish as publish_practice

from .steps import create, decide, edit, form_data, index, publish, seen, stored, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Client:
    return signed_in("secretaria")


@pytest.fixture
def reviewer() -> Client:
    return signed_in("secretaria-2")


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.fixture
def practices() -> list[PracticePage]:
    return [make_practice(published=True, slug=f"experiencia-{n}", title=f"Una {n}") for n in "ab"]


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def read(file: PublicationFile) -> bytes:
    with file.file.open("rb") as opened:
        return bytes(opened.read())


@pytest.mark.parametrize(
    ("language", "path", "name"),
    [
        ("es", "/es/publicaciones/diez-experiencias/", "publicacion"),
        ("pt-br", "/pt-br/publicacoes/diez-experiencias/", "publicacao"),
    ],
)
def test_from_draft_to_the_public(
    language: str, path: str, name: str, practices: list[PracticePage]
) -> None:
    author, reviewer, client = signed_in("secretaria"), signed_in("secretaria-2"), Client()
    values: dict[str, Any] = {"practices": practices, "languages": ["es", "pt-br"]}
    page = create(author, language, **values)
    assert client.get(path).status_code == 404
    assert client.get(f"{path}{name}.pdf").status_code == 404
    assert submit(author, page, **values).status_code == 302
    assert client.get(path).status_code == 404
    decide(reviewer, page)
    assert stored(page).live
    html = client.get(path).content.decode()
    assert [f"Una {n}" in html for n in "ab"] == [True, True]
    assert f"{path}{name}.pdf" in html
    assert f"http://testserver{path}" in html or path in html
    pdf = client.get(f"{path}{name}.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf["Content-Disposition"].startswith("inline;")
    content = body(pdf)
    with Pdf.open(BytesIO(content)) as document:
        assert str(document.Root.Lang).lower() == language
    again = client.get(f"{path}{name}.pdf", headers={"If-None-Match": pdf["ETag"]})
    assert again.status_code == 304
    word = client.get(f"{path}{name}.docx")
    assert word["Content-Disposition"].startswith("attachment;")
    text = "\n".join(paragraph.text for paragraph in WordDocument(BytesIO(body(word))).paragraphs)
    assert "Una a" in text
    assert "Una b" in text
    other = "pt-br/publicacoes" if language == "es" else "es/publicaciones"
    assert path in client.get(f"/{other}/").content.decode()


def test_the_log_tells_every_step(
    author: Client, reviewer: Client, practices: list[PracticePage]
) -> None:
    page = create(author, practices=practices)
    submit(author, page, practices=practices)
    decide(reviewer, page, "return", comment="Falta el prefacio.")
    assert "Falta el prefacio." in author.get(url_of(page)).content.decode()
    submit(author, page, practices=practices)
    decide(reviewer, page)
    events = ModerationEvent.objects.filter(publication=page).order_by("pk")
    assert [(event.action, event.user and event.user.username) for event in events] == [
        ("submitted", "secretaria"),
        ("returned", "secretaria-2"),
        ("submitted", "secretaria"),
        ("approved", "secretaria-2"),
        ("published", "secretaria-2"),
    ]
    assert not any(event.exceptional for event in events)


def url_of(page: PublicationPage) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_nobody_approves_their_own(author: Client, practices: list[PracticePage]) -> None:
    page = create(author, practices=practices)
    submit(author, page, practices=practices)
    decide(author, page)
    assert not stored(page).live
    assert "approve_and_publish" not in author.get(url_of(page)).content.decode()


def test_nobody_publishes_around_the_review(author: Client, practices: list[PracticePage]) -> None:
    page = create(author, practices=practices)
    edit(author, page, practices=practices, **{"action-publish": "1"})
    assert not stored(page).live
    url = reverse("wagtailadmin_pages:add", args=["practices", "publicationpage", index().pk])
    data = form_data(practices=practices, slug="otra") | {"action-publish": "1"}
    author.post(url, data)
    assert not PublicationPage.objects.live().filter(slug="otra").exists()


def test_what_is_under_review_stands_still(
    author: Client, reviewer: Client, practices: list[PracticePage]
) -> None:
    page = create(author, practices=practices)
    submit(author, page, practices=practices)
    before = seen(page)
    edit(author, page, title="Otro título", practices=practices[:1])
    assert seen(page) == before
    author.post(url_of(page), form_data(page) | {"action-cancel-workflow": "1"})
    assert not stored(page).workflow_in_progress
    edit(author, page, title="Otro título", practices=practices[:1])
    submit(author, page, title="Otro título", practices=practices[:1])
    response = decide(reviewer, page, text=before)
    assert not stored(page).live
    assert "cambió" in response.content.decode()


@pytest.mark.parametrize("username", ["editor-pe", "punto-focal-pe", "traduccion-pe"])
def test_others_neither_see_nor_begin_one(
    username: str, author: Client, practices: list[PracticePage]
) -> None:
    page = create(author, practices=practices, title="Secreto")
    other = signed_in(username)
    add = reverse("wagtailadmin_pages:add", args=["practices", "publicationpage", index().pk])
    for url in (
        add,
        url_of(page),
        reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_explore", args=[index().pk]),
    ):
        response = other.get(url)
        assert response.status_code in (302, 403, 404), url
        assert b"Secreto" not in response.content
    count = PublicationPage.objects.count()
    other.post(add, form_data(practices=practices, slug="mia"))
    assert PublicationPage.objects.count() == count
    found = other.get(reverse("wagtailadmin_pages:search"), {"q": "Secreto"})
    assert f"/pages/{page.pk}/" not in found.content.decode()


def test_later_corrections_change_nothing(client: Client, practices: list[PracticePage]) -> None:
    page = publish(practices=practices)
    pdf = body(client.get(f"{page.url}publicacion.pdf"))
    corrected = practices[0]
    corrected.title = "Un título corregido"
    publish_practice(corrected)
    practices[1].unpublish()
    html = client.get(page.url).content.decode()
    assert "Una a" in html
    assert "Un título corregido" not in html
    assert f'href="{corrected.url}"' in html
    assert f'href="{practices[1].url}"' not in html
    assert "Una b" in html
    assert body(client.get(f"{page.url}publicacion.pdf")) == pdf
    # Made only now, of what was kept then.
    PublicationFile.objects.filter(edition__page=page).update(file="", claimed_at=None)
    assert body(client.get(f"{page.url}publicacion.pdf")) == pdf


def test_the_worker_makes_both_files(client: Client, practices: list[PracticePage]) -> None:
    page = publish(practices=practices)
    assert page.edition
    assert "publication__wait" in client.get(page.url).content.decode()
    assert make_files.func(page.edition.pk) == 2
    html = client.get(page.url).content.decode()
    assert "publication__wait" not in html
    made = {file.extension: file for file in page.edition.files.all()}
    assert body(client.get(f"{page.url}publicacion.docx")) == read(made["docx"])
    assert make_files.func(page.edition.pk) == 2


def test_a_new_edition_leaves_the_old_one_on_record(
    author: Client, reviewer: Client, client: Client, practices: list[PracticePage]
) -> None:
    page = publish(practices=practices)
    first = body(client.get(f"{page.url}publicacion.pdf"))
    values: dict[str, Any] = {"practices": practices[:1], "title": "Una sola"}
    submit(author, page, **values)
    assert "Diez experiencias" in client.get(page.url).content.decode()
    decide(reviewer, page)
    html = client.get(page.url).content.decode()
    assert "Una sola" in html
    assert "Una b" not in html
    assert body(client.get(f"{page.url}publicacion.pdf")) != first
    old, new = page.editions.all()
    assert (old.number, old.count, new.number, new.count) == (1, 2, 2, 1)
    assert read(old.files.get(extension="pdf")) == first


def test_a_practice_that_went_away_stops_the_approval(
    author: Client, reviewer: Client, practices: list[PracticePage]
) -> None:
    page = create(author, practices=practices)
    submit(author, page, practices=practices)
    practices[1].unpublish()
    response = decide(reviewer, page)
    assert not stored(page).live
    assert "Una b" in response.content.decode()
    assert not page.editions.exists()


def test_an_unpublished_one_has_no_files(client: Client, practices: list[PracticePage]) -> None:
    page = publish(practices=practices)
    body(client.get(f"{page.url}publicacion.pdf"))
    for wrong in ("publicacao.pdf", "publicacion.odt", "ficha.pdf"):
        assert client.get(f"{page.url}{wrong}").status_code == 404
    page.unpublish()
    assert client.get(f"{page.url}publicacion.pdf").status_code == 404
    assert client.get("/es/publicaciones/publicacion.pdf").status_code == 404
