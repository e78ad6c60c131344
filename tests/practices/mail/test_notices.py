"""Who is told of what, in which words: the mails of moderation."""

from email.header import decode_header, make_header

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from pytest_django.fixtures import Settings
from wagtail.admin.mail import send_notification
from wagtail.models import Comment, CommentReply
from wagtail.users.models import UserProfile

from home.models import User
from practices.mail.comments import open_comments
from practices.mail.receivers import unannounced
from practices.mail.tasks import work_off
from practices.models import MailPreference, PendingNotice, PracticePage, QueuedMail
from practices.moderation.access import Role
from practices.moderation.force import set_in_force
from tests.factories import country, make_practice, publish, translate
from tests.forms import complete_data, create, edit
from tests.practices.mail.smtp import MailServer, Received
from tests.practices.moderation.steps import decide, person, seen, signed_in, state, stored, submit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("server")]


@pytest.fixture(autouse=True)
def others(few_people: None) -> None:
    """People of Uruguay, who never hear of Perú."""
    for role in (Role.EDITOR, Role.FOCAL_POINT, Role.TRANSLATOR):
        person(f"uy-{role.name.lower()}", (role, "uy"))


@pytest.fixture
def focal(db: None) -> User:
    return person("focal", (Role.FOCAL_POINT, "pe"))


@pytest.fixture
def practice(editor_client: Client) -> PracticePage:
    """A complete draft of Perú, by its editor."""
    return create(editor_client, complete_data(title="Una experiencia"))


def mails(server: MailServer) -> dict[str, list[str]]:
    """Work the queue off; what the mails to each person are about, by user name."""
    server.received.clear()
    work_off()
    found: dict[str, list[str]] = {}
    for mail in server.received:
        [address] = mail.recipients
        subject = str(make_header(decode_header(mail.message["Subject"])))
        found.setdefault(address.split("@")[0], []).append(subject.rsplit(" · ", 1)[1])
    assert not any(name.startswith("uy-") for name in found)
    assert not PendingNotice.objects.exists()
    return found


def only(server: MailServer, username: str) -> Received:
    [mail] = server.to(f"{username}@example.org")
    return mail


def test_from_submission_to_publication(
    server: MailServer,
    practice: PracticePage,
    editor_client: Client,
    focal: User,
    secretariat: User,
) -> None:
    submit(editor_client, practice, title="Una experiencia")
    assert mails(server) == {"focal": ["to endorse"], "editor-pe": ["sent for review"]}
    decide(signed_in(focal), practice, "endorse", seen(practice), "De acuerdo")
    assert mails(server) == {
        "secretaria": ["endorsed, to review"],
        "editor-pe": ["endorsed"],
    }
    assert "De acuerdo" in only(server, "editor-pe").part("plain")
    decide(signed_in(secretariat), practice, "approve_and_publish", seen(practice), "Muy útil")
    assert state(practice) == "published"
    assert mails(server) == {
        "editor-pe": ["approved and published"],
        "focal": ["approved and published"],
    }
    text = only(server, "editor-pe").part("plain")
    assert "Muy útil" in text
    assert stored(practice).full_url in text
    assert stored(practice).code in text


def test_the_secretariat_is_asked_where_the_endorsement_is_skipped(
    server: MailServer, practice: PracticePage, editor_client: Client
) -> None:
    submit(editor_client, practice)
    assert mails(server) == {"secretaria": ["to review"], "editor-pe": ["sent for review"]}
    text = only(server, "secretaria").part("plain")
    assert "no focal point" in text
    assert f"http://testserver/admin/pages/{practice.pk}/edit/" in text


def test_a_return_tells_reason_and_comments_to_all_who_acted_before(
    server: MailServer,
    practice: PracticePage,
    editor_client: Client,
    focal: User,
    secretariat: User,
) -> None:
    submit(editor_client, practice)
    decide(signed_in(focal), practice, "endorse", seen(practice))
    mails(server)
    page = stored(practice)
    block = next(block for block in page.sections if block.block_type == "summary")
    comment = Comment.objects.create(
        page=page, user=secretariat, text="¿Cuántas personas?", contentpath=f"sections.{block.id}"
    )
    CommentReply.objects.create(comment=comment, user=practice.owner, text="Unas mil.")
    Comment.objects.create(page=page, user=secretariat, text="Muy largo", contentpath="title")
    Comment.objects.create(
        page=page, user=secretariat, text="Ana vive en Lima", contentpath="contact_name"
    )
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta la fuente")
    assert mails(server) == {
        "editor-pe": ["returned for corrections"],
        "focal": ["returned for corrections"],
    }
    for form in ("plain", "html"):
        text = only(server, "editor-pe").part(form)
        for expected in ("Falta la fuente", "2.2 Summary", "¿Cuántas personas?", "Unas mil."):
            assert expected in text
        assert text.index("1.2 Title") < text.index("2.2 Summary")
        assert "Ana vive en Lima" not in text


