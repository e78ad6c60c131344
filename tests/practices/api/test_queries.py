"""How much the API asks the database."""

import json

import pytest
from django.test import Client
from wagtail.documents import get_document_model

from practices.models import PracticePage
from tests.factories import make_practice, translate
from tests.queries import count_queries

from .reading import PRACTICES, V1

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("parameters", "most"),
    [
        ({}, 7),
        ({"facets": "true"}, 8),
        ({"facets": "true", "country": "pe", "tag": "abrigo"}, 10),
        ({"q": "experiencia"}, 8),
    ],
)
def test_lists_ask_the_same_however_long_they_are(
    client: Client, parameters: dict[str, str], most: int
) -> None:
    few = count_queries(client, PRACTICES, limit=5, **parameters)
    assert few <= most
    for number in range(30):
        practice = make_practice(
            published=True, slug=f"mas-{number}", title=f"Experiencia {number}"
        )
        if number % 3 == 0:
            translate(practice, published=True)
    assert count_queries(client, PRACTICES, limit=50, **parameters) == few


def test_a_practice_takes_few_queries(client: Client) -> None:
    for practice in PracticePage.objects.public():
        path = f"{V1}practices/{practice.pk}/"
        client.get(path)  # the picture for other sites is made once
        assert count_queries(client, path) <= 12, practice


def test_links_of_all_kinds_in_a_translation_cost_no_more(client: Client) -> None:
    practice = (
        PracticePage.objects.public()
        .filter(original__isnull=False)
        .exclude(original__picture=None)[0]
    )
    document = get_document_model().objects.first()
    other = PracticePage.objects.published().exclude(pk=practice.original_id)[0]
    links = (
        f'<p><a linktype="page" id="{other.pk}">página</a> y '
        f'<a linktype="document" id="{document.pk}">documento</a></p>'
    )
    resource = {"title": "Documento", "document": document.pk}
    for page in (practice, practice.original):
        sections = {part["type"]: part["value"] for part in page.sections.raw_data}
        sections |= {"summary": links, "background": links}
        sections["attachments"] = [{"type": "document", "value": resource}]
        raw = [{"type": key, "value": value} for key, value in sections.items()]
        PracticePage.objects.filter(pk=page.pk).update(sections=json.dumps(raw))
    path = f"{V1}practices/{practice.pk}/"
    answer = client.get(path).json()
    assert "<a href=" in answer["ficha"]["summary"]["html"]
    assert answer["picture"]["url"]
    assert count_queries(client, path) <= 12


def test_terms_take_few_queries(client: Client) -> None:
    for path in ("countries/", "themes/", "tags/", "matrix/", "facets/", "schema/ficha/"):
        assert count_queries(client, f"{V1}{path}") <= 6, path


def test_dumps_do_not_ask_for_each_practice(client: Client) -> None:
    few = count_queries(client, f"{V1}practices.jsonl", country="gy")
    assert count_queries(client, f"{V1}practices.jsonl") <= few
