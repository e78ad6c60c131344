"""What people say of the sections of a translation in its form."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils.translation import gettext, override

from practices.models import PracticePage
from practices.translation.sections import SectionState
from tests.practices.moderation.steps import stored

from .editing import (
    NEW,
    OWN,
    badge,
    box,
    edit_url,
    machine_draft,
    opened,
    piece,
    row,
    save,
    sent,
    submit,
)
from .texts import republish, section

pytestmark = pytest.mark.django_db


def test_a_box_ticked_and_sent_in_one_go(translator_client: Client, page: PracticePage) -> None:
    machine_draft(page, "summary")
    form = opened(translator_client, page)
    assert (badge(form, "summary"), box(form, "summary")) == (SectionState.MACHINE, False)
    response = submit(translator_client, page, sent(page, form, checked=["summary"]))
    assert response.status_code == 302
    assert stored(page).workflow_in_progress
    assert row(page, "summary").shown == SectionState.TRANSLATED


def test_a_draft_of_a_machine_that_nobody_checked_is_refused_and_kept(
    translator_client: Client, page: PracticePage
) -> None:
    machine_draft(page, "summary", "results")
    typed = OWN.replace("segunda", "quarta")
    data = sent(page, opened(translator_client, page), summary=typed, checked=["results"])
    response = submit(translator_client, page, data)
    assert response.status_code == 200
    assert not stored(page).workflow_in_progress
    with override("es"):
        fault = gettext("This is a machine's draft: correct it, then mark it as checked.")
    [error] = [e for e in response.context["form"].non_field_errors() if fault in e]
    assert error.startswith("2.2")
    form = BeautifulSoup(response.content, "html.parser")
    assert "quarta" in response.content.decode()
    assert (box(form, "summary"), box(form, "results")) == (False, True)
    assert row(page, "results").state == SectionState.MACHINE


def test_an_out_of_date_section_is_checked_and_unchecked_again(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    republish(original, summary=NEW)
    save(translator_client, page, sent(page, opened(translator_client, page), checked=["summary"]))
    assert row(page, "summary").outdated_since is None
    form = opened(translator_client, page)
    assert (badge(form, "summary"), box(form, "summary")) == (SectionState.TRANSLATED, True)
    # Saving the form as it is says the same again.
    save(translator_client, page, sent(page, form))
    assert row(page, "summary").outdated_since is None
    save(translator_client, page, sent(page, form, checked=[]))
    assert row(page, "summary").outdated_since


def test_a_tick_survives_saving_in_the_background(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    republish(original, summary=NEW)
    form = opened(translator_client, page)
    data = sent(page, form, results=OWN, checked=["summary"])
    answer = save(translator_client, page, data, headers={"accept": "application/json"}).json()
    assert answer["success"]
    assert row(page, "summary").outdated_since is None
    # The states in the open form follow.
    assert 'data-w-teleport-target-value="#original-summary-state"' in answer["html"]
    assert "ficha-badge--outdated" not in answer["html"]
    assert "data-translation-notice" not in answer["html"]
    assert box(opened(translator_client, page), "summary") is True
    overwriting = {"overwrite_revision_id": answer["revision_id"]}
    data = sent(page, form, checked=[]) | overwriting
    assert save(translator_client, page, data, headers={"accept": "application/json"}).json()[
        "success"
    ]
    assert row(page, "summary").outdated_since
    assert "segunda-feira" in section(page, "results").source


def test_a_check_counts_for_the_text_that_was_seen(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    original = republish(original, summary=NEW)
    form = opened(translator_client, page)
    republish(original, summary=NEW.replace("jueves", "viernes"))
    response = translator_client.post(
        edit_url(page), sent(page, form, checked=["summary"]), follow=True
    )
    with override("es"):
        told = gettext(
            "The original was published again while you had the form open. What you checked "
            "counts for the text that you saw; see the sections that are out of date."
        )
    assert any(told in str(message) for message in response.context["messages"])
    form = opened(translator_client, page)
    assert badge(form, "summary") == "outdated"
    assert "jueves" in piece(form, "summary").select_one("del").get_text()


def test_saving_in_the_background_tells_of_a_new_original_in_the_form(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    form = opened(translator_client, page)
    republish(original, summary=NEW)
    data = sent(page, form, results=OWN)
    answer = save(translator_client, page, data, headers={"accept": "application/json"}).json()
    assert "data-translation-notice" in answer["html"]
    assert not list(translator_client.get(edit_url(page)).context["messages"])


@pytest.mark.parametrize("seen", ["", "0", "-1", "x", "999999999", "99999999999999999999"])
def test_nobody_checks_against_a_text_that_was_never_public(
    translator_client: Client, original: PracticePage, page: PracticePage, seen: str
) -> None:
    republish(original, summary=NEW)
    data = sent(page, opened(translator_client, page), checked=["summary"]) | {
        "translation_seen": seen
    }
    assert save(translator_client, page, data).status_code == 302
    assert row(page, "summary").outdated_since


def test_nobody_checks_against_a_draft(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    republish(original, summary=NEW)
    draft = stored(original).save_revision()
    data = sent(page, opened(translator_client, page), checked=["summary"]) | {
        "translation_seen": draft.pk
    }
    assert save(translator_client, page, data).status_code == 302
    assert row(page, "summary").outdated_since


def test_a_form_that_says_nothing_of_sections_changes_only_what_it_writes(
    translator_client: Client, original: PracticePage, page: PracticePage
) -> None:
    republish(original, summary=NEW, results=NEW)
    save(translator_client, page, sent(page, opened(translator_client, page), checked=["summary"]))
    assert save(translator_client, page, sent(page, background=OWN)).status_code == 302
    assert row(page, "summary").outdated_since is None
    assert row(page, "results").outdated_since


@pytest.mark.parametrize(
    "said",
    [
        {"translation_checked": ["title", "nothing"]},
        {"translation_boxes": ["title", "nothing"], "translation_checked": ["title"]},
        {"translation_boxes": [], "translation_checked": ["title"]},
    ],
)
def test_unknown_sections_are_not_marked(
    translator_client: Client, page: PracticePage, said: dict[str, list[str]]
) -> None:
    machine_draft(page, "title")
    form = opened(translator_client, page)
    assert box(form, "title") is False
    assert save(translator_client, page, sent(page, form) | said).status_code == 302
    assert row(page, "title").state == SectionState.MACHINE
    save(translator_client, page, sent(page, form, checked=["title"]))
    assert row(page, "title").state == SectionState.TRANSLATED
