"""No text that people read lacks a translation: templates, public pages, pages to sign in."""

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation.trans_real import translation as catalogue_of
from wagtail.models import Page

from home.models import User
from practices.factsheets.compiling import Order, Wishes
from practices.factsheets.jobs import carry_out, start
from practices.models import CompilationJob, PracticePage, Theme
from practices.moderation.force import set_in_force
from practices.vocabulary import CHOICE_ITEMS, DOCUMENTATION, Item
from tests.factories import country, make_practice, publish, translate
from tests.messages import (
    bare_texts,
    everybody_reads,
    is_known,
    lookups,
    messages_of,
    of_pages,
    rendered,
    source_of,
    templates,
)

pytestmark = pytest.mark.one_database

LANGUAGES = ["es", "pt-br"]


@pytest.mark.parametrize("template", templates())
def test_each_text_of_a_template_is_a_message(template: str) -> None:
    assert bare_texts(source_of(template)) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Words</p>",
        "<p>{% if a %}Words{% endif %}</p>",
        '<a title="Words">{{ a }}</a>',
        '<img alt="{{ a }} Words">',
        "{% block title %}Words{% endblock %}",
        "{% translate 'a' %} words",
        "{% blocktranslate %}a{% endblocktranslate %} words",
        '{% include "a.html" with placeholder="Words" %}',
    ],
)
def test_a_text_that_is_no_message_is_found(source: str) -> None:
    assert bare_texts(source)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", templates())
def test_each_message_of_a_template_is_translated(template: str, language: str) -> None:
    catalogue = catalogue_of(language)
    messages = messages_of(template)
    assert {message for message in messages if not is_known(catalogue, message)} == set()


def test_messages_of_templates_are_read() -> None:
    found = messages_of("practices/templates/practices/includes/listing.html")
    assert "Active filters" in found
    assert "<strong>%(total)s</strong> practice" in found


def test_a_lookup_without_translation_is_noticed() -> None:
    with lookups() as missing, override("pt-br"):
        assert gettext("Practices") == "Experiências"
        pgettext("no context", "nor message")
        gettext("no such message")
        ngettext("no such thing", "no such things", 2)
    assert {message for language, message in missing if language == "pt-br"} == {
        "no context\x04nor message",
        "no such message",
        "no such thing",
    }


def chosen(item: Item) -> list[str]:
    """All values of an item that go together."""
    return [choice.key for choice in item.choices if choice.key != item.exclusive]


@pytest.fixture
def practices(db: None, secretariat: User) -> None:
    """Practices that chose everything, their translations out of date; one no longer in force."""
    others = ("themes_other", "territorial_level_other", "transfer_needs_other")
    for place in (country("pe"), country("br")):
        full = make_practice(
            place,
            published=True,
            slug="con-todo",
            choices={item.key: chosen(item) for item in CHOICE_ITEMS},
            themes=[theme.code for theme in Theme.objects.all()],
            tags=["regularización"],
            **dict.fromkeys(others, "otro"),
        )
        translate(full, published=True)
        full.title = "Cambió después"
        publish(full)
    alone = {DOCUMENTATION.key: [DOCUMENTATION.exclusive]}
    old = make_practice(published=True, slug="de-antes", choices=alone)
    set_in_force(old, secretariat, in_force=False, reason="Terminó")


