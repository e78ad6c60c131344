"""`manage.py erase_contact` removes a person, and says what it removed where."""

import json
from io import StringIO
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.admin.models import FormState
from wagtail.models import Comment, CommentReply, PageLogEntry, Revision, TaskState
from wagtail_localize.models import String, TranslationSource

from home.models import User
from practices.erasure import ERASED, Traces
from practices.management.commands import erase_contact
from practices.models import (
    ContactAccess,
    ModerationEvent,
    PracticeContact,
    PracticePage,
    QueuedMail,
)
from practices.moderation import events
from practices.moderation.states import Action
from tests.factories import make_practice, translate

pytestmark = pytest.mark.django_db

NAME = "Xóchitl D'Ávila Ñahui"
EMAIL = "xochitl@example.org"
VARIANTS = f"Llamar a XOCHITL  d’avila\nÑahui ({EMAIL.upper()}), no a Xóchitl."
KEPT = "no a Xóchitl."


def strings() -> str:
    """Everything that the places hold, as one text."""
    from practices.erasure import PASSING, TEXTS, WITH_COMMENTS, _model

    found = []
    for place, name in (*TEXTS, *WITH_COMMENTS, *PASSING):
        model = _model(place)
        if model:
            found += [str(value) for value in model._base_manager.values_list(name, flat=True)]
    return "\n".join(found)


