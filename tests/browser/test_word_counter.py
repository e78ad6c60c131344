"""The word counter of the browser says what Python says."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.templatetags.static import static
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from practices.blocks import RICH_TEXT_FEATURES, WORD_COUNTER_TEXTS
from practices.models import CountryPage, PracticePage
from practices.vocabulary import BACKGROUND, SECTIONS
from practices.words import count_html_words, count_words, visible_text
from tests.browser.conftest import sign_in

pytestmark = pytest.mark.one_database

VECTORS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "practices" / "word_vectors.json").read_text(encoding="utf-8")
)
LIMIT = BACKGROUND.max_words or 0
OVER = "practice-words--over"


@pytest.fixture
def script_page(page: Page, live_server: LiveServer) -> Page:
    """A page of the admin with the counter's script and no counter."""
    page.goto(f"{live_server.url}/admin/login/")
    page.add_script_tag(url=f"{live_server.url}{static('practices/admin/word-count.js')}")
    return page


def test_vectors_count_the_same(script_page: Page) -> None:
    converter = ContentstateConverter(features=RICH_TEXT_FEATURES)
    states = [converter.from_database_format(vector["html"]) for vector in VECTORS]
    counts = script_page.evaluate(
        """states => states.map(JSON.parse).map(practiceWords.textOfContentState)
            .map(practiceWords.countWords)""",
        states,
    )
    html = [vector["html"] for vector in VECTORS]
    assert dict(zip(html, counts, strict=True)) == {
        vector["html"]: vector["words"] for vector in VECTORS
    }


def test_characters_count_the_same(script_page: Page) -> None:
    # Unicode 3.2 holds what both know, whichever of the two follows the newer Unicode.
    known = unicodedata.ucd_3_2_0
    characters = [
        character
        for character in map(chr, range(0x110000))
        if known.category(character) not in {"Cn", "Co", "Cs"}
    ]
    texts = [f"{character} a{character}b" for character in characters]
    counts = script_page.evaluate("texts => texts.map(practiceWords.countWords)", texts)
    expected = [count_words(text) for text in texts]
    differing = [
        f"U+{ord(character):04X}"
        for character, browser, python in zip(characters, counts, expected, strict=True)
        if browser != python
    ]
    assert differing == []


@pytest.fixture
def form(page: Page, live_server: LiveServer) -> Page:
    """The form of a new practice of Peru, as its editor sees it, open at the description."""
    peru = CountryPage.objects.get(iso_code="pe", locale__language_code="es")
    sign_in(page, live_server, "editor-pe")
    page.goto(f"{live_server.url}/admin/pages/add/practices/practicepage/{peru.pk}/")
    page.get_by_role("tab").nth(1).click()
    return page


def background(form: Page) -> Locator:
    return form.locator("[data-controller~=practice-words]").first


def counter_text(name: str, **numbers: int) -> str:
    return str(WORD_COUNTER_TEXTS[f"data-practice-words-{name}-value"]).format(**numbers)


def written_html(form: Page) -> str:
    """What the form would store for the background."""
    value = background(form).locator("input[type=hidden]").first.input_value()
    return ContentstateConverter(features=RICH_TEXT_FEATURES).to_database_format(value)


def write(form: Page, text: str) -> None:
    """Write at once, as pasting does; the last word key by key."""
    background(form).get_by_role("textbox").click()
    bulk, last = text.rsplit(" ", 1)
    form.keyboard.insert_text(f"{bulk} ")
    form.keyboard.type(last)


def test_counter_follows_the_text(form: Page) -> None:
    counter = background(form).locator(".practice-words")
    status = counter.get_by_role("status")
    with override("es"):
        expect(counter).to_have_text(counter_text("limited", count=0, limit=LIMIT))

        write(form, "N.º 25.871 — " + "palabra " * (LIMIT - 2) + "final")
        over = counter_text("over", limit=LIMIT)
        expect(status).to_have_text(over)
        expect(counter).to_have_class(f"practice-words {OVER}")
        expect(counter).to_have_text(
            f"{counter_text('limited', count=LIMIT + 1, limit=LIMIT)} {over}"
        )
        assert count_html_words(written_html(form)) == LIMIT + 1

        for _key in " final":
            form.keyboard.press("Backspace")
        expect(status).to_have_text(counter_text("within", limit=LIMIT))
        expect(counter).to_have_class("practice-words")
        expect(counter).to_contain_text(counter_text("limited", count=LIMIT, limit=LIMIT))
        assert count_html_words(written_html(form)) == LIMIT


def test_sections_stay_and_what_is_in_them_can_be_added_and_moved(form: Page) -> None:
    sections = form.locator(
        ".ficha-sections > [data-streamfield-stream-container] > [data-streamfield-child]"
    )
    expect(sections).to_have_count(len(SECTIONS))
    for action in ("MOVE_UP", "MOVE_DOWN", "DUPLICATE", "DELETE", "DRAG"):
        buttons = form.locator(f".ficha-sections [data-streamfield-action={action}]")
        assert [button for button in buttons.all() if button.is_visible()] == []
    figures = sections.nth([item.key for item in SECTIONS].index("key_figures"))
    figures.locator(".c-sf-add-button:visible").first.click()
    figures.locator("input[type=text]").first.fill("1.500")
    expect(figures.locator("[data-streamfield-action=DELETE]:visible")).to_have_count(1)


@pytest.mark.parametrize("country", ["pe", "br"])
def test_counter_speaks_the_language_of_the_editor(
    page: Page, live_server: LiveServer, country: str
) -> None:
    parent = next(p for p in CountryPage.objects.filter(iso_code=country) if p.is_source_tree)
    sign_in(page, live_server, f"editor-{country}")
    page.goto(f"{live_server.url}/admin/pages/add/practices/practicepage/{parent.pk}/")
    attributes = background(page).evaluate(
        "field => Object.fromEntries([...field.attributes].map(({name, value}) => [name, value]))"
    )
    with override(parent.locale.language_code):
        texts = {name: str(text) for name, text in WORD_COUNTER_TEXTS.items()}
    assert {name: attributes[name] for name in texts} == texts


def test_draft_over_the_limit_is_saved(form: Page) -> None:
    form.get_by_role("tab").first.click()
    form.locator("#id_title").fill("Mesa de trabajo")
    form.get_by_role("tab").nth(1).click()
    text = "palabra " * LIMIT + "final"
    write(form, text)
    expect(background(form).locator(f".{OVER}")).to_be_visible()

    with override("es"):
        form.get_by_role("button", name=gettext("Save draft")).click()
    expect(form.locator(".messages .success")).to_be_visible()

    practice = PracticePage.objects.get(title="Mesa de trabajo")
    assert not practice.live
    draft = practice.get_latest_revision_as_object()
    assert visible_text(draft.section_html(BACKGROUND.key)) == text
