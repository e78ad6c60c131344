"""The pages of tags: a cloud, from A to Z, what goes together, and where merged tags lead."""

from typing import Any

import pytest
from django.test import Client
from taggit.models import Tag

from practices.models import MergedTag, PracticePage
from practices.tag_lists import IN_CLOUD
from practices.tagging import merge
from tests.factories import country, make_practice, translate
from tests.queries import count_queries

pytestmark = pytest.mark.django_db

INDEXES = {"es": "/es/etiquetas/", "pt-br": "/pt-br/etiquetas/"}


def index(client: Client, language: str = "es") -> dict[str, Any]:
    """Tags of the A to Z by their names."""
    groups = client.get(INDEXES[language]).context["groups"]
    return {tag.what.name: tag for _letter, tags in groups for tag in tags}


def test_counts_are_those_of_the_pages(client: Client) -> None:
    both = make_practice(published=True, title="Una", tags=["ornitorrinco"])
    translation = translate(both, title="Uma")
    translation.tags.set(["ornitorrinco"])
    translation.save_revision().publish(skip_permission_checks=True)
    make_practice(published=True, title="Dos", tags=["ornitorrinco"])
    make_practice(title="Borrador", tags=["ornitorrinco"])
    for language, url in INDEXES.items():
        for tag in index(client, language).values():
            page = client.get(f"{url}{tag.what.slug}/")
            assert page.context["listing"].total == tag.count, tag.what.name
        assert index(client, language)["ornitorrinco"].count == 2


def test_a_tree_has_the_tags_of_what_its_readers_are_shown(client: Client) -> None:
    translated = make_practice(published=True, title="Una", tags=["espanolismo"])
    translation = translate(translated, title="Uma")
    translation.tags.set(["lusitanismo"])
    translation.save_revision().publish(skip_permission_checks=True)
    make_practice(published=True, title="Dos", tags=["sin traducir"])
    spanish, portuguese = index(client), index(client, "pt-br")
    assert {"espanolismo", "sin traducir"} <= spanish.keys()
    assert "lusitanismo" not in spanish
    assert {"lusitanismo", "sin traducir"} <= portuguese.keys()
    assert "espanolismo" not in portuguese
    assert portuguese["sin traducir"].language == "es"
    assert portuguese["lusitanismo"].language == "pt-br"


def test_the_cloud_is_sized_by_use_and_sorted_by_name(client: Client) -> None:
    for number in range(6):
        tags = ["muy usada", *(["algo usada"] if number < 3 else [])]
        make_practice(published=True, title=f"Una {number}", tags=tags)
    rare = [f"etiqueta {number}" for number in range(IN_CLOUD)]
    make_practice(published=True, title="Otra", tags=rare)
    response = client.get(INDEXES["es"])
    cloud = {one.counted.what.name: one for one in response.context["cloud"]}
    assert 2 <= len(cloud) <= IN_CLOUD
    assert cloud.keys().isdisjoint(rare), "they are used as often as others without room"
    names = [name.casefold() for name in cloud]
    assert names.index("algo usada") < names.index("muy usada")
    assert 1 <= cloud["algo usada"].step <= cloud["muy usada"].step == 5
    assert min(one.step for one in cloud.values()) == 1
    html = response.content.decode()
    assert 'tag-cloud__tag--5" href="muy-usada/"' in html
    assert '<span class="visually-hidden">6 prácticas</span>' in html


def test_an_empty_index_says_so(client: Client) -> None:
    PracticePage.objects.update(live=False)
    for practice in PracticePage.objects.all():
        practice.save(clean=False)
    response = client.get(INDEXES["es"])
    assert response.context["groups"] == response.context["cloud"] == []


