"""The admin speaks the language of each user: no page of it shows a message in another."""

import json
import re
from collections.abc import Iterator

import polib
import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, ngettext, override, pgettext
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home.models import User
from practices.models import PracticePage, Theme
from tests.factories import country, make_practice
from tests.forms import add_url, edit, form_data
from tests.reading import Texts, crawl, read
from tools import package_messages

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

LOCALES = {"es": "es", "pt-br": "pt_BR"}
PEOPLE = [
    ("editor-pe", "es"),
    ("editor-pe", "pt-br"),
    ("secretaria", "es"),
    ("secretaria", "pt-br"),
]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]*>|\n")

ALLOWED = {
    "Punto focal",  # in names of groups
    "español",  # each language is listed in itself
    "None",  # Python's, in a counter of Wagtail's side panels that is hidden
}


def translations(language: str) -> set[str]:
    """What the packages say in a language, with our corrections."""
    texts: set[str] = set()
    for domain in package_messages.DOMAINS:
        messages = package_messages.read("en", domain, translated=False)
        messages |= package_messages.read(LOCALES[language], domain, translated=True)
        path = package_messages.SUPPLIED / LOCALES[language] / "LC_MESSAGES" / f"{domain}.po"
        messages |= {entry.msgid_with_context: entry for entry in polib.pofile(str(path))}
        for entry in messages.values():
            texts |= {entry.msgstr, *entry.msgstr_plural.values()}
    with override(language):
        for entry in package_messages.read("en", "django", translated=False).values():
            texts.add(gettext(entry.msgid))
    return {text.strip() for text in texts}


def foreign_messages(language: str) -> set[str]:
    """Messages in English, and for Portuguese in Spanish, that the language says otherwise."""
    foreign = translations("es") if language != "es" else set()
    for domain in package_messages.DOMAINS:
        for entry in package_messages.read("en", domain, translated=False).values():
            foreign |= {entry.msgid.strip(), entry.msgid_plural.strip()}
    known = PLACEHOLDER.sub("\n", "\n".join(translations(language))).casefold()
    return {text for text in foreign - ALLOWED if part(text).casefold() not in known} - titles()


def titles() -> set[str]:
    """Names that people gave, which have one language."""
    return set(Group.objects.values_list("name", flat=True)) | set(
        Page.objects.values_list("title", flat=True)
    )


def part(message: str) -> str:
    """The longest part of a message without placeholders and tags."""
    return max(PLACEHOLDER.split(message), key=len).strip()


def found(page: Texts, messages: set[str]) -> set[str]:
    """Foreign texts in a page: texts that are a message, or texts and data that hold part of one."""
    whole = messages.intersection(page.texts)
    everything = "\n".join(page.texts + page.data)
    for message in messages:
        fixed = part(message)
        if len(fixed) > 8 and " " in fixed and fixed in everything:
            whole.add(message)
    return {text for text in whole if len(text) > 2}


def client_of(username: str, language: str) -> Client:
    user = User.objects.get(username=username)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    return client


def pages_without_links(practice: PracticePage) -> Iterator[str]:
    """Addresses that scripts open: choosers, panels, bulk actions."""
    yield reverse("wagtailadmin_choose_page")
    for kind in ("external", "email", "phone", "anchor"):
        yield reverse(f"wagtailadmin_choose_page_{kind}_link")
    yield reverse("wagtaildocs_chooser:choose")
    yield reverse("wagtailimages_chooser:choose")
    yield reverse("wagtailimages_chooser:choose") + "?select_format=true"
    revisions = practice.revisions.order_by("pk")
    yield reverse(
        "wagtailadmin_pages:revisions_compare",
        args=[practice.pk, revisions[0].pk, revisions.reverse()[0].pk],
    )
    yield add_url()
    for action in ("delete", "move", "publish", "unpublish"):
        url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
        yield f"{url}?id={practice.pk}"
    yield reverse("wagtailadmin_pages:edit", args=[practice.pk])
    yield reverse("wagtailadmin_explore", args=[country("pe").pk])
    for name in ("copy", "move", "unpublish", "delete", "history", "usage", "workflow_history"):
        yield reverse(f"wagtailadmin_pages:{name}", args=[practice.pk])
    theme = Theme.objects.all()[0]
    for name in ("list", "add"):
        yield reverse(f"{Theme.snippet_viewset.url_namespace}:{name}")
    for name in ("edit", "delete", "history", "usage"):
        yield reverse(f"{Theme.snippet_viewset.url_namespace}:{name}", args=[theme.pk])


@pytest.fixture
def draft(editor_client: Client) -> PracticePage:
    """A practice of Perú with two revisions, a comment and an editor."""
    practice = make_practice(slug="en-palabras")
    for title in ("Primera", "Segunda"):
        edit(editor_client, practice, form_data(title=title, slug="en-palabras"))
    return practice