def test_a_focal_point_that_returned_hears_of_no_later_round(
    server: MailServer,
    practice: PracticePage,
    editor_client: Client,
    focal: User,
    secretariat: User,
) -> None:
    submit(editor_client, practice)
    decide(signed_in(focal), practice, "return", seen(practice), "Falta")
    mails(server)
    focal.groups.clear()
    submit(editor_client, practice)
    assert state(practice) == "submitted"
    mails(server)
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta todavía")
    assert mails(server) == {"editor-pe": ["returned for corrections"]}


def test_who_was_asked_hears_of_a_withdrawal(
    server: MailServer, practice: PracticePage, editor_client: Client, focal: User
) -> None:
    withdraw = {"action-cancel-workflow": "1"}
    submit(editor_client, practice)
    mails(server)
    edit(editor_client, practice, complete_data() | withdraw)
    assert mails(server) == {"focal": ["withdrawn"]}
    focal.delete()
    submit(editor_client, practice)
    mails(server)
    edit(editor_client, practice, complete_data() | withdraw)
    assert mails(server) == {"secretaria": ["withdrawn"]}


def test_nobody_is_asked_to_act_on_what_is_over(
    server: MailServer, practice: PracticePage, editor_client: Client
) -> None:
    submit(editor_client, practice)
    edit(editor_client, practice, complete_data() | {"action-cancel-workflow": "1"})
    assert mails(server) == {"editor-pe": ["sent for review"], "secretaria": ["withdrawn"]}


def test_a_former_editor_hears_nothing_more(
    server: MailServer,
    practice: PracticePage,
    editor: User,
    editor_client: Client,
    secretariat: User,
) -> None:
    submit(editor_client, practice)
    mails(server)
    editor.groups.set([Group.objects.get(name="País UY")])
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta")
    assert mails(server) == {}


def test_taken_down_and_out_of_force_once_for_all_languages(
    server: MailServer, editor: User, secretariat: User, superuser: User
) -> None:
    with unannounced():
        practice = make_practice(published=True, owner=editor)
        translate(practice, published=True)
    person("colleague", (Role.EDITOR, "pe"))
    set_in_force(practice, secretariat, in_force=False, reason="El programa terminó")
    assert mails(server) == {
        "editor-pe": ["no longer in force"],
        "colleague": ["no longer in force"],
    }
    assert "El programa terminó" in only(server, "colleague").part("plain")
    set_in_force(practice, superuser, in_force=True, reason="Sigue")
    assert set(mails(server)) == {"editor-pe", "colleague", "secretaria"}
    stored(practice).unpublish(user=secretariat)
    assert mails(server) == {"editor-pe": ["no longer public"], "colleague": ["no longer public"]}


def test_a_superuser_publishing_around_the_review_is_told_to_the_authors(
    server: MailServer, practice: PracticePage, superuser: User
) -> None:
    publish(practice, superuser)
    assert mails(server) == {"editor-pe": ["published"]}


def test_translations_are_told_to_those_who_look_after_them(
    server: MailServer, editor: User, secretariat: User
) -> None:
    with unannounced():
        original = make_practice(published=True, owner=editor)
        translation = translate(original)
    translator = person("translator", (Role.TRANSLATOR, "pe"))
    translation.save_revision(user=translator)
    translation.get_workflow().start(translation, translator)
    assert mails(server) == {"secretaria": ["to review"], "translator": ["sent for review"]}
    assert "translations need none" in only(server, "secretaria").part("plain")
    decide(signed_in(secretariat), translation, "return", seen(translation), "Falta")
    assert mails(server) == {
        "editor-pe": ["returned for corrections"],
        "translator": ["returned for corrections"],
    }


def test_each_reads_their_own_language_with_links_and_both_forms(
    server: MailServer, queue: Settings, secretariat: User
) -> None:
    queue.LANGUAGE_CODE = "es"
    brasil = User.objects.get(username="editor-br")
    UserProfile.objects.filter(user=brasil).update(preferred_language="pt-br")
    UserProfile.objects.filter(user=secretariat).delete()
    practice = make_practice(country("br"), owner=brasil, title="Uma experiência")
    practice.get_workflow().start(practice, brasil)
    mails(server)
    portuguese, spanish = only(server, "editor-br"), only(server, "secretaria")
    assert '<html lang="pt-br">' in portuguese.part("html")
    assert '<html lang="es">' in spanish.part("html")
    for mail in (portuguese, spanish):
        assert mail.message["Auto-Submitted"] == "auto-generated"
        for form in ("plain", "html"):
            text = mail.part(form)
            assert text.count(f"/admin/pages/{practice.pk}/edit/") == 1
            assert "Uma experiência" in text
            assert "http://testserver/admin/account/" in text
    assert "<img" not in portuguese.part("html")


def account_data(client: Client) -> dict[str, str]:
    """What the form of the account settings sends when nothing is changed."""
    panels = client.get(reverse("wagtailadmin_account")).context["panels_by_tab"].values()
    forms = [panel.get_form() for tab in panels for panel in tab]
    fields = [form[name] for form in forms for name in form.fields if "password" not in name]
    data = {field.html_name: str(field.value() or "") for field in fields}
    return data | {"name_email-first_name": "Ana", "name_email-last_name": "Paz"}


