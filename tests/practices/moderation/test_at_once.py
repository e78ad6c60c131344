"""Several people at the same moment, on real connections: it ends in one clear state."""

from typing import Any

import pytest
from django.test import Client

from home.models import User
from practices.models import ModerationEvent, PracticePage
from practices.moderation.access import Role
from tests.factories import make_practice
from tests.forms import complete_data, draft_of, edit
from tests.practices.test_concurrency import at_once

from .steps import actions, decide, person, seen, signed_in, state, stored, submit

ROUNDS = 4


@pytest.fixture
def secretaries(site_data: None) -> list[Client]:
    User.objects.filter(groups__name__startswith="Punto focal").delete()
    return [signed_in(person(f"s{number}", (Role.SECRETARIAT, ""))) for number in range(2)]


@pytest.fixture
def editors(site_data: None) -> list[Client]:
    return [signed_in(person(f"e{number}", (Role.EDITOR, "pe"))) for number in range(2)]


def under_review(editor: Client, slug: str) -> PracticePage:
    practice = make_practice(slug=slug)
    submit(editor, practice, slug=slug, title=f"Revisada {slug}")
    assert state(practice) == "submitted"
    return practice


@pytest.mark.parametrize("second", ["approve_and_publish", "return"])
def test_two_moderators_decide_at_once(
    secretaries: list[Client], editors: list[Client], second: str
) -> None:
    for turn in range(ROUNDS):
        practice = under_review(editors[0], f"a-la-vez-{turn}")
        text = seen(practice)
        choices = ["approve_and_publish", second]

        def work(
            number: int,
            practice: PracticePage = practice,
            choices: list[str] = choices,
            text: dict[str, Any] = text,
        ) -> int:
            response = decide(secretaries[number], practice, choices[number], text, "Motivo")
            return response.status_code

        assert at_once(work, 2) == [200, 200]
        log = actions(practice)
        assert log.count("approved") + log.count("returned") == 1
        if state(practice) == "published":
            assert log == ["submitted", "endorsement_skipped", "approved", "published"]
            assert stored(practice).live
            assert stored(practice).record.versions.count() == 1
        else:
            assert state(practice) == "returned"
            assert not stored(practice).live


def test_an_editor_saves_while_another_person_approves(
    secretaries: list[Client], editors: list[Client]
) -> None:
    for turn in range(ROUNDS):
        slug = f"mientras-{turn}"
        practice = under_review(editors[0], slug)
        text = seen(practice)

        def work(
            number: int, practice: PracticePage = practice, text: Any = text, slug: str = slug
        ) -> int:
            if number == 0:
                response = decide(secretaries[0], practice, "approve_and_publish", text)
            else:
                data = complete_data(title="Otro texto", slug=slug)
                response = edit(editors[1], practice, data)
            return response.status_code

        answers = at_once(work, 2)
        page = stored(practice)
        assert page.live
        assert page.title == f"Revisada {slug}"
        assert actions(practice)[-1] == "published"
        # The other text was refused, and shown again to its author, or is a draft on top.
        assert answers[1] in {200, 302}
        kept = draft_of(practice).title == "Otro texto"
        assert state(practice) == ("draft" if kept else "published")
        assert page.has_unpublished_changes == kept


def test_two_editors_send_at_once(secretaries: list[Client], editors: list[Client]) -> None:
    for turn in range(ROUNDS):
        slug = f"dos-envios-{turn}"
        practice = make_practice(slug=slug)

        def work(number: int, practice: PracticePage = practice, slug: str = slug) -> int:
            return submit(editors[number], practice, slug=slug, title=f"De {number}").status_code

        answers = at_once(work, 2)
        assert set(answers) <= {200, 302}
        assert actions(practice).count("submitted") == 1
        assert state(practice) == "submitted"
        page = stored(practice)
        state_row = page.current_workflow_task_state
        assert state_row.revision_id == page.latest_revision_id
        assert page.workflow_states.count() == 1


def test_withdrawn_while_it_is_approved(secretaries: list[Client], editors: list[Client]) -> None:
    for turn in range(ROUNDS):
        practice = under_review(editors[0], f"retirada-{turn}")
        text = seen(practice)

        def work(number: int, practice: PracticePage = practice, text: Any = text) -> int:
            if number == 0:
                response = decide(secretaries[0], practice, "approve_and_publish", text)
            else:
                response = edit(editors[0], practice, {"action-cancel-workflow": "1"})
            return response.status_code

        at_once(work, 2)
        ends = set(actions(practice)) & {"withdrawn", "published"}
        assert len(ends) == 1
        assert state(practice) == ends.pop()
        assert stored(practice).live == (state(practice) == "published")


@pytest.mark.django_db
def test_a_page_published_meanwhile_is_not_taken_down_by_a_save() -> None:
    practice = make_practice(title="La publicada")
    opened = PracticePage.objects.get(pk=practice.pk).get_latest_revision_as_object()
    practice.get_latest_revision().publish()
    opened.title = "La que alguien escribía"
    opened.save()
    opened.save_revision()
    page = stored(practice)
    assert page.live
    assert page.title == "La publicada"
    assert page.live_revision_id != page.latest_revision_id
    assert draft_of(practice).title == "La que alguien escribía"
    assert state(practice) == "draft"
    assert ModerationEvent.objects.filter(page=page, action="unpublished").count() == 0
