"""What the guards leave open: people go on finding what is theirs, and what is public."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from home.models import CustomDocument, CustomImage
from practices.models import ContactAccess
from tests.factories import country

from .walking import client_of
from .world import WORD, World, sentinel

pytestmark = pytest.mark.one_database


@pytest.fixture
def editor_client(world: World) -> Client:
    return client_of("editor")


def get(client: Client, name: str, *args: Any, **query: Any) -> Any:
    return client.get(reverse(name, args=args), query)


def test_the_page_chooser_offers_own_drafts_and_public_pages(
    editor_client: Client, world: World
) -> None:
    own = get(editor_client, "wagtailadmin_choose_page_search", q=WORD)
    assert sentinel("own", "own", "title") in own.content.decode()
    public = get(editor_client, "wagtailadmin_choose_page_search", q="pública")
    assert world.practice("edited").page.title in public.content.decode()
    below = get(editor_client, "wagtailadmin_choose_page_child", country("cl").pk)
    assert world.practice("edited").page.title in below.json()["html"]
    for name in ("external", "email", "phone", "anchor"):
        assert get(editor_client, f"wagtailadmin_choose_page_{name}_link").status_code == 200


def test_pages_chosen_together(editor_client: Client, world: World) -> None:
    pages = [world.practice("own").page.pk, country("cl").pk]
    answer = get(editor_client, "wagtailadmin_choose_page_chosen_multiple", id=pages)
    assert [page["id"] for page in answer.json()["result"]] == sorted(pages)


def test_the_explorer_leads_to_own_pages(editor_client: Client, world: World) -> None:
    parent = country("pe")
    for page in (parent, parent.get_parent(), world.practice("own").page):
        assert get(editor_client, "wagtailadmin_explore", page.pk).status_code == 200
    assert get(editor_client, "wagtailadmin_explore", country("cl").pk).status_code == 404


def test_actions_on_own_pages(editor_client: Client, world: World) -> None:
    action = ("wagtail_bulk_action", "wagtailcore", "page", "delete")
    own = world.practice("own").page
    assert get(editor_client, *action, id=own.pk).status_code == 200
    everything = get(editor_client, *action, id="all", childOf=country("pe").pk)
    assert sentinel("own", "own", "title") in everything.content.decode()
    for refused in ({"id": "all"}, {"id": "all", "childOf": 1}, {"id": "x"}):
        assert get(editor_client, *action, **refused).status_code == 404
    secretariat = client_of("Secretaría")
    assert get(secretariat, *action, id="all", childOf=country("cl").pk).status_code == 200


def test_tags_of_own_drafts_and_of_public_practices_are_suggested(
    editor_client: Client, world: World
) -> None:
    suggested = get(editor_client, "wagtailadmin_tag_autocomplete", term=WORD).json()
    own = [f"{WORD} {sentinel('own', name, 'tag')}" for name in ("own", "ownwaiting")]
    assert suggested == own
    assert get(editor_client, "wagtailadmin_tag_autocomplete").json() == []
    public = get(editor_client, "wagtailadmin_tag_autocomplete", term="a").json()
    assert public
    overseen = get(client_of("Secretaría"), "wagtailadmin_tag_autocomplete", term=WORD).json()
    assert f"{WORD} {sentinel('fgn', 'draft', 'tag')}" in overseen


def test_the_secretariat_reads_reports(world: World) -> None:
    client = client_of("Secretaría")
    assert get(client, "wagtailadmin_reports:locked_pages").status_code == 200
    assert get(client, "wagtailadmin_reports:site_history").status_code == 200


def test_the_form_of_an_older_text_notes_who_reads_the_contact(
    editor_client: Client, world: World
) -> None:
    own = world.practice("own")
    form = get(editor_client, "wagtailadmin_pages:revisions_revert", own.page.pk, own.revision)
    assert sentinel("ctc", "own", "own", "name") in form.content.decode()
    access = ContactAccess.objects.first()
    assert access
    assert access.user
    assert (access.user.username, access.action) == ("editor-pe", "read")
    assert access.translation_key == own.page.translation_key


def test_files_have_no_tags() -> None:
    assert "tags" not in get_document_form(CustomDocument).base_fields
    assert "tags" not in get_image_form(CustomImage).base_fields
