"""A machine drafts what nobody has translated; whatever goes wrong is told, and nothing is lost."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings
from wagtail_localize.models import StringTranslation

from home.models import User
from practices.completeness import completeness
from practices.models import MachineJob, PracticeContact, PracticePage
from practices.translation.machine import MAX_STRINGS, Fault
from practices.translation.states import Marks
from tests.practices.moderation.steps import decide, seen, signed_in, stored

from .by_machine import job, press, work
from .services import KEY, Service
from .texts import begun, latest, original, rewrite, section, set_section, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(translator: User) -> Client:
    return signed_in(translator)


def checked(client: Client, page: PracticePage, user: User | None = None) -> PracticePage:
    """Have a machine translate, and a person check every section."""
    press(client, page)
    work()
    draft = latest(page)
    draft.marks = Marks(checked=frozenset(states(page)))
    draft.save_revision(user=user)
    return page


def test_a_copy_becomes_a_draft_that_a_person_has_to_check(
    client: Client, service: Service, translator: User
) -> None:
    page = begun(original())
    PracticeContact.objects.create(
        translation_key=page.translation_key,
        contact_name="zqxnombre",
        contact_email="zqxcorreo@example.org",
    )
    assert press(client, page) == []
    assert job(client, page)["under_way"]
    work()
    said = job(client, page)
    assert (said["state"], said["under_way"]) == ("done", False)
    assert said["done"] == said["total"] > 5
    assert set(states(page).values()) == {"machine"}
    draft = latest(page)
    assert draft.title == "[pt-BR] Registroês & acogidaês"
    assert '<a href="https://example.org/informe">elês informeês</a>' in draft.section_html(
        "background"
    )
    figures = section(page, "key_figures")
    assert figures[0].value["figure"] == "1.500"
    assert figures[0].value["description"] == "[pt-BR] Personasês atendidasês"
    assert not stored(page).live
    assert "zqx" not in json.dumps(service.asked)
    assert "1.500" not in service.sent
    assert service.asked[0]["format"] == "html"
    assert (service.asked[0]["source"], service.asked[0]["target"]) == ("es", "pt-BR")
    # Nobody can submit it before a person has checked each section.
    assert {fault.item.key for fault in completeness(draft)} >= {"title", "background", "summary"}
    assert page.revisions.order_by("-pk")[0].user == translator


def test_readers_are_told_of_the_machine_after_check_and_approval(
    client: Client, service: Service, translator: User, secretariat: User
) -> None:
    page = checked(client, begun(original()), translator)
    assert completeness(latest(page)) == []
    stored(page).get_workflow().start(stored(page), translator)
    decide(signed_in(secretariat), page, "approve_and_publish", seen(page))
    assert stored(page).live
    version = stored(page).public_version()
    assert version
    assert version.from_machine
    assert set(states(page).values()) == {"approved"}


def test_only_what_nobody_translated_is_sent(client: Client, service: Service) -> None:
    practice = original()
    page = begun(practice)
    draft = latest(page)
    draft.title = "Cadastro e acolhida"
    set_section(draft, "background", draft.section_html("background").replace("Una", "Uma nova"))
    set_section(draft, "results", "<p>Tudo foi escrito</p><p>de outro modo.</p>")
    draft.save_revision()
    press(client, page)
    work()
    assert not [text for text in service.sent if "acogida" in text]
    assert latest(page).title == "Cadastro e acolhida"
    assert section(page, "results").source == "<p>Tudo foi escrito</p><p>de outro modo.</p>"
    assert states(page)["results"] == "translated"


def test_of_what_fell_behind_only_the_new_goes_to_the_machine(
    client: Client, service: Service
) -> None:
    practice = original()
    page = checked(client, begun(practice))
    service.asked.clear()
    rewrite(practice, "background", "Una oficina en cada ciudad grande", "Dos oficinas por ciudad")
    assert states(page)["background"] == "outdated"
    press(client, page)
    work()
    assert service.sent == ["Dos oficinas por ciudad"]
    assert "[pt-BR] Dosês oficinasês" in section(page, "background").source
    assert states(page)["background"] == "machine"
    assert states(page)["title"] == "translated"


def test_with_nothing_left_to_translate_it_says_so(client: Client, service: Service) -> None:
    page = begun(original())
    press(client, page)
    work()
    count, revisions = len(service.asked), page.revisions.count()
    press(client, page)
    work()
    assert job(client, page)["state"] == "done"
    assert MachineJob.objects.get(page=page).fault == "nothing"
    assert (len(service.asked), page.revisions.count()) == (count, revisions)


FAILURES: dict[str, tuple[tuple[int, bytes], Fault]] = {
    "400": ((400, b'{"error": "bad"}'), Fault.BROKEN),
    "403": ((403, b'{"error": "Invalid API key"}'), Fault.REFUSED),
    "429": ((429, b'{"error": "Slowdown"}'), Fault.LIMIT),
    "500": ((500, b"Internal Server Error"), Fault.BROKEN),
    "302": ((302, b""), Fault.BROKEN),
    "not JSON": ((200, b"<html>"), Fault.BROKEN),
    "empty": ((200, b""), Fault.BROKEN),
    "other JSON": ((200, b'{"ok": true}'), Fault.BROKEN),
    "a number": ((200, b"5"), Fault.BROKEN),
    "one text": ((200, b'{"translatedText": "uno"}'), Fault.BROKEN),
    "too few": ((200, b'{"translatedText": ["uno"]}'), Fault.BROKEN),
    "no texts": ((200, b'{"translatedText": [1, 2]}'), Fault.BROKEN),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_is_told_and_changes_nothing(client: Client, service: Service, kind: str) -> None:
    service.answer, fault = FAILURES[kind]
    page = begun(original())
    revisions = page.revisions.count()
    press(client, page)
    work()
    said = job(client, page)
    assert said["state"] == "failed"
    assert not said["under_way"]
    assert MachineJob.objects.get(page=page).fault == fault
    assert said["text"]
    assert page.revisions.count() == revisions
    assert set(states(page).values()) == {"copied"}


def test_a_slow_service(client: Client, service: Service) -> None:
    service.delay = 0.8
    page = begun(original())
    press(client, page)
    work()
    assert MachineJob.objects.get(page=page).fault == Fault.SLOW


def test_a_service_that_is_down(client: Client, service: Service, settings: Settings) -> None:
    page = begun(original())
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "practices.translation.machine.LibreTranslate",
        "OPTIONS": {"LIBRETRANSLATE_URL": "http://127.0.0.1:1", "API_KEY": ""},
    }
    press(client, page)
    work()
    assert MachineJob.objects.get(page=page).fault == Fault.UNREACHABLE


def test_what_was_translated_before_a_failure_is_not_asked_for_again(
    client: Client, service: Service
) -> None:
    many = "".join(f"<p>Párrafo número {number}.</p>" for number in range(30))
    page = begun(original(sections={"background": many, "summary": "<p>Una frase más.</p>"}))
    service.answer, service.fails_after = (500, b"no"), 1
    press(client, page)
    work()
    assert MachineJob.objects.get(page=page).fault == Fault.BROKEN
    first = list(service.sent)
    assert len(first) == MAX_STRINGS
    assert StringTranslation.objects.filter(translation_type="machine").count() >= len(first)
    assert states(page)["background"] == "copied"
    service.answer = None
    press(client, page)
    work()
    assert job(client, page)["state"] == "done"
    assert not set(service.sent[len(first) :]) & set(first)
    assert section(page, "background").source.count("[pt-BR] Párrafoês") == 30


def test_texts_that_come_back_spoilt_are_not_taken(client: Client, service: Service) -> None:
    service.spoil = lambda text: text.replace('<a id="a1">', "<a>").replace("<b>", "<b><script>x")
    page = begun(original())
    press(client, page)
    work()
    assert MachineJob.objects.get(page=page).fault == "partial"
    assert states(page)["background"] == "copied"
    assert states(page)["summary"] == "machine"
    assert "script" not in section(page, "background").source


def test_a_review_that_begins_meanwhile_keeps_the_texts(
    client: Client, service: Service, translator: User
) -> None:
    practice = original()
    page = checked(client, begun(practice), translator)
    rewrite(practice, "background", "Una oficina en cada ciudad grande", "Dos oficinas por ciudad")
    press(client, page)
    stored(page).get_workflow().start(stored(page), translator)
    before = stored(page).latest_revision_id
    work()
    assert MachineJob.objects.get(page=page).fault == "review"
    assert stored(page).latest_revision_id == before
    assert StringTranslation.objects.filter(data="[pt-BR] Dosês oficinasês porês ciudadês").exists()
    assert press(client, page)
    assert not DBTaskResult.objects.filter(task_path__contains="by_machine").exists()
    stored(page).current_workflow_state.cancel(user=translator)
    count = len(service.asked)
    press(client, page)
    work()
    assert len(service.asked) == count
    assert "[pt-BR] Dosês oficinasês" in section(page, "background").source


def test_one_job_at_a_time_and_a_dead_one_is_taken_over(client: Client, service: Service) -> None:
    page = begun(original())
    press(client, page)
    assert len(press(client, page)) == 1
    assert DBTaskResult.objects.filter(task_path__contains="by_machine").count() == 1
    html = client.get(reverse("practice_translation", args=[page.pk])).content.decode()
    assert "data-translation-under-way" in html
    MachineJob.objects.update(updated_at=timezone.now() - timedelta(minutes=11))
    assert not job(client, page)["under_way"]
    assert press(client, page) == []
    assert DBTaskResult.objects.filter(task_path__contains="by_machine").count() == 2
    work()
    # The task of the job that was given up finds that it is another's by now.
    assert len(service.sent) == len(set(service.sent))


def test_without_a_service_there_is_no_button(client: Client) -> None:
    page = begun(original())
    html = client.get(reverse("practice_translation", args=[page.pk])).content.decode()
    assert reverse("practice_translation_machine", args=[page.pk]) not in html
    assert len(press(client, page)) == 1
    assert not MachineJob.objects.exists()


def test_deepl(client: Client, service: Service, settings: Settings) -> None:
    service.key = KEY
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "practices.translation.machine.DeepL",
        "OPTIONS": {"URL": f"{service.url}/v2/translate", "AUTH_KEY": KEY},
    }
    page = begun(original())
    press(client, page)
    work()
    assert service.asked[0]["target"] == "PT-BR"
    assert service.asked[0]["source_lang"] == ["ES"]
    assert latest(page).title == "[PT-BR] Registroês & acogidaês"
    assert set(states(page).values()) == {"machine"}
