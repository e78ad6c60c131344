"""The form of a publication: what it accepts, and how it says what is wrong."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from practices.models import PracticePage, PublicationPage
from practices.publications import faults
from tests.factories import make_practice, translate

from .steps import create, draft_of, edit, form_data, index, publish, stored, submit

pytestmark = pytest.mark.django_db

ADDRESS = "http://testserver/es/experiencias/?country=pe&country=br"


@pytest.fixture
def author(secretariat: Any) -> Client:
    client = Client()
    client.force_login(secretariat)
    return client


def refused(client: Client, **values: Any) -> dict[str, list[str]]:
    """What the form says of a new publication that it does not save; nothing typed is lost."""
    parent = index()
    url = reverse("wagtailadmin_pages:add", args=["practices", "publicationpage", parent.pk])
    data = form_data(title="Título escrito", **values)
    response = client.post(url, data)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Título escrito" in html
    assert escape(values.get("list_address", "")) in html
    assert not PublicationPage.objects.filter(draft_title="Título escrito").exists()
    return dict(response.context["form"].errors)


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/",
        "/es/acerca-del-banco/",
        "/es/",
        "no es una dirección",
        "http://[",
        "/es/experiencias/atlantida/",
        "/es/etiquetas/no-existe/",
        "/es/experiencias/?country=xx",
        "/es/experiencias/?theme=nada",
        "/es/experiencias/?pais=pe",
        "/es/experiencias/?sort=azar",
        "/es/experiencias/?country=sr&theme=consular_assistance&q=nadanadanada",
    ],
)
def test_what_is_no_list_is_refused(address: str, author: Client) -> None:
    assert set(refused(author, list_address=address)) == {"list_address"}


def keys(**conditions: Any) -> set[int]:
    practices = PracticePage.objects.published().filter(**conditions)
    return set(practices.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("address", "conditions"),
    [
        (ADDRESS, {"country__in": ["pe", "br"]}),
        ("?country=pe", {"country": "pe"}),
        ("/pt-br/experiencias/brasil/", {"country": "br"}),
        ("/es/experiencias/brasil", {"country": "br"}),
        (
            "/es/temas/derechos-humanos/?country=br",
            {"themes__code": "human_rights", "country": "br"},
        ),
        ("/es/experiencias/?page=2", {}),
        ("/es/etiquetas/regularizacion/", {"tags__slug": "regularizacion"}),
    ],
)
def test_a_list_is_looked_up(address: str, conditions: dict[str, Any], author: Client) -> None:
    page = create(author, list_address=address)
    draft = draft_of(page)
    expected = keys(**conditions)
    assert expected
    assert (
        set(draft.frozen) >= expected
        if "tags__slug" in conditions
        else expected == set(draft.frozen)
    )
    assert draft.frozen_at
    assert draft.practice_keys == draft.frozen
    html = author.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    for practice in PracticePage.objects.filter(pk__in=draft.frozen):
        assert escape(practice.title) in html


def test_the_list_stays_until_it_is_asked_for_again(author: Client) -> None:
    page = create(author, list_address=ADDRESS)
    before = draft_of(page)
    newer = make_practice(published=True, slug="mas-nueva")
    edit(author, page, list_address=ADDRESS, title="Otro título")
    same = draft_of(page)
    assert (same.frozen, same.frozen_at) == (before.frozen, before.frozen_at)
    edit(author, page, list_address=ADDRESS, freeze_again="on")
    again = draft_of(page)
    assert set(again.frozen) == {*before.frozen, newer.pk}
    assert before.frozen_at
    assert again.frozen_at
    assert again.frozen_at > before.frozen_at
    edit(author, page, list_address="/es/experiencias/?country=pe")
    assert set(draft_of(page).frozen) == keys(country="pe")


def test_one_way_alone(author: Client) -> None:
    practice = make_practice(published=True)
    errors = refused(author, list_address=ADDRESS, practices=[practice])
    assert set(errors) == {"list_address"}


def test_only_public_practices_are_picked(author: Client) -> None:
    draft, public = make_practice(slug="borrador"), make_practice(published=True, slug="publica")
    parent = index()
    url = reverse("wagtailadmin_pages:add", args=["practices", "publicationpage", parent.pk])
    response = author.post(url, form_data(practices=[public, draft]))
    assert response.status_code == 200
    first, second = response.context["form"].formsets["choices"].forms
    assert not first.errors
    assert set(second.errors) == {"practice"}


def test_a_picked_translation_stands_for_its_original(author: Client) -> None:
    practice = make_practice(published=True)
    page = create(author, practices=[translate(practice, published=True), practice])
    assert draft_of(page).practice_keys == [practice.pk]


def test_practices_keep_the_order_in_which_they_were_picked(client: Client) -> None:
    first, second = (make_practice(published=True, slug=slug) for slug in ("uno", "dos"))
    page = publish(practices=[second, first], grouping="none")
    assert page.edition
    [group] = page.edition.contents
    assert [practice["code"] for practice in group["practices"]] == [second.code, first.code]


@pytest.mark.parametrize(
    ("values", "field"),
    [({}, "list_address"), ({"list_address": ADDRESS, "languages": []}, "languages")],
)
def test_a_draft_may_lack_what_a_submission_needs(
    values: dict[str, Any], field: str, author: Client
) -> None:
    page = create(author, **values)
    response = submit(author, page, **values)
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert not stored(page).workflow_in_progress


def test_a_list_has_an_end(author: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("faults", "lists"):
        monkeypatch.setattr(f"practices.publications.{module}.MOST", 3)
    assert faults.MOST == 3
    [message] = refused(author, list_address="/es/experiencias/")["list_address"]
    assert "24" in message
    assert "3" in message


def test_the_address_of_what_was_published_stays(author: Client) -> None:
    page = publish(practices=[make_practice(published=True)])
    edit(author, page, slug="otra-direccion")
    assert draft_of(page).slug == "diez-experiencias"


def test_it_is_not_translated_by_wagtail_localize(author: Client) -> None:
    page = create(author)
    url = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    for answer in (author.get(url), author.post(url, {"locales": "2"})):
        assert answer.status_code == 302
    assert PublicationPage.objects.filter(translation_key=page.translation_key).count() == 1
