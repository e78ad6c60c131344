"""The whole life of a practice, by four people in their browsers, on the real admin."""

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage
from tests.browser.conftest import tabs_of
from tests.factories import country

PEOPLE = ("editor-pe", "punto-focal-pe", "secretaria", "secretaria-2")
TITLE = "Ventanilla única para personas migrantes"
REQUIRED = ("1.3", "1.4", "1.5", "1.9", "1.10", "1.11", "1.12", "2.1", "2.2", "2.3", "2.6")
PARAGRAPH = "La ventanilla atiende a personas migrantes en su lengua."


@pytest.fixture
def tabs(browser: Browser, site_data: None, live_server: LiveServer) -> Iterator[dict[str, Page]]:
    with tabs_of(browser, live_server, PEOPLE) as opened:
        yield opened


def state(practice: PracticePage) -> str:
    return PracticePage.objects.get(pk=practice.pk).moderation.state


def open_form(page: Page, live_server: LiveServer, practice: PracticePage) -> None:
    page.goto(live_server.url + reverse("wagtailadmin_pages:edit", args=[practice.pk]))
    page.wait_for_load_state("networkidle")


def choose(page: Page, selector: str) -> None:
    """Press a button of the menu at the foot of the form, opening the menu where it is needed."""
    button = page.locator(f"footer {selector}").first
    if not button.is_visible():
        page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    button.click()


def save(page: Page) -> None:
    with page.expect_navigation():
        choose(page, ".action-save")


def submit(page: Page) -> None:
    with page.expect_navigation():
        choose(page, "[name=action-submit]")


def decide(page: Page, action: str, comment: str = "") -> None:
    """Decide in the window that the menu opens."""
    choose(page, f"[data-workflow-action-name={action}]")
    window = page.locator(".modal-body")
    window.locator("textarea").fill(comment)
    with page.expect_navigation():
        window.locator("button[type=submit]").click()


def text_of(page: Page, number: str) -> Locator:
    """The editor of a section, by the number of its item."""
    block = page.locator("[data-streamfield-child]").filter(
        has=page.locator(".w-panel__heading", has_text=re.compile(rf"^\s*{re.escape(number)}\s"))
    )
    return block.locator("[contenteditable=true]").first


def write(page: Page, number: str, text: str, *, over: str = "Control+A") -> None:
    """Replace the text of a section by typing, or type where a key leads."""
    editor = text_of(page, number)
    editor.scroll_into_view_if_needed()
    editor.click()
    page.keyboard.press(over)
    page.keyboard.insert_text(text)
    expect(editor).to_contain_text(text[:40])
    page.wait_for_timeout(500)  # the editor writes into its field a quarter of a second later


def tab(page: Page, number: int) -> None:
    page.get_by_role("tab").nth(number).click()


def tick(page: Page, *names: str) -> None:
    for name in names:
        page.locator(f"input[name={name}]").first.check()


def draft_until_it_is_sent(tabs: dict[str, Page], live_server: LiveServer) -> PracticePage:
    """A draft with a title alone, a text over the limit, a refusal with all faults, the ficha."""
    editor = tabs["editor-pe"]
    parent = country("pe")
    add = reverse("wagtailadmin_pages:add", args=["practices", "practicepage", parent.pk])
    editor.goto(live_server.url + add)
    editor.fill("input[name=title]", TITLE)
    save(editor)
    practice = PracticePage.objects.get(title=TITLE)
    tab(editor, 1)
    write(editor, "2.2", " ".join(["palabra"] * 400))
    save(editor)

    submit(editor)
    told = editor.locator("main").inner_text()
    for number in REQUIRED:
        assert re.search(rf"\b{re.escape(number)} ", told), number
    expect(editor.locator("[data-streamfield-child]", has_text="palabra").first).to_be_attached()
    assert state(practice) == "draft"

    tab(editor, 0)
    tick(editor, "themes", "territorial_level", "categories", "documentation", "transfer_needs")
    editor.fill("input[name=responsible_entity]", "Superintendencia de Migraciones")
    editor.fill("input[name=institutional_email]", "contacto@example.org")
    tab(editor, 1)
    for number in ("2.1", "2.2", "2.3", "2.6"):
        write(editor, number, PARAGRAPH)
    tick(editor, "success_criteria")
    submit(editor)
    assert state(practice) == "submitted"
    return practice


