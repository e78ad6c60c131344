"""The form of a translation in a browser: the original stands beside each text."""

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, Page, Response, expect
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage
from practices.translation.sections import SectionState
from practices.vocabulary import TRANSLATED_SECTIONS
from tests.browser.conftest import sign_in
from tests.factories import make_practice, translate
from tests.practices.translation.editing import machine_draft
from tests.practices.translation.texts import republish

pytestmark = pytest.mark.one_database

OLD = "<p>La oficina atiende a las personas migrantes los lunes.</p>"
NEW = OLD.replace("lunes", "martes")

PLACES = """
    const piece = document.querySelector("#original-summary");
    const own = piece.previousElementSibling.getBoundingClientRect();
    const beside = piece.getBoundingClientRect();
"""


@pytest.fixture
def translation(site_data: None) -> PracticePage:
    """A translation whose summary is out of date and whose results a machine drafted."""
    original = make_practice(sections={"summary": OLD, "results": OLD}, published=True)
    page = translate(original, published=True)
    republish(original, summary=NEW)
    machine_draft(page, "results")
    return page


@pytest.fixture
def form(page: Page, live_server: LiveServer, translation: PracticePage) -> Page:
    """The form of the translation, as the translators of Perú see it, open at the description."""
    sign_in(page, live_server, "traduccion-pe")
    page.goto(f"{live_server.url}/admin/pages/{translation.pk}/edit/")
    return at_description(page)


def at_description(page: Page) -> Page:
    """The form at the description, once Wagtail has noted what it began with."""
    page.get_by_role("tab").nth(1).click()
    page.wait_for_timeout(2500)  # Wagtail notes it two seconds after loading
    return page


def block(form: Page, key: str) -> Locator:
    kind = form.locator(f"input[name$='-type'][value={key}]")
    return form.locator("[data-streamfield-child]").filter(has=kind).first


def piece(form: Page, key: str) -> Locator:
    return form.locator(f"#original-{key}")


def checked(form: Page, key: str) -> Locator:
    return piece(form, key).get_by_role("checkbox")


def is_autosave(response: Response) -> bool:
    return response.request.method == "POST" and response.url.endswith("/edit/")


def state(page: PracticePage, key: str) -> str:
    return page.section_states.get(section=key).shown


def test_each_piece_of_the_original_stands_beside_its_block(form: Page) -> None:
    for item in TRANSLATED_SECTIONS:
        expect(block(form, item.key).locator(f"#original-{item.key}")).to_be_visible()
    form.wait_for_function(f"(() => {{ {PLACES} return own.right <= beside.left; }})()")
    change = block(form, "summary").locator(".ficha-piece__words")
    expect(change.locator("del")).to_contain_text("lunes")
    expect(change.locator("ins")).to_contain_text("martes")

    block(form, "summary").locator("[data-panel-toggle]").first.click()
    expect(piece(form, "summary")).to_be_hidden()
    block(form, "summary").locator("[data-panel-toggle]").first.click()
    expect(piece(form, "summary")).to_be_visible()

    form.set_viewport_size({"width": 375, "height": 800})
    form.wait_for_function(f"(() => {{ {PLACES} return own.bottom <= beside.top; }})()")
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_figures_are_added_moved_and_deleted_beside_the_original(form: Page) -> None:
    figures = block(form, "key_figures")
    figures.locator(".c-sf-add-button:visible").last.click()
    expect(figures.locator("[data-streamfield-child]:visible")).to_have_count(2)
    figures.locator("[data-streamfield-action=MOVE_UP]:visible:enabled").last.click()
    figures.locator("[data-streamfield-action=DELETE]:visible").first.click()
    expect(figures.locator("[data-streamfield-child]:visible")).to_have_count(1)
    expect(figures.locator("#original-key_figures")).to_have_count(1)
    expect(piece(form, "key_figures")).to_be_visible()


def test_texts_and_boxes_are_named_for_those_who_do_not_see_them(form: Page) -> None:
    box = checked(form, "summary")
    with override("pt-br"):
        name = gettext("Checked: this text says what the original says now")
        outdated = str(SectionState.OUTDATED.label)
    expect(box).to_have_accessible_name(name)
    expect(box).to_have_accessible_description(
        piece(form, "summary").locator("p").first.inner_text()
    )
    text = block(form, "summary").get_by_role("textbox")
    described = (text.get_attribute("aria-describedby") or "").split()
    assert "original-summary-state" in described
    expect(form.locator("#original-summary-state")).to_contain_text(outdated)
    assert not form.evaluate(
        """() => [...document.querySelectorAll('[aria-describedby], [aria-labelledby]')]
            .filter(e => e.id.startsWith('original') || e.name === 'translation_checked')
            .flatMap(e => ['aria-describedby', 'aria-labelledby']
                .flatMap(name => (e.getAttribute(name) ?? '').split(' ').filter(Boolean)))
            .filter(id => !document.getElementById(id))"""
    )
    # By keyboard alone.
    box.focus()
    with form.expect_response(is_autosave):
        form.keyboard.press("Space")
    expect(box).to_be_checked()
    expect(box).to_be_focused()


def test_what_is_ticked_and_typed_survives_saving_in_the_background(
    form: Page, translation: PracticePage
) -> None:
    with form.expect_response(is_autosave):
        checked(form, "summary").check()
    expect(form.locator("#original-summary-state .ficha-badge--translated")).to_be_visible()
    assert state(translation, "summary") == SectionState.TRANSLATED

    text = block(form, "results").get_by_role("textbox")
    text.click()
    form.keyboard.press("Control+End")
    with form.expect_response(is_autosave):
        form.keyboard.type(" Sem hora marcada.")
    expect(text).to_contain_text("Sem hora marcada.")
    expect(checked(form, "summary")).to_be_checked()
    expect(checked(form, "results")).not_to_be_checked()
    assert state(translation, "results") == SectionState.MACHINE

    form.reload()
    at_description(form)
    expect(block(form, "results").get_by_role("textbox")).to_contain_text("Sem hora marcada.")
    expect(checked(form, "summary")).to_be_checked()
    with form.expect_response(is_autosave):
        checked(form, "summary").uncheck()
    expect(form.locator("#original-summary-state .ficha-badge--outdated")).to_be_visible()
    assert state(translation, "summary") == SectionState.OUTDATED


def test_opening_the_form_saves_nothing(
    page: Page, live_server: LiveServer, translation: PracticePage
) -> None:
    saves: list[str] = []
    page.on(
        "response", lambda response: saves.append(response.url) if is_autosave(response) else None
    )
    sign_in(page, live_server, "traduccion-pe")
    page.goto(f"{live_server.url}/admin/pages/{translation.pk}/edit/")
    page.wait_for_timeout(4000)
    assert saves == []
