"""Drafts on a front end: for who may edit, by links that end, and nowhere else."""

import json
import re
import sys
from datetime import timedelta
from html import unescape
from subprocess import run
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings
from wagtail.models import Site
from wagtail_headless_preview.models import PagePreview

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from practices.previews import headless
from tests.factories import make_practice, publish, translate
from tests.forms import complete_data
from tests.practices.moderation.steps import person, signed_in, submit
from tests.practices.webhooks.conftest import work

pytestmark = pytest.mark.django_db

FRONT = "https://front.example.org/vista"
PREVIEW = reverse("practices_preview")


@pytest.fixture(autouse=True)
def front_end(settings: Settings) -> Settings:
    """The host's front end."""
    settings.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {"default": FRONT}}
    return settings


@pytest.fixture
def practice(db: None) -> PracticePage:
    return make_practice(title="Una experiencia en borrador")


def show(client: Client, page: PracticePage, mode: str = "headless", **values: Any) -> Any:
    """What the editor's preview shows after these values were written into the form."""
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    if values:
        client.post(url, complete_data(**values))
    return client.get(url, {"mode": mode})


def link(response: Any) -> str:
    """The address of the front end in a preview."""
    found = re.search(r'<iframe src="([^"]+)"', response.content.decode())
    assert found
    return unescape(found[1])


def token(response: Any) -> str:
    return parse_qs(urlsplit(link(response)).query)["token"][0]


def read(key: str, **headers: str) -> Any:
    return Client().get(PREVIEW, {"token": key}, headers=headers)


def test_the_front_end_reads_what_stands_in_the_form(
    editor_client: Client, practice: PracticePage
) -> None:
    response = show(editor_client, practice, title="Escrita hace un momento")
    assert link(response).startswith(f"{FRONT}/?content_type=practices.practicepage&token=")
    answer = read(token(response))
    assert answer.status_code == 200
    detail = answer.json()
    assert detail["title"] == "Escrita hace un momento"
    assert detail["id"] == practice.pk
    assert detail["status"] == "draft"
    assert detail["url"] is None
    assert detail["ficha"]["responsible_entity"]["value"]["text"]
    stored = PracticePage.objects.get(pk=practice.pk)
    assert stored.title == "Una experiencia en borrador"  # nothing was saved


def test_it_has_the_fields_of_the_public_detail(practice: PracticePage) -> None:
    draft = read(headless.store(practice)).json()
    public = publish(practice)
    detail = Client().get(reverse("practices_v1:get_practice", args=[public.pk])).json()
    assert draft.keys() == detail.keys()
    assert draft["ficha"] == detail["ficha"]
    assert draft["references"] == detail["references"]


def test_the_private_contact_is_no_part_of_it(
    editor_client: Client, practice: PracticePage
) -> None:
    contact = practice.private_contact()
    contact.contact_name, contact.contact_email = "Ana Quispe", "ana@example.org"
    contact.save()
    key = token(show(editor_client, practice, contact_name="Ana Quispe"))
    assert "Quispe" not in read(key).content.decode()
    assert "Quispe" not in PagePreview.objects.get().content_json


def test_a_translation_is_read_with_the_facts_of_its_original(practice: PracticePage) -> None:
    translation = translate(practice, title="Um rascunho")
    key = headless.store(translation)
    detail = read(key).json()
    assert (detail["title"], detail["locale"]) == ("Um rascunho", "pt-br")
    assert detail["original_id"] == practice.pk
    assert detail["ficha"]["responsible_entity"]["value"]["locale"] == "es"


def test_nobody_keeps_or_lists_it(practice: PracticePage) -> None:
    for key in (headless.store(practice), "none"):
        answer = read(key)
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "Origin" in answer["Vary"]
    assert Client().post(PREVIEW, {"token": "x"}).status_code == 405


def test_scripts_of_the_front_end_alone_read_it(practice: PracticePage) -> None:
    key = headless.store(practice)
    allowed = read(key, origin="https://front.example.org")
    assert allowed["Access-Control-Allow-Origin"] == "https://front.example.org"
    assert "Access-Control-Allow-Credentials" not in allowed
    for other in (
        "https://elsewhere.example",
        "http://front.example.org",
        "https://front.example.org.elsewhere.example",
        "null",
        "",
    ):
        assert "Access-Control-Allow-Origin" not in read(key, origin=other)


def test_a_link_ends_after_an_hour(practice: PracticePage, monkeypatch: pytest.MonkeyPatch) -> None:
    key = headless.store(practice)
    assert read(key).status_code == 200
    monkeypatch.setattr(headless, "MAX_AGE", timedelta(seconds=-1))
    answer = read(key)
    assert answer.status_code == 410
    assert answer["Content-Type"] == "application/problem+json"
    assert "Una experiencia" not in answer.content.decode()


def test_a_token_that_is_none_reads_nothing(practice: PracticePage) -> None:
    key = headless.store(practice)
    forged = TimestampSigner(salt="headlesspreview.token").sign(f"id={practice.pk}")
    for bad in (forged, key[:-1], f"{practice.pk}", "a" * 5000, "\0", "ñ", ""):
        answer = read(bad)
        assert answer.status_code == 404, bad
        assert "Una experiencia" not in answer.content.decode()
    assert Client().get(PREVIEW).status_code == 404


def test_publishing_ends_the_links_of_that_page(practice: PracticePage) -> None:
    other = headless.store(make_practice(slug="otra"))
    key = headless.store(practice)
    publish(practice)
    assert read(key).status_code == 404
    assert read(other).status_code == 200


