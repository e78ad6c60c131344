"""People choose from their own files alone, and a practice takes no other country's private one."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from home.models import CustomDocument, CustomImage, User
from practices.completeness import IncompletePracticeError, completeness
from practices.files.access import file_permissions, usable_files
from practices.files.faults import file_faults
from practices.moderation.access import Role, group_name
from practices.vocabulary import SUMMARY, TITLE
from tests.factories import country, make_practice, publish

from .samples import make_document, make_image
from .test_access import with_files

pytestmark = pytest.mark.django_db

SECRET = "Sentinela"


@pytest.fixture
def foreign_document() -> CustomDocument:
    return make_document("br", title=f"{SECRET} informe")


@pytest.fixture
def foreign_image() -> CustomImage:
    return make_image("br", title=f"{SECRET} foto")


def test_editors_choose_from_their_own_collection(editor: User) -> None:
    own, foreign = make_document(), make_document("br")
    files = usable_files(editor, CustomDocument)
    assert own in files
    assert foreign not in files
    wanted = {permission.codename for permission in file_permissions(("add", "choose"))}
    granted = editor.groups.get(name=group_name(Role.EDITOR, "pe")).collection_permissions
    assert {grant.permission.codename for grant in granted.all()} == wanted


@pytest.mark.parametrize("library", ["wagtaildocs", "wagtailimages"])
def test_no_list_nor_search_shows_a_foreign_file(
    editor_client: Client, foreign_document: Any, foreign_image: Any, library: str
) -> None:
    own = make_document(title="Propio") if library == "wagtaildocs" else make_image(title="Propio")
    for name in (f"{library}_chooser:choose", f"{library}_chooser:choose_results"):
        for query in ({}, {"q": SECRET}, {"q": "Propio"}):
            text = editor_client.get(reverse(name), query).content.decode()
            assert f"{SECRET} " not in text
            assert ("Propio" in text) is (query.get("q") != SECRET)
    for query in ({}, {"q": SECRET}):
        text = editor_client.get(reverse(f"{library}:index"), query).content.decode()
        assert f"{SECRET} " not in text
    assert own.pk


@pytest.mark.parametrize(
    "name",
    [
        "{}_chooser:chosen",
        "{}:edit",
        "{}:delete",
        "{}:edit_multiple",
        "{}:delete_multiple",
        "wagtailimages_chooser:select_format",
        "usage",
        "preview",
    ],
)
def test_no_address_of_a_foreign_file_answers(
    editor_client: Client, foreign_document: Any, foreign_image: Any, name: str
) -> None:
    for library, file in (("wagtaildocs", foreign_document), ("wagtailimages", foreign_image)):
        arguments: list[Any] = [file.pk]
        if name == "usage":
            view = "document_usage" if library == "wagtaildocs" else "image_usage"
            url = reverse(f"{library}:{view}", args=arguments)
        elif name == "preview":
            url = reverse("wagtailimages:preview", args=[foreign_image.pk, "width-10"])
        else:
            arguments = [foreign_image.pk] if "select_format" in name else arguments
            url = reverse(name.format(library), args=arguments)
        for method in (editor_client.get, editor_client.post):
            response = method(url)
            assert response.status_code in {302, 403, 404, 405}, url
            assert SECRET not in response.content.decode()
    assert CustomDocument.objects.filter(pk=foreign_document.pk).exists()


def test_several_chosen_are_only_ones_own(
    editor_client: Client, foreign_document: Any, foreign_image: Any
) -> None:
    for library, own, foreign in (
        ("wagtaildocs", make_document(), foreign_document),
        ("wagtailimages", make_image(), foreign_image),
    ):
        url = reverse(f"{library}_chooser:chosen_multiple")
        answer = json.loads(editor_client.get(url, {"id": [own.pk, foreign.pk]}).content)
        assert [int(chosen["id"]) for chosen in answer["result"]] == [own.pk]


@pytest.mark.parametrize("kind", ["documents", "images"])
def test_the_api_of_the_admin_shows_what_one_may_choose(
    editor_client: Client,
    superuser_client: Client,
    foreign_document: Any,
    foreign_image: Any,
    kind: str,
) -> None:
    own = make_document() if kind == "documents" else make_image()
    foreign = foreign_document if kind == "documents" else foreign_image
    listing = f"/admin/api/main/{kind}/"
    ids = {item["id"] for item in editor_client.get(listing).json()["items"]}
    assert own.pk in ids
    assert foreign.pk not in ids
    assert editor_client.get(f"{listing}?search={SECRET}").json()["items"] == []
    assert editor_client.get(f"{listing}{own.pk}/").status_code == 200
    assert editor_client.get(f"{listing}{foreign.pk}/").status_code == 404
    assert editor_client.get(f"{listing}find/?id={foreign.pk}").status_code == 404
    assert superuser_client.get(f"{listing}{foreign.pk}/").status_code == 200
    assert Client().get(listing).status_code in {302, 401, 403}


@pytest.mark.parametrize(
    "path", ["/api/v2/documents/", "/api/v2/images/", "/api/v3/documents/", "/api/v3/images/"]
)
def test_no_public_api_lists_files(superuser_client: Client, path: str) -> None:
    document, image = make_document(), make_image()
    publish(with_files(document, image))
    for client in (Client(), superuser_client):
        for url in (path, f"{path}{document.pk}/", f"{path}{image.pk}/", f"{path}find/?id=1"):
            assert client.get(url).status_code == 404


def messages_of(practice: Any) -> dict[str, str]:
    with translation.override("en"):
        return {fault.item.key: fault.message for fault in completeness(practice)}


def test_a_foreign_private_file_is_a_fault(foreign_document: Any, foreign_image: Any) -> None:
    practice = with_files(foreign_document, foreign_image)
    found = messages_of(practice)
    assert set(found) == {"products", TITLE.key}
    assert all("another country" in message for message in found.values())
    assert SECRET not in " ".join(found.values())
    with pytest.raises(IncompletePracticeError):
        practice.get_workflow().start(practice, None)
    with pytest.raises(IncompletePracticeError):
        publish(practice)
    assert Client().get(foreign_document.url).status_code == 404


def test_a_link_to_a_foreign_private_file_is_a_fault(foreign_document: Any) -> None:
    link = f'<p><a linktype="document" id="{foreign_document.pk}">Informe</a></p>'
    assert set(messages_of(make_practice(sections={"summary": link}))) == {SUMMARY.key}


def test_own_shared_and_public_files_are_no_fault(foreign_document: Any) -> None:
    assert not completeness(with_files(make_document(), make_image()))
    assert not completeness(with_files(make_document(""), make_image("")))
    brazilian = make_practice(
        under=country("br"),
        sections={"products": [("document", {"title": "A", "document": foreign_document})]},
        published=True,
    )
    borrower = with_files(foreign_document, None)
    assert not completeness(borrower)
    brazilian.unpublish()
    assert messages_of(borrower)


def test_a_lost_file_is_a_fault() -> None:
    document = make_document()
    link = f'<p><a linktype="document" id="{document.pk}">Informe</a></p>'
    practice = make_practice(sections={"summary": link})
    document.delete()
    assert "no longer exists" in messages_of(practice)[SUMMARY.key]


def test_a_practice_without_files_asks_nothing(django_assert_num_queries: Any) -> None:
    practice = make_practice()
    with django_assert_num_queries(0):
        assert not list(file_faults(practice))