def test_related_tags_stand_together(client: Client) -> None:
    for number in range(2):
        make_practice(published=True, title=f"Una {number}", tags=["castor", "nutria"])
    make_practice(published=True, title="Dos", tags=["castor", "lontra"])
    make_practice(published=True, title="Tres", tags=["ajena"])
    make_practice(title="Borrador", tags=["castor", "secreta"])
    response = client.get("/es/etiquetas/castor/")
    related = [(tag.what.name, tag.count) for tag in response.context["related_tags"]]
    assert related == [("nutria", 2), ("lontra", 1)]
    assert 'href="../nutria/"' in response.content.decode()


def merged() -> tuple[Tag, Tag]:
    """A tag that was merged, and the one that is left."""
    make_practice(published=True, title="Una", tags=["castor"])
    make_practice(published=True, title="Dos", tags=["Castores"])
    gone, left = Tag.objects.get(name="castor"), Tag.objects.get(name="Castores")
    merge(gone, left)
    return gone, left


def test_a_merged_tag_leads_to_the_other_for_good(client: Client) -> None:
    merged()
    for url in INDEXES.values():
        response = client.get(f"{url}castor/?country=pe&country=cl&q=a+b")
        assert response.status_code == 301
        assert response["Location"] == f"{url}castores/?country=pe&country=cl&q=a+b"
        assert client.get(f"{url}castores/").context["listing"].total == 2


def test_chains_of_merges_are_one_step(client: Client) -> None:
    _gone, left = merged()
    make_practice(published=True, title="Tres", tags=["roedores"])
    last = Tag.objects.get(name="roedores")
    merge(left, last)
    for slug in ("castor", "castores"):
        assert client.get(f"/es/etiquetas/{slug}/")["Location"] == "/es/etiquetas/roedores/"
    # And back: no tag leads to itself.
    again = Tag.objects.create(name="castor", slug="castor")
    merge(last, again)
    assert not MergedTag.objects.filter(slug="castor").exists()
    assert client.get("/es/etiquetas/roedores/")["Location"] == "/es/etiquetas/castor/"
    assert client.get("/es/etiquetas/castor/").status_code == 200


def test_a_new_tag_with_the_old_address_has_its_page(client: Client) -> None:
    merged()
    new = Tag.objects.create(name="castor nuevo", slug="castor")
    draft = make_practice(title="Borrador", tags=[new])
    assert client.get("/es/etiquetas/castor/").status_code == 301
    draft.save_revision().publish(skip_permission_checks=True)
    response = client.get("/es/etiquetas/castor/")
    assert response.status_code == 200
    assert response.context["tag"] == new


def test_a_redirect_tells_nothing_of_what_is_not_public(client: Client) -> None:
    make_practice(published=True, title="Una", tags=["castor"])
    make_practice(title="Borrador", tags=["secreta", "tapada"])
    public, secret = Tag.objects.get(name="castor"), Tag.objects.get(name="secreta")
    merge(Tag.objects.get(name="tapada"), public)
    assert client.get("/es/etiquetas/tapada/").status_code == 404
    merge(public, secret)
    PracticePage.objects.get(title="Una").unpublish()
    assert client.get("/es/etiquetas/castor/").status_code == 404


def test_deleting_a_tag_takes_it_out_of_the_catalogue(client: Client) -> None:
    gone, left = merged()
    left.delete()
    for slug in (gone.slug, left.slug):
        assert client.get(f"/es/etiquetas/{slug}/").status_code == 404
    assert "Castores" not in index(client)
    assert "Castores" not in client.get("/es/experiencias/").content.decode()


@pytest.mark.parametrize("path", ["/es/etiquetas/", "/pt-br/etiquetas/castor/"])
def test_more_tags_need_no_more_queries(path: str, client: Client) -> None:
    make_practice(published=True, title="Una", tags=["castor", "nutria"])
    before = count_queries(client, path)
    for number in range(6):
        make_practice(
            country("cl"), published=True, title=f"Más {number}", tags=["castor", f"otra {number}"]
        )
    assert count_queries(client, path) == before
