"""Wagtail's API v3 writes a practice under the same rules as the admin."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from wagtail.api import APIField
from wagtail.images import get_image_model
from wagtail.models import APIToken, Page

from home.models import User
from practices.models import PracticeContact, PracticePage, Theme
from tests.factories import country, make_practice, translate

pytestmark = pytest.mark.django_db

PAGES = "/api/v3/pages/"


class Api:
    """A client of API v3 with a token."""

    def __init__(self, user: User | None) -> None:
        self.headers = {}
        if user:
            _token, secret = APIToken.create_token(user=user, name="test")
            self.headers = {"authorization": f"Bearer {secret}"}

    def send(self, method: str, path: str, **body: Any) -> tuple[int, dict[str, Any]]:
        response = Client().generic(
            method,
            path,
            json.dumps(body),
            content_type="application/json",
            headers=self.headers,
        )
        return response.status_code, response.json()

    def create(self, **fields: Any) -> tuple[int, dict[str, Any]]:
        meta = {"type": "practices.PracticePage", "parent_id": country("pe").pk}
        return self.send("POST", PAGES, meta=meta | fields.pop("meta", {}), **fields)

    def patch(self, page: PracticePage, **fields: Any) -> tuple[int, dict[str, Any]]:
        return self.send("PATCH", f"{PAGES}{page.pk}/", **fields)


@pytest.fixture
def editor_api(editor: User) -> Api:
    return Api(editor)


@pytest.fixture
def secretariat_api(secretariat: User) -> Api:
    return Api(secretariat)


@pytest.fixture
def superuser_api(superuser: User) -> Api:
    return Api(superuser)


def draft_of(page: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_draft_needs_only_a_title(editor_api: Api) -> None:
    status, answer = editor_api.create(title="Desde fuera")
    assert status == 201, answer
    page = PracticePage.objects.get(pk=answer["id"])
    assert (page.country, page.live) == ("pe", False)
    assert [block.block_type for block in page.sections][:2] == ["background", "summary"]


WRITES: dict[str, Any] = {
    "title": "Título por API",
    "slug": "titulo-por-api",
    "seo_title": "Para buscadores",
    "search_description": "Descripción",
    "choices": [
        {"item": "categories", "key": "institutionality"},
        {"item": "territorial_level", "key": "local"},
    ],
    "entities": [
        {"item": "associated_entities", "name": "Una entidad"},
        {"item": "participating_entities", "name": "Otra entidad"},
    ],
    "themes_other": "Otro tema",
    "territorial_level_other": "Departamental",
    "transfer_needs_other": "Un convenio",
    "responsible_entity": "Entidad por API",
    "parent_entity": "Ministerio por API",
    "contact_institution": "Institución por API",
    "institutional_email": "api@example.org",
    "tags": ["por api", "ley, norma"],
    "references": [{"url": "https://example.org/api", "title": "Fuente"}],
    "sections": [
        {"type": "summary", "value": "<p>Resumen por API</p>"},
        {
            "type": "key_figures",
            "value": [{"type": "figure", "value": {"figure": "7", "description": "días"}}],
        },
    ],
}


def written(page: PracticePage, name: str) -> Any:
    """What a draft holds of a field, in the shape in which it was sent."""
    match name:
        case "choices":
            return [{"item": row.item, "key": row.key} for row in page.choices.all()]
        case "entities":
            return [{"item": row.item, "name": row.name} for row in page.entities.all()]
        case "references":
            return [{"url": row.url, "title": row.title} for row in page.references.all()]
        case "tags":
            return [tag.name for tag in page.tags.all()]
        case "sections":
            return [
                {"type": block["type"], "value": _without_keys(block["value"])}
                for block in page.sections.get_prep_value()
            ]
    return getattr(page, name)


def _without_keys(value: Any) -> Any:
    """A stored value without the keys that Wagtail adds."""
    if isinstance(value, list):
        return [{"type": item["type"], "value": item["value"]} for item in value]
    return re.sub(r' data-block-key="\w+"', "", value)


@pytest.mark.parametrize("name", WRITES)
def test_each_writable_field_is_written(name: str, editor_api: Api) -> None:
    page = make_practice(slug="por-api")
    status, answer = editor_api.patch(page, **{name: WRITES[name]})
    assert status == 200, answer
    draft = draft_of(page)
    got = written(draft, name)
    assert (sorted(got) == sorted(WRITES[name])) if name == "tags" else (got == WRITES[name])


def test_themes_and_picture_are_written(editor_api: Api) -> None:
    page = make_practice()
    theme = Theme.objects.get(code="consular_assistance")
    status, answer = editor_api.patch(page, themes=[theme.pk])
    assert status == 200, answer
    assert [theme.code for theme in draft_of(page).themes.all()] == ["consular_assistance"]
    picture = get_image_model().objects.get()
    status, answer = editor_api.patch(page, picture_id=picture.pk)
    assert status == 200, answer
    assert draft_of(page).picture == picture


def test_the_list_above_is_complete() -> None:
    writable = {field.name for field in APIField.get_writable_fields_for_model(PracticePage)}
    assert writable == {
        *WRITES,
        "themes",
        "picture",
    } - {"title", "slug", "seo_title", "search_description"}


def test_a_patch_of_one_field_leaves_the_others(editor_api: Api) -> None:
    page = make_practice()
    PracticeContact.objects.create(translation_key=page.translation_key, contact_name="Ana")
    editor_api.patch(page, title="Otro título")
    draft = draft_of(page)
    assert draft.title == "Otro título"
    assert draft.responsible_entity == "Dirección de Migraciones"
    assert draft.choices.count() == page.choices.count()
    assert [row.name for row in draft.entities.all()] == ["Ministerio de Salud"]
    assert [theme.code for theme in draft.themes.all()] == ["human_rights"]
    contact = PracticeContact.objects.get(translation_key=page.translation_key)
    assert contact.contact_name == "Ana"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("country", "br"),
        ("code", "OSUMI-PER-9999"),
        ("original", 3),
        ("live", True),
        ("owner", 1),
        ("contact_email", "ana@example.org"),
        ("go_live_at", "2030-01-01T00:00:00Z"),
        ("nonsense", "x"),
    ],
)
def test_what_cannot_be_written_is_refused(name: str, value: Any, editor_api: Api) -> None:
    page = make_practice()
    status, answer = editor_api.patch(page, **{name: value})
    assert status == 422
    assert name in json.dumps(answer)
    status, _answer = editor_api.create(title="Otra", **{name: value})
    assert status == 422


@pytest.mark.parametrize(
    "rows",
    [
        [{"item": "categories", "key": "nonsense"}],
        [{"item": "nonsense", "key": "national"}],
    ],
)
def test_unknown_choices_are_refused(rows: list[dict[str, str]], editor_api: Api) -> None:
    status, answer = editor_api.patch(make_practice(), choices=rows)
    assert status == 422
    assert "nonsense" in json.dumps(answer)


def test_publishing_with_a_fault_is_refused(superuser_api: Api) -> None:
    page = make_practice(sections={"summary": ""})
    page.save_revision()
    status, answer = superuser_api.send("POST", f"{PAGES}{page.pk}/actions/publish/")
    assert status == 422
    assert "2.2" in json.dumps(answer)
    status, answer = superuser_api.patch(page, title="x", meta={"action": "publish"})
    assert status == 422
    status, answer = superuser_api.create(title="x", meta={"action": "publish"})
    assert status == 422
    assert not PracticePage.objects.get(pk=page.pk).live


def test_a_superuser_publishes_a_complete_practice(superuser_api: Api) -> None:
    page = make_practice()
    status, answer = superuser_api.send("POST", f"{PAGES}{page.pk}/actions/publish/")
    assert status == 200, answer
    assert PracticePage.objects.get(pk=page.pk).code


def test_editors_neither_publish_nor_write_elsewhere(editor_api: Api) -> None:
    page = make_practice()
    assert editor_api.send("POST", f"{PAGES}{page.pk}/actions/publish/")[0] == 403
    assert editor_api.patch(make_practice(country("br")), title="x")[0] in {403, 404}
    assert editor_api.create(title="x", meta={"parent_id": country("br").pk})[0] == 403
    assert editor_api.create(title="x", meta={"parent_id": country("pe", "pt-br").pk})[0] == 403


def test_shared_facts_of_a_translation_are_refused(secretariat_api: Api) -> None:
    translation = translate(make_practice(published=True))
    status, _answer = secretariat_api.patch(translation, responsible_entity="Otra")
    assert status == 422
    status, _answer = secretariat_api.patch(translation, choices=WRITES["choices"])
    assert status == 422
    for facts in (
        {"references": [{"url": "https://example.org/otra"}]},
        {"sections": [{"type": "products", "value": []}]},
    ):
        assert secretariat_api.patch(translation, **facts)[0] == 422
    assert secretariat_api.patch(translation, title="Título traduzido")[0] == 200


def test_a_translation_is_read_with_the_facts_of_its_original() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True, title="Título traduzido")
    _status, original = Api(None).send("GET", f"{PAGES}{practice.pk}/")
    status, answer = Api(None).send("GET", f"{PAGES}{translation.pk}/")
    assert status == 200
    assert answer["title"] == "Título traduzido"
    for name in PracticePage.shared_names():
        assert answer[name] == original[name], name
    assert answer["responsible_entity"] == "Dirección de Migraciones"
    assert {row["key"] for row in answer["choices"]} >= {"national", "training"}
    assert len(answer["references"]) == 1


def test_api_v2_reads_through_the_original_too(client: Client) -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True, title="Título traduzido")
    original, answer = (
        client.get(f"/api/v2/pages/{page.pk}/").json() for page in (practice, translation)
    )
    assert answer["title"] == "Título traduzido"
    for name in PracticePage.shared_names():
        assert answer[name] == original[name], name
    listed = client.get(
        f"/api/v2/pages/?type=practices.PracticePage&fields=responsible_entity&id={translation.pk}"
    ).json()
    assert listed["items"][0]["responsible_entity"] == "Dirección de Migraciones"


def test_other_page_types_refuse_unknown_fields_too(superuser: User) -> None:
    api = Api(superuser)
    for page in (country("pe"), Page.objects.get(slug="acerca-del-banco")):
        assert api.send("PATCH", f"{PAGES}{page.pk}/", nonsense="x")[0] == 422


def test_the_fixed_slug_is_refused(secretariat_api: Api) -> None:
    page = make_practice(published=True, slug="fija")
    assert secretariat_api.patch(page, slug="otra")[0] == 422


def test_readers_need_no_token_and_errors_stay_errors() -> None:
    practice = PracticePage.objects.originals().get(country="gy")
    status, answer = Api(None).send("GET", f"{PAGES}{practice.pk}/")
    assert status == 200
    assert answer["country"] == "gy"
    assert answer["code"] == "OSUMI-GUY-0001"
    response = Client().get(f"{PAGES}999999/")
    assert response.status_code == 404
    assert response["Content-Type"].startswith("application/problem+json")


@pytest.mark.parametrize("listing", ["/api/v2/pages/", "/api/v3/pages/"])
def test_listings_hold_public_pages_only(listing: str, client: Client) -> None:
    draft = make_practice(title="Borrador secreto")
    live = make_practice(published=True, title="Por retirar", slug="por-retirar")
    translation = translate(live, published=True, title="A retirar")
    live.unpublish()
    response = client.get(f"{listing}?limit=100")
    content = response.content.decode()
    assert response.status_code == 200
    for page in (draft, live, translation):
        assert page.title not in content
        assert client.get(f"{listing}{page.pk}/").status_code == 404


@pytest.mark.parametrize("path", ["documents/", "documents/1/", "images/", "images/1/"])
def test_files_are_not_listed(path: str, client: Client, superuser: User) -> None:
    for version in ("v2", "v3"):
        assert client.get(f"/api/{version}/{path}").status_code == 404
    status, _answer = Api(superuser).send("GET", f"/api/v3/{path}")
    assert status == 404
