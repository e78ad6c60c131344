"""What somebody tries who means no good: around reviews, roles, limits and addresses of the APIs."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Revision

from home.models import User
from practices.models import PracticePage
from practices.moderation.roles import country_collection
from tests.factories import make_practice
from tests.practices.moderation.steps import state

from .program import COMPLETE, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(editor: User) -> Program:
    return Program(editor)


def submitted(program: Program) -> int:
    ref: int = program.create(**COMPLETE).body["id"]
    assert program.send("POST", f"{ref}/submit/").status == 200
    return ref


@pytest.mark.parametrize("if_match", ["*, *", '*, "x"', '"x", *', " * ", ",", "*,", "W/*", '"*"'])
def test_no_list_stands_for_a_text_that_was_read(if_match: str, program: Program) -> None:
    ref = submitted(program)
    focal_point = Program("punto-focal-pe")
    answer = focal_point.send("POST", f"{ref}/endorse/", if_match=if_match)
    assert answer.status in (412, 428)
    assert state(PracticePage.objects.get(pk=ref)) == "submitted"


ODD: list[dict[str, Any]] = [
    {"title": "!!!"},
    {"title": "日本語"},
    {"title": "x" * 255},
    {"title": " "},
    {"tags": ["Ley", "ley", "LEY "]},
    {"tags": ["a", "a"]},
    {"tags": ["!!!", "???"]},
    {"tags": [" "]},
    {"tags": [","]},
    {"tags": ["ñ" * 100]},
    {"themes": ["human_rights", "human_rights"]},
    {"categories": ["policy_and_norms", "policy_and_norms"]},
    {"associated_entities": ["Una", "Una", "", " "]},
    {"key_figures": [{}]},
    {"products": [{"type": "link"}]},
    {"products": [{"type": "video", "title": "x", "url": "file:///etc/passwd"}]},
    {"products": [{"type": "video", "title": "x", "url": "http://127.0.0.1:1/watch"}]},
    {"references": [{"url": "https://example.org/"}, {"url": "https://example.org/"}]},
    {"references": [{"url": "javascript:alert(1)"}]},
    {"picture": float("nan")},
    {"picture": 2**31 - 1},
    {"title": "\u202e\u0007\u001b[31m"},
    {"institutional_email": "a@example.org\nBcc: b@example.org"},
]


@pytest.mark.parametrize("items", ODD)
def test_what_no_form_would_send_is_taken_or_refused(
    items: dict[str, Any], program: Program
) -> None:
    practice = make_practice()
    for answer in (program.send("PATCH", f"{practice.pk}/", items), program.create(**items)):
        assert answer.status in (200, 201, 400, 422), answer.body
        if answer.status < 400:
            assert program.get(f"{answer.body['id']}/draft/").body["ficha"]


def test_a_number_without_end_is_refused(program: Program) -> None:
    practice = make_practice()
    body = '{"picture": ' + "1" * 5000 + "}"
    assert program.send("PATCH", f"{practice.pk}/", body).status in (400, 422)


def image(iso_code: str) -> Any:
    content = ContentFile(b"", name="x.png")
    Image.new("RGB", (4, 4)).save(content, "PNG")
    return get_image_model().objects.create(
        title=f"De {iso_code}", file=content, collection=country_collection(iso_code)
    )


def test_no_picture_of_others(program: Program) -> None:
    practice, foreign = make_practice(), image("cl")
    revisions = Revision.objects.count()
    for answer in (
        program.patch(practice.pk, picture=foreign.pk),
        program.create(picture=foreign.pk),
    ):
        assert (answer.status, answer.pointers) == (422, ["/picture"])
    nothing = program.patch(practice.pk, picture=99_999_999)
    assert nothing.body == program.patch(practice.pk, picture=foreign.pk).body
    assert Revision.objects.count() == revisions
    assert program.patch(practice.pk, picture=image("pe").pk).status == 200


def test_a_stranger_learns_not_which_files_there_are(program: Program) -> None:
    practice, foreign = make_practice(), image("cl")
    wrong = {"institutional_email": "nada"}
    answers = [
        program.patch(practice.pk, picture=key, **wrong).body for key in (foreign.pk, 99_999_999)
    ]
    assert answers[0] == answers[1]


def test_who_was_removed_from_a_role_writes_no_more(program: Program, editor: User) -> None:
    editor.user_permissions.add(Permission.objects.get(codename="change_user"))
    practice = make_practice()
    assert program.patch(practice.pk, title="Una").status == 200
    editor.groups.clear()
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    # Even who may still enter the admin, as by a permission of their own.
    assert program.patch(practice.pk, title="Otra").status == 404
    assert program.get(f"{practice.pk}/draft/").status == 404
    assert program.get(f"{practice.pk}/contact/").status == 404
    assert program.create().status == 403


METHODS = ["x-http-method-override", "x-http-method", "x-method-override"]


@pytest.mark.parametrize("header", METHODS)
def test_a_header_makes_no_other_method(header: str, program: Program) -> None:
    practice = make_practice()
    for method in ("GET", "POST"):
        client = Client(headers=program.headers)
        for path in (f"/api/v1/practices/{practice.pk}/", f"/api/v3/pages/{practice.pk}/"):
            client.generic(
                method,
                f"{path}?_method=PATCH",
                b'{"title": "Otra"}',
                content_type="application/json",
                headers={header: "PATCH"},
            )
            client.generic(method, path, b"", headers={header: "DELETE"})
    practice.refresh_from_db()
    assert practice.title == "Una experiencia"
    assert practice.get_latest_revision_as_object().title == "Una experiencia"


@pytest.mark.parametrize(
    "path",
    [
        "//api/v1/practices/",
        "/api//v1/practices/",
        "/API/v1/practices/",
        "/Api/v3/pages/",
        "/es/api/v1/practices/",
        "/./api/v1/practices/",
        "/x/../api/v3/pages/",
        "/api/v1/../v3/pages/",
        "/api/v3//pages/",
        "/api/v1/practices/%2e%2e/",
        "/api/v1/practices;x/",
        "/%61pi/v1/practices/x/",
    ],
)
def test_no_other_spelling_of_an_address_opens(path: str) -> None:
    answer = Client(raise_request_exception=False).get(path, headers={"authorization": "Bearer x"})
    assert answer.status_code in (301, 302, 401, 404)


@pytest.mark.parametrize(
    "header",
    [
        *("Basic x:{}", "Token {}", "{}", "Bearer\t{}", " Bearer {}", "Bearer {},Bearer {}"),
        *("Bearer  {}", "Bearer {} x", "Basic x, Bearer {}", "Bearer " + "a" * 60_000),
    ],
)
def test_other_spellings_of_a_token_open_nothing(
    header: str, program: Program, editor_client: Client
) -> None:
    """Nor does the session of the admin beside them."""
    practice = make_practice()
    key = program.headers["authorization"].removeprefix("Bearer ")
    for path in (f"/api/v1/practices/{practice.pk}/", f"/api/v3/pages/{practice.pk}/"):
        for client in (Client(), editor_client):
            headers = {"authorization": header.format(key, key)}
            answer = client.patch(path, '{"title": "x"}', "application/json", headers=headers)
            assert answer.status_code == 401, path
            assert client.get(path, headers=headers).status_code in (401, 404)
            assert client.patch(path, "{}", "application/json").status_code == 401
