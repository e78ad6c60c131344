"""What translators are told when a published original changes."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.models import User
from practices.mail.receivers import unannounced
from practices.mail.tasks import work_off
from practices.models import MailPreference, ModerationEvent, PracticePage, SectionTranslation
from practices.moderation.access import Role
from practices.moderation.states import Action
from practices.translation.states import Marks
from tests.factories import SECTIONS, make_practice, publish, translate
from tests.practices.mail.conftest import few_people, queue, server
from tests.practices.mail.smtp import MailServer
from tests.practices.mail.test_notices import mails, only
from tests.practices.moderation.steps import actions, decide, person, seen, signed_in, stored

from .texts import latest, republish

__all__ = ["few_people", "queue", "server"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_people")]

TOLD = ["translation out of date"]


@pytest.fixture
def translation(db: None, few_people: None) -> PracticePage:
    """A public translation of Perú that its editor made."""
    with unannounced():
        original = make_practice(published=True, title="Una experiencia")
        page = translate(original, published=True)
        PracticePage.objects.filter(pk=page.pk).update(owner=User.objects.get(username="editor-pe"))
    for role in (Role.EDITOR, Role.TRANSLATOR):
        person(f"uy-{role.name.lower()}", (role, "uy"))
    return page


@pytest.fixture
def translator(translation: PracticePage) -> User:
    return person("translator", (Role.TRANSLATOR, "pe"))


def change(translation: PracticePage, **sections: str) -> None:
    """Publish the original with another title, or with other sections."""
    original = PracticePage.objects.get(translations=translation)
    republish(original, **(sections or {"title": f"{original.title}, segunda etapa"}))


def about_translations(server: MailServer) -> dict[str, list[str]]:
    """What people are told of translations; the publication of the original is another subject."""
    told = {name: [s for s in subjects if s in TOLD] for name, subjects in mails(server).items()}
    return {name: subjects for name, subjects in told.items() if subjects}


def test_translators_and_who_translated_it_are_told_what_changed(
    server: MailServer, translation: PracticePage, translator: User
) -> None:
    change(translation, summary="<p>Otra frase.</p>", results="<p>Otros resultados.</p>")
    assert about_translations(server) == {"translator": TOLD, "editor-pe": TOLD}
    received = only(server, "translator")
    for form in ("plain", "html"):
        text = received.part(form)
        for expected in ("2.2 Summary", "2.3 Results", translation.title, "See what changed"):
            assert expected in text
        assert "2.1 " not in text
        assert reverse("wagtailadmin_pages:edit", args=[translation.pk]) in text
    assert "2.2 Summary of the experience" in received.part("plain").splitlines()


def test_the_items_are_named_in_the_language_of_the_reader(
    server: MailServer, translation: PracticePage, translator: User
) -> None:
    UserProfile.objects.create(user=translator, preferred_language="pt-br")
    change(translation, summary="<p>Otra frase.</p>")
    mails(server)
    text = only(server, "translator").part("plain")
    assert "2.2 Resumo" in text
    assert "Summary" not in text


def test_one_mail_for_a_publication_and_none_for_what_was_behind_before(
    server: MailServer, translation: PracticePage, translator: User
) -> None:
    change(translation, summary="<p>Otra frase.</p>", results="<p>Otros resultados.</p>")
    assert about_translations(server)["translator"] == TOLD
    change(translation, summary="<p>Una más.</p>", results="<p>Otros resultados.</p>")
    assert about_translations(server) == {}
    change(translation)
    assert about_translations(server)["translator"] == TOLD
    assert "1.2 Title" in only(server, "translator").part("plain")


def test_without_translators_the_editors_are_told(
    server: MailServer, translation: PracticePage
) -> None:
    colleague = person("colleague", (Role.EDITOR, "pe"))
    change(translation)
    assert about_translations(server) == {"editor-pe": TOLD, colleague.username: TOLD}


def test_nobody_is_told_of_what_came_back(
    server: MailServer, translation: PracticePage, translator: User
) -> None:
    change(translation, summary="<p>Otra frase.</p>")
    change(translation, summary=SECTIONS["summary"])
    assert about_translations(server) == {}


def test_other_changes_are_told_to_nobody(
    server: MailServer, translation: PracticePage, translator: User
) -> None:
    page = latest(PracticePage.objects.get(translations=translation))
    page.responsible_entity = "Otra dirección"
    publish(page)
    assert about_translations(server) == {}


@pytest.mark.parametrize(("wanted", "told"), [("act", True), ("none", False)])
def test_preferences(
    wanted: str, told: bool, server: MailServer, translation: PracticePage, translator: User
) -> None:
    MailPreference.objects.create(user=translator, wanted=wanted)
    change(translation)
    assert ("translator" in about_translations(server)) is told


def test_who_left_is_not_told(
    server: MailServer, translation: PracticePage, translator: User
) -> None:
    User.objects.filter(username="editor-pe").update(is_active=False)
    translator.groups.clear()
    change(translation)
    assert about_translations(server) == {}


def test_the_log_names_the_items(
    translation: PracticePage, superuser_client: Client, secretariat: User
) -> None:
    change(translation, summary="<p>Otra frase.</p>")
    event = ModerationEvent.objects.get(action=Action.OUTDATED)
    assert event.comment == "2.2"
    assert event.get_comment_display() == "2.2 Summary of the experience"
    UserProfile.objects.filter(user=secretariat).update(preferred_language="es")
    log = reverse("practices_moderationevent_modeladmin_index")
    for url in (f"{log}?action__exact=outdated", f"{log}inspect/{event.pk}/"):
        html = signed_in(secretariat).get(url).content.decode()
        assert "2.2 Resumen" in html
        assert translation.title in html
    export = signed_in(secretariat).get(f"{log}?export=csv&action__exact=outdated")
    assert "2.2 Resumen" in b"".join(export.streaming_content).decode("utf-8-sig")


def digest(username: str) -> str:
    """The text of the weekly summary of a person, empty without one."""
    mail.outbox.clear()
    call_command("send_digest", stdout=StringIO())
    texts = [str(one.body) for one in mail.outbox if one.to == [f"{username}@example.org"]]
    return texts[0] if texts else ""


def test_the_summary_lists_them_until_somebody_takes_them_up(
    translation: PracticePage, translator: User, settings: Any
) -> None:
    assert digest("translator") == ""
    change(translation)
    SectionTranslation.objects.exclude(outdated_since=None).update(
        outdated_since=timezone.now() - timedelta(days=3, minutes=1)
    )
    text = digest("translator")
    assert "Translations out of date" in text
    assert translation.title in text
    assert "for 3 days" in text
    assert "1 ficha waits" in text
    assert translation.title not in digest("uy-translator")
    assert translation.title not in digest("editor-pe")
    translator.groups.clear()
    assert translation.title in digest("editor-pe")
    page = latest(translation)
    page.title = "Título novo"
    page.marks = Marks(checked=frozenset(["title"]))
    page.save_revision(user=User.objects.get(username="editor-pe"))
    assert "out of date" not in digest("editor-pe")


def test_it_disturbs_no_review(
    server: MailServer, translation: PracticePage, translator: User, secretariat: User
) -> None:
    page = latest(translation)
    page.title = "Título revisado"
    page.save_revision(user=translator)
    page = stored(translation)
    page.get_workflow().start(page, translator)
    text = seen(page)
    work_off()
    change(translation, summary="<p>Otra frase.</p>")
    assert stored(translation).moderation.state == "submitted"
    told = mails(server)
    assert told["translator"] == TOLD
    decide(signed_in(secretariat), page, "approve_and_publish", text)
    told = mails(server)
    assert told["translator"] == ["approved and published"]
    assert actions(page)[-5:] == [
        "submitted",
        "endorsement_skipped",
        "outdated",
        "approved",
        "published",
    ]
    event = page.moderation_events.get(action=Action.PUBLISHED, revision_id=text["revision"])
    assert not event.exceptional
    assert stored(page).live
    assert stored(page).title == "Título revisado"
    version = stored(page).public_version()
    assert version
    assert version.outdated_since
