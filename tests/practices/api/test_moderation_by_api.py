"""The life of a practice by the project's own API: the decisions are the admin's."""

from typing import Any

import pytest

from home.models import User
from practices.models import PracticePage
from practices.moderation.access import Role
from tests.factories import make_practice, translate
from tests.forms import draft_of
from tests.practices.moderation.steps import actions, person, state
from tests.practices.test_concurrency import at_once

from .program import COMPLETE, Program

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor_program(editor: User) -> Program:
    return Program(editor)


@pytest.fixture
def focal_point(db: None) -> Program:
    return Program("punto-focal-pe")


@pytest.fixture
def secretary(secretariat: User) -> Program:
    return Program(secretariat)


def stored(ref: int) -> PracticePage:
    return PracticePage.objects.get(pk=ref)


def submitted(program: Program, **items: Any) -> int:
    """A complete practice, sent for review."""
    ref: int = program.create(**COMPLETE | items).body["id"]
    answer = program.send("POST", f"{ref}/submit/")
    assert answer.status == 200, answer.body
    return ref


def test_the_whole_life(editor_program: Program, focal_point: Program, secretary: Program) -> None:
    ref = editor_program.create().body["id"]
    before = editor_program.get(f"{ref}/moderation/").body
    assert (before["state"], before["task"]) == ("draft", None)
    assert before["actions"] == ["edit", "submit"]

    early = editor_program.send("POST", f"{ref}/submit/")
    assert early.status == 422
    assert {"/summary", "/themes", "/institutional_email"} <= set(early.pointers)
    assert state(stored(ref)) == "draft"

    assert editor_program.patch(ref, **COMPLETE).status == 200
    answer = editor_program.send("POST", f"{ref}/submit/")
    assert (answer.status, answer.body["state"]) == (200, "submitted")
    assert (answer.body["task"], answer.body["actions"]) == ("endorsement", ["withdraw"])
    assert editor_program.send("POST", f"{ref}/submit/").status == 409
    assert editor_program.patch(ref, title="Otro").status == 409
    assert secretary.patch(ref, title="Otro").status == 409

    seen = focal_point.get(f"{ref}/moderation/").body
    assert seen["actions"] == ["endorse", "return"]
    assert seen["history"] is None
    answer = focal_point.step(ref, "endorse")
    assert (answer.status, answer.body["state"]) == (200, "endorsed")

    seen = secretary.get(f"{ref}/moderation/").body
    assert (seen["task"], seen["actions"]) == ("approval", ["approve", "return"])
    answer = secretary.step(ref, "return", "Corrija el título")
    assert (answer.status, answer.body["state"]) == (200, "returned")
    history = editor_program.get(f"{ref}/moderation/").body["history"]
    assert [event["action"] for event in history] == ["returned", "endorsed", "submitted"]
    assert history[0]["comment"] == "Corrija el título"
    assert [event["by_you"] for event in history] == [False, False, True]

    assert editor_program.patch(ref, title="Corregida").status == 200
    assert editor_program.send("POST", f"{ref}/submit/").body["task"] == "endorsement"
    assert focal_point.step(ref, "endorse").status == 200
    answer = secretary.step(ref, "approve", "Gracias")
    assert (answer.status, answer.body["state"]) == (200, "published")
    code = answer.body["code"]
    assert code

    listed = Program(None).get("?limit=100&fields=code,title").body["items"]
    assert {"id": ref, "code": code, "title": "Corregida"} in listed
    assert Program(None).get(f"{code}/").status == 200
    assert actions(stored(ref)) == [
        *("submitted", "endorsed", "returned", "submitted", "endorsed", "approved", "published")
    ]


def test_taking_back(editor_program: Program, focal_point: Program, secretary: Program) -> None:
    ref = submitted(editor_program)
    for other in (focal_point, secretary):
        assert other.send("POST", f"{ref}/withdraw/").status == 403
    answer = editor_program.send("POST", f"{ref}/withdraw/")
    assert (answer.status, answer.body["state"]) == (200, "withdrawn")
    assert editor_program.send("POST", f"{ref}/withdraw/").status == 409
    assert editor_program.patch(ref, title="Otro").status == 200
    assert editor_program.send("POST", f"{ref}/submit/").status == 200


@pytest.mark.parametrize("step", ["endorse", "approve", "return", "skip"])
def test_who_decides_nothing(step: str, editor_program: Program, focal_point: Program) -> None:
    ref = submitted(editor_program)
    path, body = f"{ref}/{step}/", {"comment": "x"}
    seen = editor_program.get(f"{ref}/moderation/").etag
    assert editor_program.send("POST", path, body, if_match=seen).status == 403
    chilean = person("aval-cl", (Role.FOCAL_POINT, "cl"))
    for stranger in ("editor-cl", chilean, "traduccion-pe"):
        assert Program(stranger).send("POST", path, body, if_match=seen).status == 404
    assert Program(None).send("POST", path, body, if_match=seen).status == 401
    if step in ("approve", "skip"):
        assert focal_point.send("POST", path, body, if_match=seen).status == 409
    assert state(stored(ref)) == "submitted"


def test_nobody_decides_on_their_own_work(focal_point: Program, secretary: Program) -> None:
    ref = submitted(secretary)
    assert focal_point.step(ref, "endorse").status == 200
    assert secretary.get(f"{ref}/moderation/").body["actions"] == ["withdraw", "return"]
    answer = secretary.step(ref, "approve")
    assert answer.status == 403
    assert answer.body["detail"]
    assert state(stored(ref)) == "endorsed"
    assert Program("secretaria-2").step(ref, "approve").status == 200


