"""The private contact by the project's own API: for those who see it in the admin, and noted."""

from typing import Any

import pytest

from home.models import User
from practices.models import ContactAccess, PracticePage
from practices.moderation.access import Role
from tests.factories import make_practice, translate
from tests.practices.moderation.steps import person

from .program import COMPLETE, Program

pytestmark = pytest.mark.django_db

ANA = {
    "contact_name": "Ana Quispe",
    "contact_position": "Directora",
    "contact_email": "ana@example.org",
}


@pytest.fixture
def program(editor: User) -> Program:
    return Program(editor)


@pytest.fixture
def practice(program: Program) -> PracticePage:
    page = make_practice(published=True)
    assert program.send("PUT", f"{page.pk}/contact/", ANA).status == 200
    return page


def accesses() -> list[tuple[str, Any]]:
    return list(ContactAccess.objects.order_by("pk").values_list("action", "user__username"))


def test_it_is_stored_read_and_noted(program: Program, practice: PracticePage) -> None:
    assert accesses() == [("changed", "editor-pe")]
    answer = program.get(f"{practice.pk}/contact/")
    assert (answer.status, answer.body) == (200, ANA)
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert accesses()[1:] == [("read", "editor-pe")]
    assert Program("secretaria").get(f"{practice.code}/contact/").body == ANA
    assert accesses()[2:] == [("read", "secretaria")]
    changed = program.send("PUT", f"{practice.pk}/contact/", ANA | {"contact_name": "Luz"})
    assert changed.body["contact_name"] == "Luz"
    assert changed.headers["Cache-Control"] == "private, no-store"
    assert accesses()[3:] == [("changed", "editor-pe")]
    # The same again is no change.
    number = PracticePage.objects.get(pk=practice.pk).latest_revision_id
    assert program.send("PUT", f"{practice.pk}/contact/", changed.body).status == 200
    assert len(accesses()) == 4
    assert PracticePage.objects.get(pk=practice.pk).latest_revision_id == number
    empty = dict.fromkeys(ANA, "")
    assert program.send("PUT", f"{practice.pk}/contact/", empty).body == empty


def test_reading_none_is_not_noted(program: Program) -> None:
    practice = make_practice()
    assert program.get(f"{practice.pk}/contact/").body == dict.fromkeys(ANA, "")
    assert accesses() == []


def test_nobody_else_learns_of_it(practice: PracticePage) -> None:
    translation = translate(practice, published=True)
    before = accesses()
    chilean = person("aval-cl", (Role.FOCAL_POINT, "cl"))
    for user in ("editor-cl", "traduccion-pe", chilean, "punto-focal-pe"):
        other = Program(user)
        for ref in (practice.pk, practice.code, translation.pk):
            assert other.get(f"{ref}/contact/").status == 404
            assert other.send("PUT", f"{ref}/contact/", ANA).status == 404
    nobody = Program(None)
    assert nobody.get(f"{practice.pk}/contact/").status == 401
    assert nobody.get("99999999/contact/").status == 401
    assert nobody.send("PUT", f"{practice.pk}/contact/", ANA).status == 401
    assert Program("editor-pe").get(f"{translation.pk}/contact/").status == 404
    assert accesses() == before


def test_it_is_in_no_other_answer(program: Program, practice: PracticePage) -> None:
    for path in (f"{practice.pk}/draft/", f"{practice.pk}/moderation/", f"{practice.pk}/", ""):
        text = str(program.get(path).body)
        assert "Quispe" not in text
        assert "ana@example.org" not in text
    revision = PracticePage.objects.get(pk=practice.pk).get_latest_revision()
    assert revision
    assert "Quispe" not in str(revision.content)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"contact_email": "nada"}, "/contact_email"),
        ({"contact_name": "x" * 161}, "/contact_name"),
        ({"contact_name": "a\x00"}, "/contact_name"),
        ({"contact_name": None}, "/contact_name"),
        ({"wrong": "x"}, "/wrong"),
        ({"title": "x"}, "/title"),
    ],
)
def test_what_is_wrong_is_refused(
    change: dict[str, Any], place: str, program: Program, practice: PracticePage
) -> None:
    answer = program.send("PUT", f"{practice.pk}/contact/", ANA | change)
    assert (answer.status, answer.pointers) == (422, [place])
    assert program.get(f"{practice.pk}/contact/").body == ANA
    body = {name: value for name, value in ANA.items() if name != "contact_name"}
    assert program.send("PUT", f"{practice.pk}/contact/", body).pointers == ["/contact_name"]


def test_under_review_it_stands_still(program: Program) -> None:
    ref = program.create(**COMPLETE).body["id"]
    assert program.send("PUT", f"{ref}/contact/", ANA).status == 200
    assert program.send("POST", f"{ref}/submit/").status == 200
    assert program.send("PUT", f"{ref}/contact/", ANA | {"contact_name": "Luz"}).status == 409
    # Whoever endorses sees it in the admin, and so here.
    assert Program("punto-focal-pe").get(f"{ref}/contact/").body == ANA
    assert ("read", "punto-focal-pe") in accesses()
