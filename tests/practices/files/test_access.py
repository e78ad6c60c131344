"""Who gets a file: a truth table of states, roles and kinds; and every other way is closed."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.users.models import UserProfile

from home.models import ContentPage, CustomDocument, HomePage, User
from practices.blocks import without
from practices.models import FileUse, PracticePage
from tests.factories import make_practice, publish, translate

from .samples import make_document, make_image, picture, uploaded

pytestmark = pytest.mark.django_db

ROLES = {
    "anonymous": "",
    "editor of Perú": "editor-pe",
    "editor of Brasil": "editor-br",
    "Secretaría": "secretaria",
    "superuser": "admin",
}
MAY_CHOOSE = {"editor of Perú", "Secretaría", "superuser"}


def client_of(username: str) -> Client:
    client = Client()
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def status(url: str, client: Client | None = None) -> int:
    """Status of a request, by default an anonymous one; its body is read to the end."""
    response = (client or Client()).get(url)
    b"".join(response)
    return response.status_code


def with_files(document: Any, image: Any, **values: Any) -> PracticePage:
    products = [("document", {"title": "Informe", "document": document})]
    return make_practice(sections={"products": products}, picture=image, **values)


def draft(document: Any, image: Any) -> None:
    with_files(document, image)


def in_moderation(document: Any, image: Any) -> None:
    practice = with_files(document, image)
    practice.get_workflow().start(practice, User.objects.get(username="editor-pe"))


def live(document: Any, image: Any) -> None:
    publish(with_files(document, image))


def edited_again(document: Any, image: Any) -> None:
    practice = publish(with_files(document, image))
    practice.picture = None
    practice.sections = [("summary", "<p>Otra.</p>")]
    practice.save_revision()


def unpublished_again(document: Any, image: Any) -> None:
    publish(with_files(document, image)).unpublish()


def deleted(document: Any, image: Any) -> None:
    publish(with_files(document, image)).delete()


def replaced_in_the_page(document: Any, image: Any) -> None:
    practice = publish(with_files(document, image))
    practice.picture = None
    practice.sections = without(practice.sections, ["products"])
    publish(practice)


def one_of_two_unpublished(document: Any, image: Any) -> None:
    first, second = (publish(with_files(document, image)) for _number in range(2))
    assert first.pk != second.pk
    first.unpublish()


def both_unpublished(document: Any, image: Any) -> None:
    for _number in range(2):
        publish(with_files(document, image)).unpublish()


@pytest.mark.parametrize(
    ("bring_about", "public"),
    [
        (draft, False),
        (in_moderation, False),
        (live, True),
        (edited_again, True),
        (unpublished_again, False),
        (deleted, False),
        (replaced_in_the_page, False),
        (one_of_two_unpublished, True),
        (both_unpublished, False),
    ],
)
def test_who_gets_a_file(bring_about: Any, public: bool) -> None:
    document, image = make_document(), make_image()
    rendition = image.get_rendition("width-20")
    bring_about(document, image)
    for role, username in ROLES.items():
        client = client_of(username)
        for url in (document.url, document.file.url, image.file.url, rendition.url):
            for request in (client.get, client.head):
                response = request(url)
                b"".join(response)
                expected = 200 if public or role in MAY_CHOOSE else 404
                assert response.status_code == expected, (role, url)
                if response.status_code == 200:
                    assert ("public" in response["Cache-Control"]) is public
                    assert "None" not in response.headers.get("Content-Encoding", "")


def test_a_file_in_rich_text_of_any_page_is_public() -> None:
    document = make_document()
    page = ContentPage(
        title="Acerca", body=f'<p><a linktype="document" id="{document.pk}">Informe</a></p>'
    )
    HomePage.objects.all()[0].add_child(instance=page)
    assert status(document.url) == 200
    page.body = ""
    page.save_revision()
    assert status(document.url) == 200
    page.save_revision().publish()
    assert status(document.url) == 404


def test_links_in_the_text_of_a_practice_count() -> None:
    document = make_document()
    link = f'<p><a linktype="document" id="{document.pk}">Informe</a> de la experiencia.</p>'
    practice = make_practice(sections={"summary": link}, published=True)
    assert status(document.url) == 200
    practice.unpublish()
    assert status(document.url) == 404


def test_a_file_of_a_translation_goes_with_its_original() -> None:
    document = make_document("")
    practice = make_practice(published=True)
    link = f'<p><a linktype="document" id="{document.pk}">Relatório</a></p>'
    version = translate(practice)
    version.sections = [
        (block.block_type, link if block.block_type == "summary" else block.value)
        for block in version.sections
    ]
    publish(version)
    assert status(document.url) == 200
    practice.unpublish()
    assert status(document.url) == 404


def test_a_draft_saved_over_a_live_page_publishes_nothing() -> None:
    practice = make_practice(published=True)
    document, image = make_document(), make_image()
    practice.picture = image
    practice.sections = [("attachments", [("document", {"title": "Anexo", "document": document})])]
    practice.save_revision()
    assert status(document.url) == 404
    assert status(image.file.url) == 404


def test_a_page_saved_live_by_code_counts(superuser: User) -> None:
    image = make_image()
    practice = publish(with_files(make_document(), None))
    practice.picture = image
    practice.save()
    assert status(image.file.url) == 200
    practice.live = False
    practice.save(update_fields=["live"])
    assert not FileUse.objects.filter(page_id=practice.pk).exists()


def test_a_rolled_back_publication_publishes_no_file() -> None:
    document = make_document()
    practice = with_files(document, None)
    with transaction.atomic():
        publish(practice)
        transaction.set_rollback(True)
    assert status(document.url) == 404


def test_a_document_answers_to_its_own_name_alone() -> None:
    document = make_document()
    publish(with_files(document, None))
    assert status(document.url) == 200
    for name in ("otro.pdf", "", "../informe.pdf"):
        url = reverse("wagtaildocs_serve", args=[document.pk, name])
        assert Client().get(url).status_code == 404
    assert Client().get(f"/documents/{'9' * 40}/informe.pdf").status_code == 404


@pytest.mark.parametrize(
    "name", ["", "no.png", "../manage.py", "%2e%2e/manage.py", "images/", "a%00b.png", "x" * 3000]
)
def test_nothing_else_lies_below_media(superuser_client: Client, name: str) -> None:
    assert status(f"/media/{name}", superuser_client) == 404


def test_files_of_the_storage_that_nobody_knows_stay_unknown(superuser_client: Client) -> None:
    document = make_document()
    stray = document.file.storage.save("wagtail_uploads/secreto.txt", uploaded("a", b"x"))
    assert status(f"/media/{stray}", superuser_client) == 404


def test_a_file_that_is_lost_is_not_found(superuser_client: Client) -> None:
    document = make_document()
    document.file.storage.delete(str(document.file.name))
    assert status(document.url, superuser_client) == 404


def test_only_reading_is_allowed() -> None:
    document = make_document()
    for url in (document.url, document.file.url):
        assert Client().post(url).status_code == 405


def test_portraits_are_for_colleagues(editor: User, editor_client: Client) -> None:
    profile = UserProfile.get_for_user(editor)
    profile.avatar.save("ana.png", uploaded("ana.png", picture()))
    url = profile.avatar.url
    response = editor_client.get(url)
    assert b"".join(response)
    assert response["Cache-Control"] == "private, no-store"
    assert status(url, client_of("editor-br")) == 200
    assert Client().get(url).status_code == 404


def test_a_person_without_active_account_gets_nothing(editor: User) -> None:
    document = make_document(uploaded_by_user=editor)
    client = client_of("editor-pe")
    assert status(document.url, client) == 200
    editor.is_active = False
    editor.save()
    assert status(document.url, client) == 404


def test_queries_are_few_and_flat() -> None:
    document, image = make_document(), make_image()
    rendition = image.get_rendition("width-20")
    publish(with_files(document, image))
    urls = {document.url: 1, rendition.url: 1, image.file.url: 2, document.file.url: 3}

    def count(client: Client, url: str) -> int:
        b"".join(client.get(url))
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
        assert response.status_code == 200
        b"".join(response)
        return len(captured)

    assert {url: count(Client(), url) for url in urls} == urls
    hidden = make_document()
    editor = client_of("editor-pe")
    before = count(editor, hidden.url)
    for number in range(5):
        publish(with_files(make_document(title=f"Otro {number}"), None))
    assert count(editor, hidden.url) == before <= 5
    assert {url: count(Client(), url) for url in urls} == urls
    assert CustomDocument.objects.count() > 5