def test_deleting_a_page_ends_its_links(practice: PracticePage) -> None:
    key = headless.store(practice)
    practice.delete()
    assert not PagePreview.objects.exists()
    assert read(key).status_code == 404


@pytest.mark.usefixtures("site_data")
def test_the_worker_deletes_what_has_expired(
    practice: PracticePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    headless.store(practice)
    headless.store(practice)
    task = DBTaskResult.objects.get(task_path="practices.previews.tasks.forget_previews")
    assert timedelta(minutes=55) < task.run_after - timezone.now() < timedelta(minutes=65)
    monkeypatch.setattr(headless, "MAX_AGE", timedelta(seconds=-1))
    DBTaskResult.objects.update(run_after=timezone.now())
    work()
    assert not PagePreview.objects.exists()


def test_a_page_keeps_its_newest_previews_alone(practice: PracticePage) -> None:
    keys = [headless.store(practice) for _number in range(headless.KEPT + 2)]
    assert PagePreview.objects.count() == headless.KEPT
    assert read(keys[0]).status_code == 404
    assert read(keys[-1]).status_code == 200


def test_the_usual_preview_stays_beside_it(editor_client: Client, practice: PracticePage) -> None:
    edit = editor_client.get(reverse("wagtailadmin_pages:edit", args=[practice.pk]))
    assert 'value="headless"' in edit.content.decode()
    usual = show(editor_client, practice, mode="", title="Escrita hace un momento")
    assert "Escrita hace un momento" in usual.content.decode()
    draft = editor_client.get(reverse("wagtailadmin_pages:view_draft", args=[practice.pk]))
    assert "Una experiencia en borrador" in draft.content.decode()
    assert not PagePreview.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_edit_makes_one(practice: PracticePage, role: Role) -> None:
    country = "" if role is Role.SECRETARIAT else "bo"
    client = signed_in(person("otra", (role, country)))
    address = reverse("wagtailadmin_pages:view_draft", args=[practice.pk])
    response = client.get(address, {"mode": "headless"})
    assert PagePreview.objects.exists() == (role is Role.SECRETARIAT)
    assert (response.status_code == 200) == (role is Role.SECRETARIAT)
    other = show(client, practice, title="Escrita por otra")
    assert (other.status_code == 200) == (role is Role.SECRETARIAT)


def test_a_view_that_asks_nobody_is_refused_as_well(practice: PracticePage, editor: User) -> None:
    stranger = signed_in(person("otra", (Role.EDITOR, "bo")))
    request = stranger.get("/es/").wsgi_request
    response = practice.make_preview_request(request, "headless")
    assert response.status_code == 403
    assert not PagePreview.objects.exists()


def test_under_review_it_can_be_seen_on_the_front_end(
    editor_client: Client, secretariat: User, practice: PracticePage
) -> None:
    submit(editor_client, practice)
    response = show(signed_in(secretariat), practice, title="Leída por la Secretaría")
    assert read(token(response)).json()["status"] == "submitted"


def test_public_pages_stay_here(front_end: Settings) -> None:
    front_end.WAGTAIL_HEADLESS_PREVIEW["SERVE_BASE_URL"] = "https://front.example.org"
    page = make_practice(slug="publica", published=True)
    response = Client().get(page.url)
    assert response.status_code == 200
    assert "front.example.org" not in response.content.decode()


def test_without_a_front_end_there_is_no_offer(
    front_end: Settings, editor_client: Client, practice: PracticePage
) -> None:
    key = headless.store(practice)
    front_end.WAGTAIL_HEADLESS_PREVIEW = {"CLIENT_URLS": {}}
    assert practice.preview_modes == [("", practice.preview_modes[0][1])]
    usual = show(editor_client, practice, title="Escrita hace un momento")
    assert "Escrita hace un momento" in usual.content.decode()
    assert read(key).status_code == 404


def test_each_site_may_have_a_front_end(front_end: Settings, practice: PracticePage) -> None:
    host = Site.objects.get(is_default_site=True).hostname
    front_end.WAGTAIL_HEADLESS_PREVIEW["CLIENT_URLS"][host] = "https://other.example.org/"
    assert list(headless.origins()) == ["https://other.example.org"]


def test_the_plugin_works_without_the_package(tmp_path: Any) -> None:
    """In a process of its own, where the app is not installed."""
    program = """
import os, sys
from django.conf import settings
from osumi_site.settings import test
names = {name: getattr(test, name) for name in dir(test) if name.isupper()}
names["INSTALLED_APPS"] = [a for a in test.INSTALLED_APPS if a != "wagtail_headless_preview"]
names["WAGTAIL_HEADLESS_PREVIEW"] = {"CLIENT_URLS": {"default": "https://front.example.org/"}}
settings.configure(**names)
import django
django.setup()
from types import SimpleNamespace
from django.test import RequestFactory
from practices.previews import modes
from practices.previews.views import preview
answer = preview(RequestFactory().get("/api/v1/preview/", {"token": "x"}))
print(answer.status_code, modes.modes_of(SimpleNamespace(pk=1)))
print("wagtail_headless_preview.models" in sys.modules)
"""
    environment = {"DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3", "PATH": ""}
    done = run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["404", "[]", "False"], done.stderr


def test_previews_hold_json_that_names_its_page(practice: PracticePage) -> None:
    headless.store(practice)
    assert json.loads(PagePreview.objects.get().content_json)["pk"] == practice.pk
