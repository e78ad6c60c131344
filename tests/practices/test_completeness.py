"""Every fault of a ficha is found, with its number, and no way leads around it."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Workflow, WorkflowState

from practices.completeness import IncompletePracticeError, completeness
from practices.models import PracticeChoice, PracticePage
from tests.factories import build_practice, make_practice, publish, translate

pytestmark = pytest.mark.django_db

LONG = "<p>" + " ".join(["palabra"] * 161) + "</p>"


def numbers(practice: PracticePage) -> list[str]:
    return [fault.item.number for fault in completeness(practice)]


def test_a_complete_practice_has_no_fault() -> None:
    assert completeness(build_practice()) == []


@pytest.mark.parametrize(
    ("values", "number", "field"),
    [
        ({"title": " "}, "1.2", "title"),
        ({"themes": []}, "1.3", "themes"),
        ({"themes": ["other"]}, "1.3", "themes_other"),
        ({"themes_other": "Otro tema"}, "1.3", "themes_other"),
        ({"choices": {"territorial_level": []}}, "1.4", "territorial_level"),
        ({"choices": {"territorial_level": ["other"]}}, "1.4", "territorial_level_other"),
        ({"territorial_level_other": "Departamental"}, "1.4", "territorial_level_other"),
        ({"responsible_entity": ""}, "1.5", "responsible_entity"),
        ({"choices": {"categories": []}}, "1.9", "categories"),
        ({"choices": {"categories": ["nonsense"]}}, "1.9", "categories"),
        ({"choices": {"documentation": []}}, "1.10", "documentation"),
        (
            {"choices": {"documentation": ["undocumented", "electronic_file"]}},
            "1.10",
            "documentation",
        ),
        ({"choices": {"transfer_needs": []}}, "1.11", "transfer_needs"),
        ({"choices": {"transfer_needs": ["other"]}}, "1.11", "transfer_needs_other"),
        ({"institutional_email": ""}, "1.12", "institutional_email"),
        ({"sections": {"background": ""}}, "2.1", "sections"),
        ({"sections": {"background": LONG}}, "2.1", "sections"),
        ({"sections": {"summary": "<p>—</p>"}}, "2.2", "sections"),
        ({"sections": {"results": LONG}}, "2.3", "sections"),
        (
            {"sections": {"key_figures": [("figure", {"figure": "3", "description": " "})]}},
            "2.4",
            "sections",
        ),
        (
            {"sections": {"products": [("link", {"title": "", "url": "https://example.org"})]}},
            "2.5",
            "sections",
        ),
        ({"sections": {"why_good_practice": ""}}, "2.6", "sections"),
        ({"sections": {"other_considerations": LONG}}, "2.8", "sections"),
        (
            {"sections": {"attachments": [("document", {"title": "Ley", "document": None})]}},
            "2.9",
            "sections",
        ),
    ],
)
def test_each_fault_is_found(values: dict[str, Any], number: str, field: str) -> None:
    faults = completeness(build_practice(**values))
    assert [(fault.item.number, fault.field) for fault in faults] == [(number, field)]
    assert str(faults[0]).startswith(number)


def test_over_limit_says_how_much() -> None:
    (fault,) = completeness(build_practice(sections={"background": LONG}))
    assert (fault.count, fault.limit) == (161, 160)
    assert "161" in fault.message


def test_faults_come_in_the_order_of_the_ficha() -> None:
    practice = PracticePage()
    assert numbers(practice) == [
        "1.2",
        "1.3",
        "1.4",
        "1.5",
        "1.9",
        "1.10",
        "1.11",
        "1.12",
        "2.1",
        "2.2",
        "2.3",
        "2.6",
    ]


def test_a_translation_needs_what_its_original_has() -> None:
    practice = make_practice(
        published=True,
        choices={"transfer_needs": ["other"]},
        transfer_needs_other="Un convenio",
        sections={"replication_conditions": "<p>Conectividad.</p>"},
    )
    translation = translate(practice)
    assert completeness(translation) == []
    translation.transfer_needs_other = ""
    translation.sections = [("background", "<p>x</p>")]
    assert numbers(translation) == ["1.11", "2.2", "2.3", "2.4", "2.6", "2.7"]


def test_a_translation_waits_for_its_original() -> None:
    practice = make_practice()
    assert numbers(translate(practice)) == ["1.2"]


def incomplete() -> PracticePage:
    practice = make_practice(sections={"summary": ""})
    practice.save_revision()
    return practice


def test_code_cannot_publish_a_fault() -> None:
    practice = incomplete()
    with pytest.raises(IncompletePracticeError) as caught:
        practice.get_latest_revision().publish()
    assert "2.2" in caught.value.messages[0]
    practice.live = True
    with pytest.raises(ValidationError):
        practice.save()
    practice.refresh_from_db()
    assert not practice.live


def test_a_fault_cannot_enter_a_workflow() -> None:
    practice = incomplete()
    workflow: Workflow = practice.get_workflow()
    with pytest.raises(IncompletePracticeError):
        workflow.start(practice, None)
    assert not WorkflowState.objects.for_instance(practice).exists()


def test_a_complete_practice_enters_and_is_checked_again() -> None:
    practice = make_practice()
    state = practice.get_workflow().start(practice, None)
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    task = state.current_task_state
    task.reject()
    practice.choices = [PracticeChoice(item="categories", key="institutionality")]
    practice.save_revision()
    state.refresh_from_db()
    with pytest.raises(IncompletePracticeError):
        state.resume()


def test_drafts_save_with_any_fault() -> None:
    practice = make_practice(title="Solo título", themes=[], sections={"background": LONG})
    practice.save_revision()
    assert PracticePage.objects.get(pk=practice.pk).title == "Solo título"


def test_a_live_practice_keeps_its_text_when_a_draft_has_a_fault() -> None:
    practice = make_practice(published=True)
    practice.responsible_entity = ""
    practice.save_revision()
    with pytest.raises(IncompletePracticeError):
        practice.get_latest_revision().publish()
    assert PracticePage.objects.get(pk=practice.pk).responsible_entity


def test_unpublishing_asks_for_nothing() -> None:
    practice = make_practice(published=True)
    PracticePage.objects.filter(pk=practice.pk).update(responsible_entity="")
    PracticePage.objects.get(pk=practice.pk).unpublish()
    assert not PracticePage.objects.get(pk=practice.pk).live


def test_publish_returns_the_stored_page() -> None:
    assert publish(make_practice()).live
