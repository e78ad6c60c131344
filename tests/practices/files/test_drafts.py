"""Not even a draft may refer to another country's private file."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model

from practices.models import PracticePage
from practices.moderation.roles import country_collection
from tests.forms import add_url, create, edit, form_data

pytestmark = pytest.mark.django_db


def document(iso_code: str) -> int:
    file = get_document_model().objects.create(
        title="Informe reservado",
        file=ContentFile(b"uno,dos\n", name="informe.csv"),
        collection=country_collection(iso_code),
    )
    return file.pk


def products(pk: int) -> dict[str, object]:
    blocks = [("document", {"title": "Un informe", "document": str(pk)})]
    return form_data(sections={"products": blocks})


def test_a_draft_with_a_foreign_file_is_refused_without_telling_its_title(
    editor_client: Client,
) -> None:
    data = products(document("uy"))
    response = editor_client.post(add_url(), data)
    assert response.status_code == 200
    assert not PracticePage.objects.filter(slug="una-experiencia").exists()
    practice = create(editor_client, form_data())
    assert edit(editor_client, practice, data).status_code == 200
    assert not practice.get_latest_revision_as_object().section("products")


def test_a_draft_with_a_file_of_its_own_is_saved(editor_client: Client) -> None:
    practice = create(editor_client, products(document("pe")))
    assert practice.get_latest_revision_as_object().section("products")
