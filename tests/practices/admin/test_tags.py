"""Tags are renamed, merged and deleted by the Secretaría, with all that hangs on them."""

from typing import Any

import pytest
from django.test import Client
from taggit.models import Tag

from home.models import CustomImage, User
from practices.models import PracticePage
from practices.tagging import merge
from tests.factories import make_practice
from tests.queries import count_queries

from .conftest import SignIn

TAGS = "/admin/snippets/taggit/tag/"


def names(practice: PracticePage) -> list[str]:
    """Tags of the stored practice."""
    return sorted(PracticePage.objects.get(pk=practice.pk).tags.names())


def draft_names(practice: PracticePage) -> list[str]:
    """Tags of its latest text."""
    latest = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    return sorted(tag.name for tag in latest.tags.all())


@pytest.mark.django_db
def test_a_tag_is_renamed_and_keeps_its_address(secretariat: User, sign_in: SignIn) -> None:
    practice = make_practice(published=True, tags=["Migrasión"])
    tag = Tag.objects.get(name="Migrasión")
    slug = tag.slug
    client = sign_in(secretariat)
    response = client.post(f"{TAGS}edit/{tag.pk}/", {"name": "  Migración   segura "})
    assert response.status_code == 302
    tag.refresh_from_db()
    assert (tag.name, tag.slug) == ("Migración segura", slug)
    assert names(practice) == ["Migración segura"]


@pytest.mark.django_db
def test_another_tags_name_is_taken_only_when_merging_is_asked_for(
    secretariat: User, sign_in: SignIn
) -> None:
    wrong = make_practice(published=True, title="Una", tags=["frontera"])
    both = make_practice(published=True, title="Dos", tags=["frontera", "Fronteras"])
    draft = make_practice(published=True, title="Tres")
    draft.tags.set(["frontera", "otra"])
    draft.save_revision()
    image = CustomImage.objects.first()
    assert image is not None
    image.tags.add("frontera")
    tag, other = Tag.objects.get(name="frontera"), Tag.objects.get(name="Fronteras")
    client = sign_in(secretariat)
    url = f"{TAGS}edit/{tag.pk}/"
    refused = client.post(url, {"name": "fronteras"})
    assert refused.status_code == 200
    assert "Fronteras" in refused.content.decode()
    assert Tag.objects.filter(pk=tag.pk).exists()
    assert client.post(url, {"name": "fronteras", "merge": "on"}).status_code == 302
    assert not Tag.objects.filter(pk=tag.pk).exists()
    assert names(wrong) == draft_names(wrong) == ["Fronteras"]
    assert names(both) == draft_names(both) == ["Fronteras"]
    assert names(draft) == []
    assert draft_names(draft) == ["Fronteras", "otra"]
    assert [tag.name for tag in CustomImage.objects.get(pk=image.pk).tags.all()] == [other.name]
    draft = PracticePage.objects.get(pk=draft.pk)
    draft.get_latest_revision().publish(skip_permission_checks=True)
    assert names(draft) == ["Fronteras", "otra"]


@pytest.mark.django_db
def test_merging_changes_no_revision_in_the_eyes_of_who_reads_it() -> None:
    practice = make_practice(tags=["uno"])
    make_practice(title="Otra", tags=["dos"])
    before = PracticePage.objects.get(pk=practice.pk).get_latest_revision()
    assert merge(Tag.objects.get(name="uno"), Tag.objects.get(name="dos")) == 1
    after = PracticePage.objects.get(pk=practice.pk).get_latest_revision()
    assert (after.pk, after.created_at) == (before.pk, before.created_at)
    assert draft_names(practice) == ["dos"]


@pytest.mark.django_db
def test_renaming_merging_and_deleting_renew_the_search_index(
    secretariat: User, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(secretariat)
    with django_capture_on_commit_callbacks(execute=True):
        practice = make_practice(published=True, tags=["ornitorrinco"])

    def found(word: str) -> bool:
        return practice in PracticePage.objects.published().search(word)

    def post(path: str, **values: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            assert client.post(TAGS + path, values).status_code == 302

    tag = Tag.objects.get(name="ornitorrinco")
    assert found("ornitorrinco")
    post(f"edit/{tag.pk}/", name="equidna")
    assert found("equidna")
    assert not found("ornitorrinco")
    other = Tag.objects.create(name="marsupial")
    post(f"edit/{tag.pk}/", name="marsupial", merge="on")
    assert found("marsupial")
    assert not found("equidna")
    post(f"delete/{other.pk}/")
    assert not found("marsupial")
    assert names(practice) == []


@pytest.mark.django_db
def test_only_the_secretariat_keeps_tags(
    editor_client: Client, secretariat: User, sign_in: SignIn
) -> None:
    tag = Tag.objects.create(name="una")
    for path in ("", f"edit/{tag.pk}/", f"delete/{tag.pk}/", "add/"):
        assert editor_client.get(TAGS + path).status_code == 302, path
        assert editor_client.post(TAGS + path, {"name": "otra"}).status_code in (302, 405), path
    tag.refresh_from_db()
    assert tag.name == "una"
    client = sign_in(secretariat)
    assert client.get(TAGS).status_code == 200
    assert client.get(f"{TAGS}add/").status_code == 302
    assert client.get(f"{TAGS}copy/{tag.pk}/").status_code == 404


@pytest.mark.django_db
def test_the_list_counts_practices_is_searched_and_flat(secretariat: User, sign_in: SignIn) -> None:
    client = sign_in(secretariat)
    make_practice(title="Una", tags=["asilo"])
    make_practice(title="Dos", tags=["asilo"])
    found = client.get(TAGS, {"q": "ASIL"}).context["object_list"]
    assert [(tag.name, tag.practices) for tag in found] == [("asilo", 2)]
    before = count_queries(client, TAGS)
    for number in range(8):
        make_practice(title=f"Más {number}", tags=[f"etiqueta {number}"])
    assert count_queries(client, TAGS) == before
    most = [
        tag.practices for tag in client.get(TAGS, {"ordering": "-practices"}).context["object_list"]
    ]
    assert most == sorted(most, reverse=True)
