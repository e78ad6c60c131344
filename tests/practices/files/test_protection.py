"""What was submitted or published keeps its files: they are neither replaced nor deleted."""

import json
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from home.models import CustomDocument, CustomImage, User
from practices.files.protection import FileInUseError, in_use_text
from practices.files.references import FileRef
from practices.files.uses import is_held
from practices.models import FileHold, PracticePage
from tests.factories import make_practice, publish

from .samples import make_document, make_image, pdf, picture, uploaded
from .test_access import with_files

pytestmark = pytest.mark.django_db

NEW = pdf("Otro informe")


@pytest.fixture
def document(editor: User) -> CustomDocument:
    return make_document(uploaded_by_user=editor)


def submit(document: Any, image: Any, user: User) -> PracticePage:
    practice = with_files(document, image)
    practice.get_workflow().start(practice, user)
    return practice


def published(document: Any, image: Any, user: User) -> PracticePage:
    return publish(with_files(document, image))


def published_once(document: Any, image: Any, user: User) -> PracticePage:
    practice = publish(with_files(document, image))
    practice.unpublish()
    return practice


def superseded(document: Any, image: Any, user: User) -> PracticePage:
    practice = publish(with_files(document, image))
    practice.picture = None
    practice.sections = make_practice().sections
    return publish(practice)


HELD = [submit, published, published_once, superseded]


def edit(client: Client, document: CustomDocument, **data: Any) -> Any:
    values = {"title": document.title, "collection": str(document.collection_id)} | data
    return client.post(reverse("wagtaildocs:edit", args=[document.pk]), values)


def content_of(document: CustomDocument) -> bytes:
    with CustomDocument.objects.get(pk=document.pk).file.open() as stored:
        return stored.read()


@pytest.mark.parametrize("bring_about", HELD)
def test_the_file_cannot_be_replaced(
    document: CustomDocument,
    editor: User,
    editor_client: Client,
    secretariat: User,
    bring_about: Any,
) -> None:
    before = content_of(document)
    bring_about(document, None, editor)
    response = edit(editor_client, document, file=uploaded("b.pdf", NEW))
    assert list(response.context["form"].errors["file"]) == [in_use_text(document)]
    assert content_of(document) == before
    # Readers see its title: the Secretaría may mend it, its author asks for that.
    assert edit(editor_client, document, title="Informe final").status_code == 200
    secretary = Client()
    secretary.force_login(secretariat)
    assert edit(secretary, document, title="Informe final").status_code == 302
    document.refresh_from_db()
    assert document.title == "Informe final"
    assert content_of(document) == before


@pytest.mark.parametrize("bring_about", HELD)
def test_code_cannot_replace_or_delete_it(editor: User, bring_about: Any) -> None:
    document, image = make_document(), make_image()
    bring_about(document, image, editor)
    for file, content in ((document, NEW), (image, picture("PNG", (9, 9)))):
        file.title = "Otro título"
        file.save()
        with pytest.raises(FileInUseError), transaction.atomic():
            file.delete()
        with pytest.raises(FileInUseError), transaction.atomic():
            type(file).objects.filter(pk=file.pk).delete()
        file.file = ContentFile(content, name="b.pdf" if file is document else "b.png")
        with pytest.raises(FileInUseError):
            file.save()
        assert type(file).objects.filter(pk=file.pk, title="Otro título").exists()


@pytest.mark.parametrize("bring_about", HELD)
def test_the_admin_says_why_it_is_not_deleted(
    superuser_client: Client, editor: User, bring_about: Any
) -> None:
    document, image = make_document(), make_image()
    bring_about(document, image, editor)
    for library, file in (("wagtaildocs", document), ("wagtailimages", image)):
        url = reverse(f"{library}:delete", args=[file.pk])
        response = superuser_client.post(url, follow=True)
        assert in_use_text(file).partition("”")[2] in response.content.decode()
        url = reverse(f"{library}:delete_multiple", args=[file.pk])
        headers = {"X-Requested-With": "XMLHttpRequest"}
        with transaction.atomic():
            answer = superuser_client.post(url, headers=headers)
            # Django gives up the transaction around the test, not only that of the view.
            transaction.set_rollback(True)
        assert answer.status_code == 409
        assert json.loads(answer.content)["error_message"] == in_use_text(file)
        url = reverse("wagtail_bulk_action", args=["home", type(file)._meta.model_name, "delete"])
        response = superuser_client.post(f"{url}?id={file.pk}", follow=True)
        assert in_use_text(file).partition("”")[2] in response.content.decode()
        assert type(file).objects.filter(pk=file.pk).exists()


def test_a_draft_holds_nothing(document: CustomDocument, editor_client: Client) -> None:
    with_files(document, None)
    assert edit(editor_client, document, file=uploaded("b.pdf", NEW)).status_code == 302
    assert content_of(document) == NEW
    document.refresh_from_db()
    document.delete()


def test_what_is_sent_back_is_free_again(document: CustomDocument, editor: User) -> None:
    practice = submit(document, None, editor)
    file = FileRef("document", document.pk)
    assert is_held(file)
    practice.current_workflow_state.cancel(user=editor)
    assert not is_held(file)


def test_a_revision_written_over_in_moderation_holds_what_it_says_now(editor: User) -> None:
    practice = submit(make_document(), None, editor)
    image = make_image()
    revision = practice.current_workflow_task_state.revision
    revision.content = revision.content | {"picture": image.pk}
    revision.save()
    assert is_held(FileRef("image", image.pk))


def test_deleting_the_page_frees_a_file_and_deleting_the_file_its_rows(
    document: CustomDocument, editor: User
) -> None:
    published(document, None, editor).delete()
    assert not is_held(FileRef("document", document.pk))
    practice = submit(document, None, editor)
    practice.current_workflow_state.cancel(user=editor)
    assert FileHold.objects.filter(file_id=document.pk).exists()
    document.delete()
    assert not FileHold.objects.filter(kind="document", file_id=document.pk).exists()


def test_a_page_may_take_a_new_file_instead(document: CustomDocument, editor: User) -> None:
    practice = published(document, None, editor)
    other = make_document(title="Otro")
    products = [("document", {"title": "Informe", "document": other})]
    practice.sections = make_practice(sections={"products": products}).sections
    publish(practice)
    assert Client().get(document.url).status_code == 404
    assert b"".join(Client().get(other.url)) == content_of(other)


def test_picture_of_the_form_says_so(superuser_client: Client, editor: User) -> None:
    image = make_image()
    published(make_document(), image, editor)
    response = superuser_client.post(
        reverse("wagtailimages:edit", args=[image.pk]),
        {"title": "Foto", "collection": "1", "file": uploaded("b.png", picture("PNG", (9, 9)))},
    )
    assert list(response.context["form"].errors["file"]) == [in_use_text(image)]
    assert CustomImage.objects.get(pk=image.pk).width == 40
