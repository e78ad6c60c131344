"""Pages other than practices in wagtail-localize's editor, by the permissions of the page."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import GroupPagePermission, Locale, Page
from wagtail_localize.models import StringSegment, Translation

from home.models import ContentPage, HomePage, User
from tests.factories import country, make_practice
from tests.practices.moderation.steps import signed_in

from .localized import BUTTONS, CLOSED, SOURCE, TARGET, Work, at_work, rows

pytestmark = pytest.mark.django_db


def may(user: User, page: Page, *actions: str) -> None:
    """Give a person's own group permissions on a page."""
    group, _created = Group.objects.get_or_create(name=f"own {user.pk}")
    user.groups.add(group)
    group.permissions.add(Permission.objects.get(codename="submit_translation"))
    for action in actions:
        permission = Permission.objects.get(
            codename=f"{action}_page", content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.create(group=group, page=page, permission=permission)


@pytest.fixture
def writer(people: dict[str, User], content: Work) -> User:
    """Somebody who may edit both versions of the page, and publish neither."""
    user = people["focal point"]
    may(user, content.source, "add", "change")
    may(user, content.target, "add", "change")
    return User.objects.get(pk=user.pk)


def write_string(client: Client, work: Work, words: str) -> int:
    """Translate a text in the segment editor, as its script sends it."""
    answer = client.put(
        work.address("edit_string_translation"),
        urlencode({"value": words}),
        content_type="application/x-www-form-urlencoded",
    )
    return answer.status_code


def publish_by_button(client: Client, page: Page) -> int:
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return client.post(edit, {"action": "publish"}).status_code


def test_the_secretaria_translates_the_page_of_a_country(
    secretariat: User,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    """From “Translate this page” to the reader, by her permissions on the indexes alone."""
    country("ve", "pt-br").delete()
    page = country("ve")
    page.introduction = f"<p>{SOURCE}</p>"
    page.save_revision().publish()
    secretary = signed_in(secretariat)
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert secretary.get(address).status_code == 200
    answer = secretary.post(address, chosen(page, "pt-br"))
    target = country("ve", "pt-br")
    edit = reverse("wagtailadmin_pages:edit", args=[target.pk])
    assert answer["Location"] == edit
    assert not target.live
    translation = Translation.objects.get(target_locale=target.locale, enabled=True)
    segment = StringSegment.objects.get(source=translation.source, string__data=SOURCE)
    work = Work(page, target, translation, segment)
    assert SOURCE in secretary.get(edit).content.decode()
    assert write_string(secretary, work, TARGET) == 201
    # Until then readers have the page in its own language.
    html = client.get(target.get_url()).content.decode()
    assert SOURCE in html
    assert TARGET not in html
    with django_capture_on_commit_callbacks(execute=True):
        assert publish_by_button(secretary, target) == 302
    answer = client.get(country("ve", "pt-br").get_url())
    assert answer.status_code == 200
    assert TARGET in answer.content.decode()
    assert SOURCE not in answer.content.decode()


def test_who_may_not_publish_writes_for_who_may(content: Work, writer: User) -> None:
    content.translation.enabled = True
    content.translation.save()
    live = content.target.title
    client = signed_in(writer)
    assert write_string(client, content, "zqxoutraxqz") == 201
    assert publish_by_button(client, content.target) in (302, CLOSED)
    reader = Client()
    html = reader.get(content.target.get_url()).content.decode()
    assert live in html
    assert "zqxoutraxqz" not in html
    may(writer, content.target, "publish")
    assert publish_by_button(signed_in(User.objects.get(pk=writer.pk)), content.target) == 302
    assert "zqxoutraxqz" in reader.get(content.target.get_url()).content.decode()


def test_taking_over_a_new_text_needs_what_it_does(content: Work, writer: User) -> None:
    address = content.address("update_translations")
    client = signed_in(writer)
    assert client.get(address).status_code == CLOSED
    assert client.post(address, {"publish_translations": "on"}).status_code == CLOSED
    content.target.unpublish()
    assert client.get(address).status_code == 200
    assert client.post(address, {"publish_translations": "on"}).status_code == CLOSED
    assert client.post(address, {}).status_code == 302
    assert not Page.objects.get(pk=content.target.pk).live
    may(writer, content.target, "publish")
    client = signed_in(User.objects.get(pk=writer.pk))
    assert client.post(address, {"publish_translations": "on"}).status_code == 302


def test_an_alias_needs_the_permission_to_publish(content: Work, writer: User) -> None:
    address = content.address("convert_to_alias")
    assert signed_in(writer).post(address).status_code == CLOSED
    assert Page.objects.get(pk=content.target.pk).alias_of_id is None
    may(writer, content.target, "publish")
    assert signed_in(User.objects.get(pk=writer.pk)).post(address).status_code == 302
    assert Page.objects.get(pk=content.target.pk).alias_of_id == content.source.pk


def test_a_country_never_becomes_an_alias(superuser_client: Client) -> None:
    page = country("pe", "pt-br")
    at_work(country("pe"), page)
    address = reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    assert superuser_client.get(address).status_code == CLOSED
    assert superuser_client.post(address).status_code == CLOSED


WRITES_ON_TARGET = (
    "update_translations",
    "convert_to_alias",
    "upload_pofile",
    "machine_translate",
    "stop_translation",
)


def test_a_locked_page_stays_as_it_is(
    content: Work, superuser: User, superuser_client: Client, secretariat: User
) -> None:
    Page.objects.filter(pk=content.target.pk).update(locked=True, locked_by=secretariat)
    content.translation.enabled = True
    content.translation.save()
    before = rows(content)
    edit = reverse("wagtailadmin_pages:edit", args=[content.target.pk])
    for name in WRITES_ON_TARGET:
        answer = superuser_client.post(content.address(name))
        assert (answer.status_code, answer["Location"]) == (302, edit), name
    for data in ({"action": "publish"}, {BUTTONS[0]: "1"}, {BUTTONS[1]: "1"}):
        answer = superuser_client.post(edit, data, follow=True)
        assert answer.redirect_chain == [(edit, 302)], data
        assert list(answer.context["messages"])
    for name in ("edit_string_translation", "edit_override"):
        assert superuser_client.put(content.address(name), {"value": "x"}).status_code == CLOSED
    assert rows(content) == before
    Page.objects.filter(pk=content.target.pk).update(locked=False, locked_by=None)
    assert superuser_client.post(edit, {"action": "publish"}).status_code == 302
    assert rows(content) != before


def chosen(page: Page, *codes: str, **values: str) -> dict[str, Any]:
    locales = Locale.objects.filter(language_code__in=codes)
    return {"locales": [str(one.pk) for one in locales]} | values


def test_a_page_is_translated_below_a_page_that_is_there(
    superuser_client: Client, settings: Settings
) -> None:
    """wagtail-localize would make an alias of the page above, which is public at once."""
    settings.LANGUAGES = [*settings.LANGUAGES, ("en", "English")]
    settings.WAGTAIL_CONTENT_LANGUAGES = settings.LANGUAGES
    Locale.objects.create(language_code="en")
    home = HomePage.objects.get(locale__language_code="es")
    page = home.add_child(instance=ContentPage(title="Abajo", slug="abajo", locale=home.locale))
    count = Page.objects.count()
    for one, made in ((page, 0), (home, 1), (page, 2)):
        address = reverse("wagtail_localize:submit_page_translation", args=[one.pk])
        assert superuser_client.get(address).status_code == 200
        assert superuser_client.post(address, chosen(one, "en")).status_code == 302
        assert Page.objects.count() == count + made
    assert not Page.objects.filter(alias_of__isnull=False).exists()
    assert not Page.objects.filter(locale__language_code="en", live=True).exists()
    assert Translation.objects.get(source__object_id=page.translation_key).enabled


def test_a_service_that_fails_is_told_for_other_pages(
    content: Work, superuser_client: Client, settings: Settings
) -> None:
    settings.WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "practices.translation.machine.LibreTranslate",
        "OPTIONS": {"LIBRETRANSLATE_URL": "http://127.0.0.1:1"},
    }
    answer = superuser_client.post(content.address("machine_translate"), follow=True)
    assert answer.status_code == 200
    assert len(list(answer.context["messages"])) == 1


def test_submitting_needs_a_place_to_add_to(content: Work, people: dict[str, User]) -> None:
    home = HomePage.objects.get(locale__language_code="es")
    page = home.add_child(instance=ContentPage(title=SOURCE, slug="otra", locale=home.locale))
    user = people["focal point"]
    may(user, page, "change")
    client = signed_in(User.objects.get(pk=user.pk))
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert client.get(address).status_code == 200
    count = Page.objects.count()
    assert client.post(address, chosen(page, "pt-br")).status_code == CLOSED
    assert Page.objects.count() == count


def test_what_lies_below_does_not_come_along_unseen(superuser_client: Client) -> None:
    """Practices below, and translations that would be overwritten."""
    page = country("pe")
    Page.objects.get(pk=country("pe", "pt-br").pk).delete()
    make_practice(published=True)
    address = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    count = Page.objects.count()
    data = chosen(page, "pt-br", include_subtree="on")
    answer = superuser_client.post(address, data, follow=True)
    assert answer.redirect_chain == [(address, 302)]
    assert len(list(answer.context["messages"])) == 1
    assert Page.objects.count() == count


def test_a_translation_of_a_translation_is_refused(content: Work, superuser_client: Client) -> None:
    address = reverse("wagtail_localize:submit_page_translation", args=[content.target.pk])
    assert superuser_client.get(address).status_code == CLOSED
    assert superuser_client.post(address).status_code == CLOSED


def test_a_file_without_its_header_is_no_error(content: Work, superuser_client: Client) -> None:
    upload = SimpleUploadedFile("x.po", b'msgid ""\nmsgstr ""\n\nmsgid "a"\nmsgstr "b"\n')
    before = rows(content)
    answer = superuser_client.post(content.address("upload_pofile"), {"file": upload}, follow=True)
    assert answer.status_code == 200
    assert len(list(answer.context["messages"])) == 1
    assert rows(content) == before