def addresses(language: str) -> Iterator[str]:
    """Every kind of public page in a language: each page type and route, filters, results or not."""
    for page in Page.objects.live().filter(locale__language_code=language, depth__gt=1):
        yield page.url
    for theme in Theme.objects.all():
        yield f"/{language}/temas/{theme.text(language).slug}/"
    yield f"/{language}/etiquetas/regularizacion/"
    yield f"/{language}/matriz/"
    for query in ("?page=2", "?theme=nada", "?sort=title", "?country=br&category=policy_and_norms"):
        yield f"/{language}/experiencias/{query}"
    for query in ("", "?q=migracion", "?q=zzzz", "?q=cunsulados", "?q=ley+zzzz", "?q=ley&tag=zzzz"):
        yield f"/{language}/buscar/{query}"
    for query in (
        "",
        "?practices=PER-1.ARG-1.XYZ-9&add=nada",
        "?practices=PER-1&before=PER-1.ARG-1",
        "?before=PER-1.ARG-1",
        "?list=1",
        "?list=1&country=br&group=theme",
        f"?practices={'.'.join(f'PER-{number}' for number in range(1, 110))}",
    ):
        yield f"/{language}/compilacion/{query}"
    for words in ("re", "peru"):
        yield f"/{language}/sugerencias.json?q={words}"
    for practice in PracticePage.objects.published():
        yield f"{country(practice.country, language).url}{practice.slug}/"
        yield f"/{language}/ficha/{practice.code}/embed/"


def walk_through_a_job(client: Client, language: str) -> str:
    """Look at a compilation while it waits, is made, failed and is done; returns its address."""
    practice = PracticePage.objects.published()[:1].get()
    wishes = Wishes("Una compilación", language)
    job = start(Order([practice.pk], [language], wishes, "https://x.example/"), "pdf", "x")
    address = f"/{language}/compilacion/trabajo/{job.key}/"
    rows = CompilationJob.objects.filter(key=job.key)
    for state in (CompilationJob.State.RUNNING, CompilationJob.State.FAILED):
        assert client.get(address).status_code == 200
        rows.update(state=state)
        assert client.get(address).status_code == 200
    rows.update(state=CompilationJob.State.WAITING)
    carry_out(job.key, job.attempt)
    assert client.get(address).status_code == 200
    return address


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_public_page_is_translated(
    practices: None, language: str, editor_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody_reads(language)
    client = Client(raise_request_exception=False)
    with rendered() as names, lookups() as missing:
        for url in addresses(language):
            assert client.get(url).status_code == 200, url
        assert client.get(f"/{language}/nada/").status_code == 404
        job = walk_through_a_job(client, language)
        report = reverse("wagtail_localize:translations_report")
        assert editor_client.get(report).status_code == 403
        PracticePage.objects.update(live=False)
        for path in ("", "experiencias/", "experiencias/peru/", "temas/", "etiquetas/", "buscar/"):
            assert client.get(f"/{language}/{path}").status_code == 200
        assert client.get(f"{job}archivo").status_code == 410
        monkeypatch.setattr("home.models.HomePage.get_context", None)
        assert client.get(f"/{language}/").status_code == 500
    assert of_pages() - names == set(), "templates that this test does not reach"
    assert missing == set()


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_in_is_translated(editor: User, language: str) -> None:
    everybody_reads(language)
    client = Client(headers={"accept-language": language})
    login, reset = reverse("wagtailadmin_login"), reverse("wagtailadmin_password_reset")
    with lookups() as missing:
        for url in (login, reset, reverse("wagtailadmin_password_reset_done")):
            assert client.get(url).status_code == 200
        for data in ({}, {"username": editor.username, "password": "wrong"}):
            client.post(login, data)
        for address in ("no address", editor.email):
            client.post(reset, {"email": address}, follow=True)
        [message] = mail.outbox
        [link] = re.findall(r"http://testserver(/password/\S+)", str(message.body))
        [(form, _status)] = client.get(link, follow=True).redirect_chain
        for first, second in (("", ""), ("one", "other"), ("a-long-one-8", "a-long-one-8")):
            client.post(form, {"new_password1": first, "new_password2": second})
        used = client.get(link)
        key = urlsafe_base64_encode(force_bytes(editor.pk))
        wrong = client.get(reverse("practices_choose_password", args=[key, "nothing"]))
    assert missing == set()
    for answer in (used, wrong):
        assert f'lang="{language}"' in answer.content.decode()
