"""What becomes of a translation when its original changes: the table of docs/secretariat.md."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from home.models import User
from practices.admin import scope
from practices.mail.notices import write_pending
from practices.models import PracticePage, PracticeRecord
from practices.moderation.access import Role, group_name
from tests.factories import country
from tests.forms import complete_data, create, edit, form_data
from tests.practices.moderation.steps import (
    actions,
    decide,
    person,
    seen,
    signed_in,
    state,
    stored,
    submit,
)

pytestmark = pytest.mark.django_db

KEYS = ("results", "background", "summary", "why_good_practice")
SPANISH = dict.fromkeys(KEYS, "<p>Una frase.</p>")
PORTUGUESE = {key: f"<p>Texto em português a respeito de {key}.</p>" for key in KEYS}
TITLE, TRANSLATED = "Una experiencia de frontera", "Uma vivência fronteiriça"


@pytest.fixture(autouse=True)
def nobody_endorses(db: None) -> None:
    Group.objects.get(name=group_name(Role.FOCAL_POINT, "pe")).user_set.clear()


@pytest.fixture
def secretary(secretariat: User) -> Client:
    return signed_in(secretariat)


@pytest.fixture
def translator(db: None) -> Client:
    return signed_in(person("traductora", (Role.TRANSLATOR, "pe")))


@pytest.fixture
def original(editor_client: Client, secretary: Client) -> PracticePage:
    practice = create(editor_client, complete_data(title=TITLE, sections=SPANISH))
    submit(editor_client, practice, title=TITLE, sections=SPANISH)
    return approved(secretary, practice)


@pytest.fixture
def translation(original: PracticePage, translator: Client, secretary: Client) -> PracticePage:
    translator.post(reverse("practice_translate", args=[original.pk, "pt-br"]))
    page = stored(original).translations.get()
    translate(translator, page)
    page = approved(secretary, page)
    assert shown(page) == {"approved"}
    told("editor-pe")
    return page


def translate(client: Client, page: PracticePage, *checked: str, **values: Any) -> Any:
    """Send a translation for review, with the boxes “checked” of some sections ticked."""
    present = stored(page).original
    texts = {"title": TRANSLATED, "slug": page.slug, "sections": PORTUGUESE} | values
    data = form_data(**texts)
    data = {name: value for name, value in data.items() if not name.startswith("references")}
    data |= {
        "translation_seen": present.live_revision_id or "" if present else "",
        "translation_boxes": list(checked),
        "translation_checked": list(checked),
        "action-submit": "1",
    }
    return edit(client, page, data)


def approved(secretary: Client, practice: PracticePage) -> PracticePage:
    decide(secretary, practice, "approve_and_publish", seen(practice))
    assert state(practice) == "published"
    return stored(practice)


def change(editor: Client, secretary: Client, original: PracticePage, **values: Any) -> None:
    """Send another text of the original for review, and approve it."""
    submit(editor, original, **({"title": TITLE, "sections": SPANISH} | values))
    approved(secretary, original)


def unpublish(client: Client, practice: PracticePage) -> None:
    client.post(reverse("wagtailadmin_pages:unpublish", args=[practice.pk]))
    assert not stored(practice).live


def shown(page: PracticePage) -> set[str]:
    return {section.shown for section in page.section_states.all()}


def outdated(page: PracticePage) -> set[str]:
    behind = page.section_states.exclude(outdated_since=None)
    return set(behind.values_list("section", flat=True))


def is_marked(page: PracticePage) -> bool:
    """Whether readers are told that the public translation is out of date."""
    version = page.public_version()
    assert version
    return version.outdated_since is not None


def public_text(page: PracticePage, client: Client) -> str:
    response = client.get(stored(page).get_url())
    assert response.status_code == 200
    return response.content.decode()


def told(username: str) -> int:
    """How many mails a person got since this was asked last."""
    write_pending()
    [address] = User.objects.filter(username=username).values_list("email", flat=True)
    count = sum(one.to == [address] for one in mail.outbox)
    mail.outbox.clear()
    return count


def test_a_new_text_leaves_it_public_and_marked(
    original: PracticePage,
    translation: PracticePage,
    editor_client: Client,
    secretary: Client,
    client: Client,
) -> None:
    submit(editor_client, original, title=TITLE, sections=SPANISH | {"summary": "<p>Otra.</p>"})
    assert outdated(translation) == set()  # a draft is nobody's business yet
    approved(secretary, original)
    assert outdated(translation) == {"summary"}
    assert shown(translation) == {"approved", "outdated"}
    assert is_marked(translation)
    assert state(translation) == "published"
    assert TRANSLATED in public_text(translation, client)
    assert actions(translation)[-1] == "outdated"


def test_it_is_current_again_once_translated_and_approved(
    original: PracticePage,
    translation: PracticePage,
    translator: Client,
    editor_client: Client,
    secretary: Client,
) -> None:
    change(editor_client, secretary, original, title=f"{TITLE}, segunda etapa")
    new = f"{TRANSLATED}, segunda etapa"
    translate(translator, translation, "title", title=new)
    assert outdated(translation) == set()
    assert stored(translation).title == TRANSLATED
    assert is_marked(translation)  # readers have the old text yet
    approved(secretary, translation)
    assert stored(translation).title == new
    assert not is_marked(translation)
    assert shown(translation) == {"approved"}


def test_shared_facts_show_in_both_and_leave_it_current(
    original: PracticePage,
    translation: PracticePage,
    editor_client: Client,
    secretary: Client,
    client: Client,
) -> None:
    change(editor_client, secretary, original, responsible_entity="Superintendencia Nacional")
    assert outdated(translation) == set()
    assert not is_marked(translation)
    assert "outdated" not in actions(translation)
    assert "Superintendencia Nacional" in public_text(translation, client)


def test_an_unpublished_original_takes_it_down_with_one_mail(
    original: PracticePage, translation: PracticePage, secretary: Client, client: Client
) -> None:
    url = translation.get_url()
    unpublish(secretary, original)
    assert not stored(translation).live
    assert state(translation) == "unpublished"
    assert shown(translation) == {"approved"}
    assert actions(translation)[-1] == "unpublished"
    assert client.get(url).status_code == 404
    assert told("editor-pe") == 1


def test_an_original_published_again_does_not_bring_it_back(
    original: PracticePage,
    translation: PracticePage,
    editor_client: Client,
    translator: Client,
    secretary: Client,
) -> None:
    unpublish(secretary, original)
    translate(translator, translation)
    assert state(translation) == "unpublished"  # refused: the original is not public
    change(editor_client, secretary, original, title=f"{TITLE}, segunda etapa")
    assert stored(original).live
    assert not stored(translation).live
    assert outdated(translation) == {"title"}
    translate(translator, translation, title=f"{TRANSLATED}, segunda etapa")
    assert state(translation) == "submitted"
    assert not stored(translation).live
    approved(secretary, translation)
    assert stored(translation).live
    assert [version.number for version in versions(translation)] == [1, 2]


def versions(page: PracticePage) -> Any:
    record = PracticeRecord.objects.get(translation_key=page.translation_key)
    return record.versions.filter(language=page.locale.language_code)


def test_a_text_under_review_waits_while_the_original_is_down(
    original: PracticePage, translation: PracticePage, translator: Client, secretary: Client
) -> None:
    translate(translator, translation, title=f"{TRANSLATED} (nova)")
    unpublish(secretary, original)
    assert state(translation) == "submitted"
    assert not stored(translation).live
    decide(secretary, translation, "approve_and_publish", seen(translation))
    assert state(translation) == "submitted"
    assert not stored(translation).live
    decide(secretary, translation, "return", seen(translation), "El original no es público")
    assert state(translation) == "returned"


def force(client: Client, original: PracticePage, wanted: str) -> None:
    url = reverse("practice_force", args=[original.pk])
    assert client.post(url, {"in_force": wanted, "reason": "Terminó"}).status_code == 302


def test_archiving_and_reinstating_hold_for_both(
    original: PracticePage, translation: PracticePage, secretary: Client, client: Client
) -> None:
    current = public_text(translation, client)
    for wanted in ("no", "yes"):
        force(secretary, original, wanted)
        in_force = wanted == "yes"
        assert stored(translation).facts.record.in_force is in_force
        assert stored(translation).live
        assert shown(translation) == {"approved"}
        assert state(translation) == "published"
        assert (public_text(translation, client) == current) is in_force
        assert told("editor-pe") == 1


def move(client: Client, practice: PracticePage, iso_code: str) -> Any:
    target = country(iso_code)
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[practice.pk, target.pk]))


def test_it_moves_along_to_another_country(
    original: PracticePage, translation: PracticePage, secretary: Client, client: Client
) -> None:
    code = original.code
    move(secretary, original, "uy")
    assert stored(original).country == stored(translation).country == "uy"
    assert stored(translation).get_parent().specific == country("uy", "pt-br")
    assert stored(translation).live
    assert stored(translation).code == code
    assert shown(translation) == {"approved"}
    assert TRANSLATED in public_text(translation, client)
    for iso_code, sees in (("pe", False), ("uy", True)):
        user = person(f"traductora-{iso_code}", (Role.TRANSLATOR, iso_code))
        assert scope.visible(user).filter(pk=translation.pk).exists() is sees


def test_nothing_moves_while_the_translation_is_under_review(
    original: PracticePage, translation: PracticePage, translator: Client, secretary: Client
) -> None:
    translate(translator, translation, title=f"{TRANSLATED} (nova)")
    assert state(translation) == "submitted"
    move(secretary, original, "uy")
    assert stored(original).country == stored(translation).country == "pe"


def test_nothing_moves_where_the_language_has_no_page(
    original: PracticePage, translation: PracticePage, secretary: Client
) -> None:
    country("uy", "pt-br").delete()
    move(secretary, original, "uy")
    assert stored(original).country == stored(translation).country == "pe"


def test_it_goes_with_a_deleted_original(
    original: PracticePage, translation: PracticePage, secretary: Client, superuser_client: Client
) -> None:
    delete, code = reverse("wagtailadmin_pages:delete", args=[original.pk]), original.code
    secretary.post(delete)
    assert PracticePage.objects.filter(pk=translation.pk).exists()
    superuser_client.post(delete)
    assert not PracticePage.objects.filter(pk__in=[original.pk, translation.pk]).exists()
    record = PracticeRecord.objects.get(translation_key=original.translation_key)
    assert record.code == code
    assert record.versions.count() == 2


def revert(client: Client, original: PracticePage, revision: Any) -> None:
    """Open an older text in the form, and send it for review."""
    url = reverse("wagtailadmin_pages:revisions_revert", args=[original.pk, revision])
    assert client.get(url).status_code == 200
    data = complete_data(title=TITLE, sections=SPANISH)
    edit(client, original, data | {"revision": str(revision), "action-submit": "1"})


def test_an_older_text_ends_what_was_out_of_date(
    original: PracticePage,
    translation: PracticePage,
    editor_client: Client,
    secretary: Client,
) -> None:
    older = stored(original).live_revision_id
    change(editor_client, secretary, original, sections=SPANISH | {"summary": "<p>Otra.</p>"})
    assert outdated(translation) == {"summary"}
    revert(editor_client, original, older)
    assert outdated(translation) == {"summary"}  # not before it is public
    approved(secretary, original)
    assert outdated(translation) == set()
    assert shown(translation) == {"approved"}
    assert not is_marked(translation)
    assert state(translation) == "published"


def test_an_older_text_leaves_a_newer_translation_behind(
    original: PracticePage,
    translation: PracticePage,
    translator: Client,
    editor_client: Client,
    secretary: Client,
) -> None:
    older = stored(original).live_revision_id
    change(editor_client, secretary, original, title=f"{TITLE}, segunda etapa")
    translate(translator, translation, "title", title=f"{TRANSLATED}, segunda etapa")
    approved(secretary, translation)
    assert outdated(translation) == set()
    revert(editor_client, original, older)
    approved(secretary, original)
    assert outdated(translation) == {"title"}
    assert is_marked(translation)


def test_taking_down_a_translation_leaves_the_original(
    original: PracticePage, translation: PracticePage, secretary: Client, client: Client
) -> None:
    url = translation.get_url()
    unpublish(secretary, translation)
    assert stored(original).live
    assert TITLE in client.get(url, follow=True).content.decode()
    assert told("editor-pe") == 1
