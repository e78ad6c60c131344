"""What comes back from tools and machines harms nothing, and takes no person's work away."""

from typing import Any

import pytest
from django.test import Client

from home.models import User
from practices.models import MachineJob
from practices.translation.memory import Memory
from tests.factories import make_practice, publish, translate
from tests.practices.moderation.steps import signed_in, stored

from .by_machine import job, press, work
from .services import Service
from .test_po import bring, exported
from .texts import begun, latest, original, republish, rewrite, set_section

pytestmark = pytest.mark.django_db

BY_HAND = "<p>Uma tradução nova, feita à mão enquanto a máquina trabalhava.</p>"


@pytest.fixture
def client(translator: User) -> Client:
    return signed_in(translator)


@pytest.mark.parametrize(
    "spoilt",
    ["<i>" * 1000 + "x" + "</i>" * 1000, "Uma rede <!-- nada --> de vizinhos"],
    ids=["tags within tags", "remarks"],
)
def test_a_text_that_cannot_be_taken_is_named(client: Client, spoilt: str) -> None:
    page = begun(original())
    po = exported(client, page)
    next(entry for entry in po if entry.msgid == "Una red de vecinos").msgstr = spoilt
    said = bring(client, page, str(po))
    assert any("Una red de vecinos" in text for text in said)
    assert "rede" not in latest(page).section_html("background")


def test_many_entries_for_one_text_are_one(client: Client) -> None:
    page = begun(original())
    po = exported(client, page)
    entry = next(entry for entry in po if entry.msgid == "Una red de vecinos")
    entry.msgstr = "Uma rede de vizinhos"
    po.extend([entry] * 5000)
    said = bring(client, page, str(po))
    assert any("1 texto" in text for text in said)


def test_an_error_that_cannot_be_stored_still_ends_the_job(
    client: Client, service: Service
) -> None:
    page = begun(original())
    service.answer = (500, b"no\x00 \xed\xa0\x80")
    press(client, page)
    work()
    assert job(client, page)["state"] == "failed"


def test_what_a_person_writes_meanwhile_stays(
    client: Client, service: Service, translator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = original()
    page = translate(practice, published=True)
    rewrite(practice, "results", "breve", "corta")
    press(client, page)
    real = Memory.write

    def write(memory: Memory, *arguments: Any, **options: Any) -> None:
        draft = latest(page)
        set_section(draft, "results", BY_HAND)
        draft.save_revision(user=translator)
        real(memory, *arguments, **options)

    monkeypatch.setattr(Memory, "write", write)
    work()
    assert service.sent
    assert latest(page).section_html("results") == BY_HAND


def test_nothing_is_written_for_who_may_edit_no_more(
    client: Client, service: Service, translator: User
) -> None:
    page = begun(original())
    before = stored(page).latest_revision_id
    press(client, page)
    translator.groups.clear()
    work()
    assert stored(page).latest_revision_id == before
    assert MachineJob.objects.get(page=page).fault == "nobody"


def test_a_theme_that_the_original_gave_up_is_not_shown(client: Client) -> None:
    practice = make_practice(
        themes=["human_rights", "other"], themes_other="Retorno asistido", published=True
    )
    page = translate(practice, published=True)
    assert "Retorno asistido (pt-br)" in Client().get(page.get_url()).content.decode()
    changed = republish(practice)
    changed.themes = [theme for theme in changed.themes.all() if theme.code != "other"]
    changed.themes_other = ""
    publish(changed)
    assert "Retorno asistido" not in Client().get(page.get_url()).content.decode()
