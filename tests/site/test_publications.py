"""Publications on the site: their page, their list, what surrounds them, what they cost."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pikepdf import Pdf
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file_jpeg
from wagtail.models import Page, PageViewRestriction

from home.models import User
from practices.factsheets.pdf import RenderError
from practices.models import PublicationEdition, PublicationFile, PublicationPage
from practices.publications import files
from tests.factories import make_practice
from tests.practices.publications.steps import PREFACE, publish, rich_text
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

BUDGET = 20


@pytest.fixture
def page() -> PublicationPage:
    image = get_image_model().objects.first()
    assert image
    return publish(
        list_address="/es/experiencias/?country=br&country=pe",
        languages=["es", "pt-br"],
        cover=image.pk,
        preface=rich_text(PREFACE, features=["bold"]),
    )


def test_the_page_says_what_it_is(page: PublicationPage, client: Client) -> None:
    html = client.get(page.url).content.decode()
    assert "<h1>Diez experiencias</h1>" in html
    assert "Un prefacio con <b>negrita</b>" in html
    assert re.search(r"<img[^>]+>.*<h1>", html, re.DOTALL)
    assert re.search(r"<cite>Diez experiencias</cite>\..*http://", html)
    assert "6 prácticas" in html
    assert '<nav class="breadcrumbs"' in html
    assert '<a href="/es/publicaciones/">Publicaciones</a>' in html
    # Practices of Brasil that have no Spanish text are marked as such.
    assert '<a href="/es/experiencias/brasil/comigrar' in html
    assert 'lang="pt-br"' in html.partition("<main")[2]


def test_the_other_language_leads_to_the_list_and_names_it(
    page: PublicationPage, client: Client
) -> None:
    head, _head, rest = client.get(page.url).content.decode().partition("</head>")
    assert 'hreflang="pt-br"' not in head
    assert f'<link rel="canonical" href="http://testserver{page.url}">' in head
    assert 'href="/pt-br/publicacoes/"' in rest
    html = client.get("/pt-br/publicacoes/").content.decode()
    assert f'<a href="{page.url}" lang="es">' in html
    assert html.index(page.url) < html.index("/pt-br/publicacoes/experiencias-do-brasil/")


def test_the_sitemap_and_the_footer_name_them(page: PublicationPage, client: Client) -> None:
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"<loc>http://testserver{page.url}</loc>" in sitemap
    assert "<loc>http://testserver/pt-br/publicacoes/</loc>" in sitemap
    assert '<a href="/es/publicaciones/">' in client.get("/es/").content.decode()


def test_what_it_costs_does_not_grow(client: Client) -> None:
    few = [make_practice(published=True, slug=f"pocas-{number}") for number in range(2)]
    small = publish(practices=few, slug="pocas")
    before = count_queries(client, small.url)
    many = [make_practice(published=True, slug=f"muchas-{number}") for number in range(9)]
    image = get_image_model().objects.first()
    assert image
    large = publish(practices=many, slug="muchas", languages=["es", "pt-br"])
    assert count_queries(client, large.url) <= before <= BUDGET
    publish(practices=few, slug="portada", cover=image.pk)
    index = count_queries(client, "/es/publicaciones/")
    publish(practices=few, slug="portada-2", cover=image.pk)
    assert count_queries(client, "/es/publicaciones/") <= index <= BUDGET


def test_an_empty_list_says_what_will_be_here(client: Client) -> None:
    for page in PublicationPage.objects.live():
        page.unpublish()
    assert 'class="empty"' in client.get("/es/publicaciones/").content.decode()


def test_what_is_restricted_gives_no_file(page: PublicationPage, client: Client) -> None:
    PageViewRestriction.objects.create(page=page.get_parent(), restriction_type="login")
    assert client.get(f"{page.url}publicacion.pdf").status_code == 404
    assert page.title not in client.get("/pt-br/publicacoes/").content.decode()


def file_of(page: PublicationPage) -> PublicationFile:
    return PublicationFile.objects.get(edition__page=page, extension="pdf")


def test_a_large_file_is_left_to_the_worker_for_a_while(
    page: PublicationPage, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "AT_ONCE", 2)
    url = f"{page.url}publicacion.pdf"
    response = client.get(url)
    assert (response.status_code, response["Retry-After"]) == (503, "20")
    assert response["Cache-Control"] == "no-store"
    long_ago = timezone.now() - timedelta(minutes=2)
    PublicationFile.objects.filter(pk=file_of(page).pk).update(asked_at=long_ago)
    assert b"".join(client.get(url).streaming_content).startswith(b"%PDF")


def test_a_worker_that_died_leaves_nobody_waiting(page: PublicationPage, client: Client) -> None:
    url = f"{page.url}publicacion.pdf"
    rows = PublicationFile.objects.filter(pk=file_of(page).pk)
    rows.update(claimed_at=timezone.now())
    assert client.get(url).status_code == 503
    rows.update(claimed_at=timezone.now() - timedelta(minutes=6))
    assert b"".join(client.get(url).streaming_content).startswith(b"%PDF")


def test_a_file_that_cannot_be_made_is_told_to_the_secretariat(
    page: PublicationPage,
    client: Client,
    superuser_client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_args: object) -> bytes:
        raise RenderError("no such glyph")

    monkeypatch.setattr(files, "make_or_tell", fail)
    response = client.get(f"{page.url}publicacion.pdf")
    assert response.status_code == 500
    assert "no such glyph" not in response.content.decode()
    assert client.get(page.url).status_code == 200
    form = superuser_client.get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "no such glyph" in form


def test_a_picture_that_is_gone_does_not_change_the_files(client: Client) -> None:
    image = get_image_model().objects.create(title="Portada", file=get_test_image_file_jpeg())
    page = publish(practices=[make_practice(published=True)], cover=image.pk)
    for stored in (image, *image.renditions.all()):
        stored.file.storage.delete(stored.file.name)
    image.renditions.all().delete()
    content = b"".join(client.get(f"{page.url}publicacion.pdf").streaming_content)
    with Pdf.open(BytesIO(content)) as document:
        assert len(document.pages[0].get_images()) == 1


def test_deleting_the_page_deletes_what_was_stored(
    page: PublicationPage, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    b"".join(client.get(f"{page.url}publicacion.pdf").streaming_content)
    stored = file_of(page).file
    pictures = PublicationEdition.objects.get(page=page).pictures
    storage, names = stored.storage, (str(stored.name), str(pictures.name))
    assert all(storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert [name for name in names if storage.exists(name)] == []
    assert not PublicationFile.objects.filter(edition__page_id=page.pk).exists()


def test_the_admin_lists_them_to_the_secretariat_alone(
    page: PublicationPage, secretariat: User, editor_client: Client
) -> None:
    client = Client()
    client.force_login(secretariat)
    assert page.title in client.get("/admin/publications/").content.decode()
    assert "/admin/publications/" in client.get("/admin/").content.decode()
    assert client.get("/admin/publications/choose_parent/").status_code == 200
    for path in ("", "results/", "choose_parent/"):
        assert editor_client.get(f"/admin/publications/{path}").status_code in (302, 403)
    assert "/admin/publications/" not in editor_client.get("/admin/").content.decode()


def test_searches_of_pages_find_them_and_those_of_practices_do_not(
    secretariat: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(
            practices=[make_practice(published=True)],
            preface=rich_text("<p>Un ornitorrinco.</p>", features=[]),
        )
    client = Client()
    client.force_login(secretariat)
    found = client.get("/admin/pages/search/", {"q": "diez exp"}).content.decode()
    assert page.title in found
    assert [one.pk for one in Page.objects.search("ornitorrinco")] == [page.pk]
    assert page.title not in client.get("/es/buscar/?q=ornitorrinco").content.decode()