@pytest.mark.parametrize(("username", "language"), PEOPLE)
def test_each_page_of_the_admin_is_in_the_users_language(
    draft: PracticePage, username: str, language: str
) -> None:
    client = client_of(username, language)
    messages = foreign_messages(language)
    start = [reverse("wagtailadmin_home"), *pages_without_links(draft)]
    foreign = {}
    count = 0
    for url, page in crawl(client, start):
        count += 1
        if words := found(page, messages):
            foreign[url] = words
    assert foreign == {}
    assert count > 30


@pytest.mark.parametrize("language", LOCALES)
def test_what_the_admin_answers_is_in_the_users_language(
    draft: PracticePage, language: str
) -> None:
    client = client_of("editor-pe", language)
    messages = foreign_messages(language)
    url = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    answers = [
        client.post(url, form_data(slug="en-palabras"), follow=True),
        client.post(url, form_data(slug="en-palabras", **{"action-submit": "1"})),
        client.post(url, form_data(title="", slug="!")),
        client.post(add_url(), form_data(title="")),
        client.post(reverse("wagtailadmin_account"), {}),
        client.get(reverse("wagtailadmin_home") + "no-such-page/"),
        client.get(reverse("wagtailadmin_workflows:index"), follow=True),
    ]
    for answer in answers:
        assert found(read(answer), messages) == set()


@pytest.mark.parametrize("language", LOCALES)
def test_scripts_receive_every_message(language: str) -> None:
    response = client_of("editor-pe", language).get(reverse("wagtailadmin_javascript_catalog"))
    start = response.content.decode().index("const newcatalog = ") + len("const newcatalog = ")
    catalog, _end = json.JSONDecoder().raw_decode(response.content.decode()[start:])
    folder = next(path for path in package_messages.package_folders() if "admin" in path.parts)
    for entry in polib.pofile(str(folder / "en" / "LC_MESSAGES" / "djangojs.po")):
        assert entry.msgid_with_context in catalog
    expected = {
        "es": "Los cambios se guardaron automáticamente.",
        "pt-br": "As alterações foram salvas automaticamente.",
    }
    assert catalog["Changes have been autosaved."] == expected[language]


def test_each_message_of_the_packages_is_translated() -> None:
    assert package_messages.faults() == []


@pytest.mark.parametrize("language", LOCALES)
def test_what_we_supply_is_what_people_read(language: str) -> None:
    path = package_messages.SUPPLIED / LOCALES[language] / "LC_MESSAGES" / "django.po"
    with override(language):
        for entry in polib.pofile(str(path)):
            if entry.msgid_plural:
                for number, form in ((1, 0), (5, 2)):
                    read_as = ngettext(entry.msgid, entry.msgid_plural, number)
                    assert read_as == entry.msgstr_plural[form]
            elif entry.msgctxt:
                assert pgettext(entry.msgctxt, entry.msgid) == entry.msgstr
            else:
                assert gettext(entry.msgid) == entry.msgstr


BROWSERS = {"es": "es-PE", "pt-br": "pt-BR,pt;q=0.9,en;q=0.5"}


@pytest.mark.parametrize("language", LOCALES)
def test_signing_in_is_in_the_language_of_the_browser(client: Client, language: str) -> None:
    messages = foreign_messages(language)
    headers = {"accept-language": BROWSERS[language]}
    for name in ("wagtailadmin_login", "wagtailadmin_password_reset"):
        response = client.get(reverse(name), headers=headers)
        assert response["Content-Language"] == language
        assert found(read(response), messages) == set()


def test_another_browser_signs_in_in_spanish(client: Client) -> None:
    response = client.get(reverse("wagtailadmin_login"), headers={"accept-language": "en"})
    assert "¿Olvidó la contraseña?" in response.content.decode()


def test_a_refusal_is_in_the_users_language() -> None:
    client = client_of("editor-pe", "pt-br")
    response = client.get(
        reverse("wagtailadmin_workflows:index"), headers={"accept-language": "es"}, follow=True
    )
    assert "Desculpe, você não tem permissão para acessar esta área." in response.content.decode()


@pytest.mark.parametrize("language", LOCALES)
def test_the_mail_to_choose_a_password_is_in_the_readers_language(
    client: Client, language: str
) -> None:
    client_of("editor-pe", language)
    messages = foreign_messages(language)
    headers = {"accept-language": "en"}
    data = {"email": "editor-pe@example.org"}
    client.post(reverse("wagtailadmin_password_reset"), data, headers=headers)
    (message,) = mail.outbox
    page = Texts()
    page.texts = [str(message.subject), *str(message.body).splitlines()]
    assert found(page, messages) == set()
    path = re.search(r"https?://[^/]+(/\S+)", str(message.body))
    assert path
    form = client.get(path[1], follow=True)
    assert found(read(form), messages) == set()