@pytest.fixture
def practice(db: None) -> PracticePage:
    """A practice whose contact person is named in all places."""
    user = User.objects.get(username="editor-pe")
    practice = make_practice(published=True)
    PracticeContact.objects.create(
        translation_key=practice.translation_key, contact_name=NAME, contact_email=EMAIL
    )
    comment = Comment(page=practice, user=user, text=VARIANTS, contentpath="title")
    comment.replies.add(CommentReply(user=user, text=VARIANTS))
    practice.wagtail_admin_comments.add(comment)
    comment.save()
    practice.save_revision()
    translate(practice)
    source, _created = TranslationSource.update_or_create_from_instance(practice)
    content = json.loads(source.content_json)
    content["wagtail_admin_comments"] = [{"text": VARIANTS}]
    TranslationSource.objects.filter(pk=source.pk).update(content_json=json.dumps(content))
    String.objects.create(locale=practice.locale, data=VARIANTS, data_hash=source.object_id)
    events.record(practice, Action.RETURNED, user, comment=VARIANTS)
    practice.get_workflow().start(practice, user)
    TaskState.objects.filter(workflow_state__object_id=str(practice.pk)).update(comment=VARIANTS)
    PageLogEntry.objects.log_action(
        practice, "wagtail.workflow.reject", user=user, data={"comment": VARIANTS}
    )
    QueuedMail.objects.create(
        recipient="editor-pe@example.org",
        subject=VARIANTS.replace("\n", " "),
        content={"body": VARIANTS, "alternatives": [["<p>Xóchitl D&#x27;Ávila Ñahui</p>", "html"]]},
    )
    FormState.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(PracticePage),
        object_id=str(practice.pk),
        data="title=A&comments-0-text=Xochitl+D%27Avila%20%C3%91ahui",
        last_updated_at=timezone.now(),
    )
    resolved = Comment(
        page=practice, user=user, text=VARIANTS, contentpath="slug", resolved_at=timezone.now()
    )
    resolved.save()
    return practice


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("erase_contact", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("how", ["email", "name", "practice", "code"])
def test_the_person_is_gone_from_all_places(practice: PracticePage, how: str) -> None:
    arguments = {
        "email": ("--email", EMAIL.title()),
        "name": ("--name", "xochitl  d'avila ñahui"),
        "practice": ("--practice", str(practice.pk)),
        "code": ("--practice", practice.code.lower()),
    }[how]
    others = PracticeContact.objects.count() - 1
    assert "VILA" in strings().upper()
    said = run(*arguments, "--no-input")
    assert PracticeContact.objects.count() == others
    left = Traces([NAME], [EMAIL])
    assert not left.name(strings().split("\n"))
    assert strings().count(KEPT) > 8
    for place, count in (
        ("practices.ModerationEvent.comment", 1),
        ("practices.QueuedMail.subject", 1),
        ("practices.QueuedMail.content", 1),
        ("wagtailcore.PageLogEntry.data", 1),
        ("wagtailcore.Comment.text", 2),
        ("wagtailcore.CommentReply.text", 1),
        ("wagtailcore.TaskState.comment", 1),
        ("wagtail_localize.String.data", 1),
        ("wagtailadmin.FormState", 1),
    ):
        assert f"  {place}: {count}\n" in said
    assert "wagtailcore.Revision.content" in said
    assert "wagtail_localize.TranslationSource.content_json" in said
    assert f"private contact of {practice.code}" in said
    assert "Left as it is" not in said
    line = ContactAccess.objects.get(action="erased")
    assert (line.code, line.user) == (practice.code, None)
    assert ERASED in ModerationEvent.objects.get(page=practice, action="returned").comment
    assert run("--name", NAME, "--no-input").endswith("Removed:\n  nothing\n")


def test_the_text_of_pages_stays_and_is_reported(practice: PracticePage) -> None:
    practice = PracticePage.objects.get(pk=practice.pk)
    PracticePage.objects.filter(pk=practice.pk).update(
        institutional_email=EMAIL, title=f"Lo que hizo {NAME}"
    )
    User.objects.filter(username="editor-pe").update(email=EMAIL)
    before = Revision.objects.for_instance(practice).count()
    said = run("--practice", str(practice.pk), "--no-input")
    assert f"home.User.email: 1 (id {User.objects.get(username='editor-pe').pk})" in said
    assert f"practices.PracticePage.institutional_email: 1 (id {practice.pk})" in said
    assert f"wagtailcore.Page.title: 1 (id {practice.pk})" in said
    assert PracticePage.objects.get(pk=practice.pk).institutional_email == EMAIL
    assert Revision.objects.for_instance(practice).count() == before


def test_a_dry_run_changes_nothing(practice: PracticePage) -> None:
    before = strings()
    said = run("--email", EMAIL, "--dry-run")
    assert "Would be removed:" in said
    assert "wagtailcore.Comment.text: 2" in said
    assert strings() == before
    assert PracticeContact.objects.filter(contact_email=EMAIL).exists()
    assert not ContactAccess.objects.exists()


@pytest.mark.parametrize(("answer", "is_removed"), [("", False), ("no", False), ("y", True)])
def test_it_asks_before(
    practice: PracticePage, answer: str, is_removed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(erase_contact, "input", lambda _question: answer, raising=False)
    said = run("--email", EMAIL)
    assert ("Nothing was changed." in said) is not is_removed
    assert PracticeContact.objects.filter(contact_email=EMAIL).exists() is not is_removed


def test_a_person_without_a_row_is_struck_out_as_well(practice: PracticePage) -> None:
    PracticeContact.objects.filter(contact_email=EMAIL).delete()
    run("--name", NAME, "--email", EMAIL, "--no-input")
    assert not Traces([NAME], [EMAIL]).name(strings().split("\n"))


def test_a_stored_name_of_one_word_strikes_nobody_out(practice: PracticePage) -> None:
    PracticeContact.objects.filter(contact_email=EMAIL).update(contact_name="Xóchitl")
    run("--email", EMAIL, "--no-input")
    assert KEPT in strings()


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("--email", "nobody"),
        ("--name", "Al"),
        ("--practice", "OSUMI-PER-9999"),
        ("--practice", "99999999"),
    ],
)
def test_what_cannot_be_meant_is_refused(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*arguments, "--no-input")


def test_a_practice_without_a_contact_is_told() -> None:
    practice = make_practice()
    with pytest.raises(CommandError, match="No contact"):
        run("--practice", str(practice.pk), "--no-input")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ANA QUISPE", ERASED),
        ("Ana Quispelli", "Ana Quispelli"),
        ("Mariana Quispe", "Mariana Quispe"),
        ("de ana@example.org.", f"de {ERASED}."),
        ("de ana@example.org.pe", "de ana@example.org.pe"),
        ("mariana@example.org", "mariana@example.org"),
        ("Straße, Ana  Quispe", f"Straße, {ERASED}"),
        ("Ana\u0301 Quispe", ERASED),
    ],
)
def test_whole_names_and_addresses_alone(text: str, expected: str) -> None:
    traces: Any = Traces(["Ana Quispe"], ["ana@example.org"])
    assert traces.strike(text) == expected
    assert traces.strike({"a": [text, 1]}) == {"a": [expected, 1]}
