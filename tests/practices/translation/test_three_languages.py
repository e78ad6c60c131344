"""A practice in three languages: each translation is begun, followed and marked by itself."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale

from home.models import User
from practices.models import PracticePage
from practices.moderation.states import Action
from practices.translation.coverage import Coverage
from tests.factories import country, make_practice, translate
from tests.practices.moderation.steps import signed_in
from tests.site.test_third_language import english, languages

from .texts import republish, states

__all__ = ["english", "languages"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]

LIST = "/admin/translations/"
OTHERS = ("pt-br", "en")


@pytest.fixture
def practice(english: Locale) -> PracticePage:
    return make_practice(published=True, title="Ventanilla de acogida", slug="ventanilla")


def begin_url(practice: PracticePage, language: str) -> str:
    return reverse("practice_translate", args=[practice.pk, language])


def offered(client: Client, practice: PracticePage) -> set[str]:
    """The languages that the menu at the foot of an original offers."""
    edit = reverse("wagtailadmin_pages:edit", args=[practice.pk])
    footer = BeautifulSoup(client.get(edit).content, "html.parser").find("footer")
    assert footer
    links = {link["href"] for link in footer.select("a[href]")}
    return {code for code in ("es", *OTHERS) if begin_url(practice, code) in links}


def test_the_editor_of_the_country_begins_in_each_language(
    practice: PracticePage, editor_client: Client, editor: User
) -> None:
    assert offered(editor_client, practice) == {"pt-br", "en"}
    assert editor_client.get(begin_url(practice, "en")).status_code == 200
    answer = editor_client.post(begin_url(practice, "en"))
    page = practice.translations.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert answer["Location"] == edit
    assert editor_client.get(edit).status_code == 200
    assert page.locale.language_code == "en"
    assert page.get_parent().specific == country("pe", "en")
    assert (page.live, page.owner) == (False, editor)
    assert set(states(page).values()) == {"copied"}
    assert offered(editor_client, practice) == {"pt-br"}
    editor_client.post(begin_url(practice, "pt-br"))
    assert practice.translations.count() == 2
    assert offered(editor_client, practice) == set()


def test_a_translation_offers_no_further_translation(
    practice: PracticePage, editor_client: Client
) -> None:
    page = translate(practice, "en", published=True)
    assert offered(editor_client, page) == set()
    assert editor_client.post(begin_url(page, "pt-br")).status_code == 404


def test_the_list_has_a_column_for_each_language(
    practice: PracticePage, superuser_client: Client
) -> None:
    translate(practice, "en", published=True)
    response = superuser_client.get(LIST, {"q": practice.title})
    view = response.context["view"]
    assert [column.name for column in view.columns if column.name.startswith("language-")] == [
        "language-es",
        "language-pt-br",
        "language-en",
    ]
    [cells] = view.table.cells.values()
    assert {code: cell.state for code, cell in cells.items()} == {
        "es": Coverage.ORIGINAL,
        "pt-br": Coverage.NONE,
        "en": Coverage.APPROVED,
    }
    html = BeautifulSoup(response.content, "html.parser")
    head = [cell.get_text(strip=True) for cell in html.select("main table thead th")]
    for locale in Locale.objects.all():
        assert locale.get_display_name().capitalize() in head
    assert begin_url(practice, "pt-br") in {link["href"] for link in html.select("a[href]")}


def test_each_language_is_counted(practice: PracticePage, superuser_client: Client) -> None:
    translate(practice, "en", published=True)
    totals = superuser_client.get(LIST).context["totals"]
    assert len(totals) == 3
    public = PracticePage.objects.published().count()
    for numbers in totals.values():
        [code] = {number.url.split("locale=")[1].split("&")[0] for number in numbers}
        written = PracticePage.objects.published().filter(locale__language_code=code).count()
        assert sum(number.count for number in numbers) == public - written
        for number in numbers:
            found = superuser_client.get(number.url).context["object_list"]
            assert len(found) == number.count
            if (code, number.state) == ("en", Coverage.APPROVED):
                assert list(found) == [practice]


def test_one_publication_marks_both_translations(
    practice: PracticePage, superuser_client: Client, client: Client
) -> None:
    pages = [translate(practice, code, published=True) for code in OTHERS]
    republish(practice, summary="<p>La ventanilla abre todos los días de la semana.</p>")
    for page in pages:
        assert {key for key, state in states(page).items() if state == "outdated"} == {"summary"}
        assert page.moderation_events.filter(action=Action.OUTDATED, comment="2.2").count() == 1
        version = page.public_version()
        assert version
        assert version.outdated_since
        html = client.get(page.get_url()).content.decode()
        assert html.count("notice--warning") == 1
    response = superuser_client.get(LIST, {"state": "outdated", "q": practice.title})
    [cells] = response.context["view"].table.cells.values()
    assert {cells[code].state for code in OTHERS} == {Coverage.OUTDATED}


def test_readers_of_english_are_told(practice: PracticePage, client: Client) -> None:
    page = translate(practice, "en", published=True, title="A welcome window")
    html = client.get(page.get_url()).content.decode()
    assert "Translation. The original is in Spanish" in html
    assert "The original has changed" not in html
    republish(practice, title="Ventanilla de acogida y orientación")
    html = client.get(page.get_url()).content.decode()
    assert "The original has changed since this translation was made." in html
    assert "1.2 Title" in BeautifulSoup(html, "html.parser").select_one(".notice--warning").text


def test_the_button_of_wagtail_leads_to_what_lacks(
    practice: PracticePage, secretariat: User
) -> None:
    client = signed_in(secretariat)
    address = reverse("wagtail_localize:submit_page_translation", args=[practice.pk])
    assert client.get(address)["Location"] == reverse("practice_coverage")
    translate(practice, "pt-br")
    assert client.get(address)["Location"] == begin_url(practice, "en")
    translate(practice, "en")
    assert client.get(address)["Location"] == reverse("practice_coverage")