def test_a_return_needs_a_reason(editor_program: Program, focal_point: Program) -> None:
    ref = submitted(editor_program)
    seen = focal_point.get(f"{ref}/moderation/").etag
    path = f"{ref}/return/"
    for body in (None, {}, {"comment": ""}, {"comment": None}, {"reason": "x"}):
        assert focal_point.send("POST", path, body, if_match=seen).status == 422
    assert focal_point.send("POST", path, {"comment": "  \n"}, if_match=seen).status in (409, 422)
    assert focal_point.send("POST", path, {"comment": "a\x00"}, if_match=seen).status == 422
    assert state(stored(ref)) == "submitted"


def test_a_decision_names_the_text_that_was_read(
    editor_program: Program, focal_point: Program
) -> None:
    ref = submitted(editor_program)
    seen = focal_point.get(f"{ref}/moderation/").etag
    assert focal_point.send("POST", f"{ref}/endorse/").status == 428
    assert focal_point.send("POST", f"{ref}/endorse/", if_match="*").status == 428
    editor_program.send("POST", f"{ref}/withdraw/")
    editor_program.patch(ref, title="Otra")
    editor_program.send("POST", f"{ref}/submit/")
    assert focal_point.send("POST", f"{ref}/endorse/", if_match=seen).status == 412
    assert state(stored(ref)) == "submitted"
    assert focal_point.step(ref, "endorse").status == 200


def test_there_is_nothing_to_decide(secretary: Program) -> None:
    for practice in (make_practice(slug="borrador"), make_practice(published=True, slug="publica")):
        for step in ("endorse", "approve", "return", "skip"):
            assert secretary.step(practice.pk, step, "x").status == 409
        assert secretary.send("POST", f"{practice.pk}/withdraw/").status == 409


def test_where_no_focal_point_is_left(editor_program: Program, secretary: Program) -> None:
    ref = submitted(editor_program)
    User.objects.filter(groups__name="Punto focal PE").update(is_active=False)
    assert secretary.get(f"{ref}/moderation/").body["actions"] == ["skip", "return"]
    assert secretary.step(ref, "skip").body["task"] == "approval"
    assert secretary.step(ref, "approve").body["state"] == "published"


def test_a_translation_goes_its_own_way(secretary: Program) -> None:
    original = make_practice(published=True)
    translation = translate(original)
    translator = Program("traduccion-pe")
    answer = translator.send("POST", f"{translation.pk}/submit/")
    assert answer.status == 200, answer.body
    assert answer.body["task"] == "approval"
    assert secretary.step(translation.pk, "approve").body["state"] == "published"


def test_what_is_decided_meanwhile_is_told(editor_program: Program, focal_point: Program) -> None:
    ref = submitted(editor_program)
    seen = focal_point.get(f"{ref}/moderation/").etag
    assert focal_point.step(ref, "endorse").status == 200
    # It waits for others now: the focal point sees it no more.
    assert focal_point.send("POST", f"{ref}/endorse/", if_match=seen).status == 404
    secretary = Program("secretaria")
    assert secretary.send("POST", f"{ref}/endorse/", if_match=seen).status == 409
    assert secretary.step(ref, "approve").status == 200
    again = Program("secretaria-2").send("POST", f"{ref}/approve/", if_match=seen)
    assert again.status in (409, 412)


def test_a_submission_by_others(editor_program: Program, secretary: Program) -> None:
    ref = editor_program.create(**COMPLETE).body["id"]
    assert Program("editor-cl").send("POST", f"{ref}/submit/").status == 404
    assert Program("traduccion-pe").send("POST", f"{ref}/submit/").status == 404
    assert Program("punto-focal-pe").send("POST", f"{ref}/submit/").status == 404
    seen = editor_program.get(f"{ref}/draft/").etag
    editor_program.patch(ref, title="Otra")
    assert editor_program.send("POST", f"{ref}/submit/", if_match=seen).status == 412
    assert draft_of(stored(ref)).title == "Otra"
    assert secretary.send("POST", f"{ref}/submit/").status == 200


def test_history_names_nobody(editor_program: Program, secretary: Program) -> None:
    ref = submitted(editor_program)
    for program in (editor_program, secretary):
        text = str(program.get(f"{ref}/moderation/").body)
        for user in User.objects.all():
            assert user.email not in text or not user.email
            assert user.get_full_name() not in text or not user.get_full_name()


@pytest.mark.parametrize("second", ["approve", "return"])
def test_two_decide_at_once(site_data: None, second: str) -> None:
    User.objects.filter(groups__name__startswith="Punto focal").delete()
    programs = [Program(person(f"s{n}", (Role.SECRETARIAT, ""))) for n in range(2)]
    ref = submitted(Program("editor-pe"))
    seen = programs[0].get(f"{ref}/moderation/").etag
    steps = ["approve", second]

    def work(number: int) -> int:
        path = f"{ref}/{steps[number]}/"
        return programs[number].send("POST", path, {"comment": "x"}, if_match=seen).status

    assert sorted(at_once(work, 2)) in ([200, 409], [200, 412])
    log = actions(stored(ref))
    assert log.count("approved") + log.count("returned") == 1
    assert state(stored(ref)) == ("published" if "approved" in log else "returned")


def test_two_submit_at_once(site_data: None) -> None:
    programs = [Program("editor-pe") for _n in range(2)]
    ref = programs[0].create(**COMPLETE).body["id"]

    def work(number: int) -> int:
        return programs[number].send("POST", f"{ref}/submit/").status

    assert sorted(at_once(work, 2)) == [200, 409]
    assert actions(stored(ref)).count("submitted") == 1