def test_preferences_decide_and_are_set_in_the_account(
    server: MailServer, practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    account = reverse("wagtailadmin_account")
    html = editor_client.get(account).content.decode()
    assert "practice_mail-wanted" in html
    assert "approved_notifications" not in html
    assert "submitted_notifications" not in html
    assert "updated_comments_notifications" in html
    data = account_data(editor_client) | {"practice_mail-wanted": "act"}
    del data["practice_mail-digest"]
    assert editor_client.post(account, data).status_code == 302
    preference = MailPreference.objects.get(user__username="editor-pe")
    assert (preference.wanted, preference.digest) == ("act", False)
    submit(editor_client, practice)
    assert set(mails(server)) == {"secretaria"}
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta")
    assert set(mails(server)) == {"editor-pe"}
    editor_client.post(account, data | {"practice_mail-wanted": "none"})
    MailPreference.objects.create(user=secretariat, wanted="none")
    submit(editor_client, practice)
    assert mails(server) == {}


def test_long_titles_and_markup_in_titles(
    server: MailServer, editor: User, editor_client: Client
) -> None:
    title = "<b>Programa</b> & " + "muy largo " * 22
    practice = make_practice(title=title.strip(), owner=editor)
    practice.get_workflow().start(practice, editor)
    mails(server)
    mail = only(server, "secretaria")
    assert len(str(make_header(decode_header(mail.message["Subject"])))) < 130
    assert title.strip() in mail.part("plain")
    assert "<b>Programa</b>" not in mail.part("html")
    assert "&lt;b&gt;Programa&lt;/b&gt; &amp; muy" in mail.part("html")


def test_no_mail_holds_the_private_contact(
    server: MailServer, practice: PracticePage, editor_client: Client, secretariat: User
) -> None:
    contact = practice.private_contact()
    contact.contact_name = "Nombre Privado"
    contact.contact_email = "privado@example.org"
    contact.save()
    submit(editor_client, practice)
    mails(server)
    decide(signed_in(secretariat), practice, "return", seen(practice), "Falta")
    texts = [mail.message.as_string() for mail in server.received]
    mails(server)
    texts += [mail.message.as_string() for mail in server.received]
    assert texts
    for text in texts:
        assert "Privado" not in text
        assert "privado@" not in text


@pytest.mark.usefixtures("site_data")
def test_a_server_that_hangs_delays_no_submission(
    server: MailServer, editor_client: Client, practice: PracticePage
) -> None:
    server.behaviour = "hang"
    response = submit(editor_client, practice)
    assert response.status_code == 302
    assert state(practice) == "submitted"
    assert server.connections == 0
    work_off()
    assert server.connections == 1
    assert QueuedMail.objects.count() == 2


def test_a_mail_that_cannot_be_written_holds_up_no_other(
    server: MailServer,
    practice: PracticePage,
    editor_client: Client,
    queue: Settings,
    superuser: User,
) -> None:
    with unannounced():
        published = make_practice(published=True)
    submit(editor_client, practice)
    queue.WAGTAIL_SITE_NAME = None
    queue.WAGTAILADMIN_BASE_URL = 3  # what a slip in the settings may do
    work_off()
    notice = PendingNotice.objects.get()
    assert "AttributeError" in notice.error
    queue.WAGTAILADMIN_BASE_URL = "http://testserver"
    set_in_force(published, superuser, in_force=False, reason="Terminó")
    work_off()
    assert {mail.recipients[0] for mail in server.received} >= {"secretaria@example.org"}
    assert PendingNotice.objects.get() == notice
    call_command("send_mail_queue", "--retry-failed")
    assert not PendingNotice.objects.exists()


def test_comments_are_told_to_who_still_has_to_do_with_the_practice(
    server: MailServer, practice: PracticePage, editor: User, secretariat: User
) -> None:
    """Wagtail mails all who ever commented or subscribed, whatever their groups are by now."""
    former = User.objects.get(username="uy-editor")
    comment = Comment(page=practice, user=secretariat, text="¿De qué año?", contentpath="nowhere")
    comment.save()
    lists: dict[str, list[Comment]] = {
        "new_comments": [comment],
        "resolved_comments": [],
        "deleted_comments": [],
        "replied_comments": [],
    }
    context = {"page": practice, "editor": secretariat, **lists}
    send_notification([editor, former], "updated_comments", context)
    assert mails(server) == {"editor-pe": ["comments by Secretaría OSUMI"]}
    assert "¿De qué año?" in only(server, "editor-pe").part("plain")
    with override("en"):
        assert [entry.place for entry in open_comments(practice)] == ["Ficha"]


def test_loading_the_demo_tells_nobody() -> None:
    assert not PendingNotice.objects.exists()
    assert not QueuedMail.objects.exists()
