"""The private contact leaves the admin by no way."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import serializers
from django.db import models
from django.test import Client
from wagtail.api import APIField
from wagtail.models import Page, Revision
from wagtail.search import index

from practices.models import PracticeContact, PracticePage
from tests.factories import make_practice, publish, translate
from tests.site.test_pages import public_urls

pytestmark = pytest.mark.django_db

SENTINEL = "Xochiquetzal"
PRIVATE = ("contact_name", "contact_position", "contact_email")


@pytest.fixture
def practice() -> PracticePage:
    practice = make_practice(published=True, slug="centinela")
    PracticeContact.objects.create(
        translation_key=practice.translation_key,
        contact_name=f"{SENTINEL} Pérez",
        contact_position=f"Cargo {SENTINEL}",
        contact_email=f"{SENTINEL}@example.org",
    )
    practice = publish(practice)
    translate(practice, published=True)
    return practice


def searched_names(model: type[Any]) -> Iterator[str]:
    if issubclass(model, index.Indexed):
        for field in model.search_fields:
            yield field.field_name


def test_no_registry_names_a_private_field() -> None:
    for model in apps.get_models():
        names = (
            {field.name for field in APIField.get_fields_for_model(model)}
            if hasattr(APIField, "get_fields_for_model")
            else {getattr(field, "name", field) for field in getattr(model, "api_fields", ())}
        )
        assert names.isdisjoint(PRIVATE), model
        assert set(searched_names(model)).isdisjoint(PRIVATE), model
    columns = {field.name for field in PracticePage._meta.get_fields()}
    assert columns.isdisjoint(PRIVATE)


def test_the_contact_stands_in_its_own_table_alone(practice: PracticePage) -> None:
    assert practice
    for model in apps.get_models():
        if model is PracticeContact or not model._meta.managed:
            continue
        text_fields = [
            field
            for field in model._meta.concrete_fields
            if isinstance(field, (models.CharField, models.TextField, models.JSONField))
        ]
        if not text_fields:
            continue
        rows = serializers.serialize("json", model._default_manager.all())
        assert SENTINEL not in rows, model


def test_no_revision_holds_it(practice: PracticePage) -> None:
    assert SENTINEL not in str([r.content for r in Revision.objects.for_instance(practice)])


def test_a_copy_does_not_take_it_along(practice: PracticePage) -> None:
    copy = practice.copy(update_attrs={"slug": "copia"})
    assert not PracticeContact.objects.filter(translation_key=copy.translation_key).exists()


def test_no_public_answer_holds_it(practice: PracticePage, client: Client) -> None:
    urls = [url for url in public_urls() if "/experiencias/" not in url]
    urls += [page.url for page in Page.objects.filter(translation_key=practice.translation_key)]
    urls += ["/es/experiencias/", "/es/experiencias/peru/"]
    for version in ("v2", "v3"):
        urls += [f"/api/{version}/pages/", f"/api/{version}/pages/{practice.pk}/"]
    urls += [
        f"/api/v2/pages/?type=practices.PracticePage&fields=*&search={SENTINEL}",
        f"/api/v3/pages/?type=practices.PracticePage&search={SENTINEL}",
    ]
    for url in urls:
        response = client.get(url, follow=True)
        # An answer may repeat what was asked, and nothing else.
        content = response.content.decode().replace(f"search={SENTINEL}", "")
        assert SENTINEL not in content, url
    asked = client.get("/es/buscar/", {"q": SENTINEL})
    assert asked.context["listing"].total == 0
    other = client.get("/es/buscar/", {"q": "Zzyzxquetzal"})
    assert asked.content.decode().replace(SENTINEL, "Zzyzxquetzal") == other.content.decode()


@pytest.mark.parametrize("name", PRIVATE)
def test_no_filter_tells_of_it(name: str, client: Client, practice: PracticePage) -> None:
    assert practice
    for version in ("v2", "v3"):
        listing = f"/api/{version}/pages/?type=practices.PracticePage&{name}="
        right = client.get(listing + f"{SENTINEL}@example.org")
        wrong = client.get(listing + "nobody@example.org")
        assert right.status_code == wrong.status_code
        if right.status_code == 200:
            assert right.json() == wrong.json()