def review_with_a_return(
    tabs: dict[str, Page], live_server: LiveServer, practice: PracticePage
) -> None:
    """Locked for its author, endorsed, returned with a reason, corrected, approved."""
    editor, focal, secretary = (tabs[name] for name in PEOPLE[:3])
    open_form(editor, live_server, practice)
    expect(editor.locator("[data-ficha-under-review]")).to_be_visible()
    expect(editor.locator("footer .action-save")).to_be_disabled()
    assert editor.locator("input[name=title]").get_attribute("readonly") is not None

    open_form(focal, live_server, practice)
    decide(focal, "endorse", "De acuerdo")
    assert state(practice) == "endorsed"
    open_form(secretary, live_server, practice)
    choose(secretary, "[data-workflow-action-name=return]")
    window = secretary.locator(".modal-body")
    window.locator("button[type=submit]").click()
    expect(window.locator(".error-message")).to_be_visible()
    window.locator("textarea").fill("Indique el año de inicio")
    with secretary.expect_navigation():
        window.locator("button[type=submit]").click()
    assert state(practice) == "returned"

    open_form(editor, live_server, practice)
    expect(editor.get_by_text("Indique el año de inicio").first).to_be_visible()
    tab(editor, 1)
    write(editor, "2.2", f"{PARAGRAPH} Funciona desde 2019.")
    submit(editor)
    open_form(focal, live_server, practice)
    decide(focal, "endorse")
    open_form(secretary, live_server, practice)
    expect(secretary.locator("[data-ficha-under-review] + .buttons a")).to_be_visible()
    decide(secretary, "approve_and_publish", "Muy útil para otros países")
    assert state(practice) == "published"


def edit_while_it_is_public(
    tabs: dict[str, Page], live_server: LiveServer, practice: PracticePage
) -> str:
    """A new text does not show until it is approved; returns the public address."""
    editor, focal, _first, second = (tabs[name] for name in PEOPLE)
    reader = tabs["reader"]
    public = live_server.url + PracticePage.objects.get(pk=practice.pk).get_url()
    reader.goto(public)
    heading = reader.get_by_role("heading", level=1)
    expect(heading).to_contain_text(TITLE)
    expect(reader.locator("body")).to_contain_text("Funciona desde 2019.")
    open_form(editor, live_server, practice)
    editor.fill("input[name=title]", f"{TITLE}, segunda etapa")
    save(editor)
    reader.reload()
    expect(heading).not_to_contain_text("segunda etapa")
    open_form(editor, live_server, practice)
    submit(editor)
    open_form(focal, live_server, practice)
    decide(focal, "endorse")
    open_form(second, live_server, practice)
    decide(second, "approve_and_publish")
    reader.reload()
    expect(heading).to_contain_text("segunda etapa")
    return public


def test_from_draft_to_unpublished(tabs: dict[str, Page], live_server: LiveServer) -> None:
    practice = draft_until_it_is_sent(tabs, live_server)
    review_with_a_return(tabs, live_server, practice)
    public = edit_while_it_is_public(tabs, live_server, practice)

    secretary, reader = tabs["secretaria"], tabs["reader"]
    open_form(secretary, live_server, practice)
    with secretary.expect_navigation():
        choose(secretary, "a[href*='/force/']")
    secretary.fill("textarea[name=reason]", "La norma fue derogada en 2026")
    with secretary.expect_navigation():
        secretary.locator("form button[type=submit]").last.click()
    reader.reload()
    expect(reader.locator("body")).to_contain_text("ya no está vigente", ignore_case=True)
    secretary.goto(live_server.url + reverse("wagtailadmin_pages:unpublish", args=[practice.pk]))
    with secretary.expect_navigation():
        secretary.locator("main button[type=submit], main input[type=submit]").first.click()
    response = reader.goto(public)
    assert response
    assert response.status == 404
    log = practice.moderation_events.order_by("pk").values_list("action", flat=True)
    first = ["submitted", "endorsed", "returned", "submitted", "endorsed", "approved", "published"]
    second = ["submitted", "endorsed", "approved", "published", "archived", "unpublished"]
    assert list(log) == first + second
