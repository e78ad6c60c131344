"""Lists answer in place, and search fields suggest: by keyboard, with their addresses right."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.one_database

INDEX = "/es/experiencias/"


def opened(page: Page, live_server: LiveServer, path: str) -> Page:
    """The tab at a path, with a mark that a new page would not have."""
    page.goto(live_server.url + path)
    page.evaluate("window.isSamePage = true")
    return page


def is_same_page(page: Page) -> bool:
    return page.evaluate("window.isSamePage === true")


def ends_with(text: str) -> Callable[[str], bool]:
    return lambda url: url.endswith(text)


def test_a_filter_answers_in_place(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server, INDEX)
    expect(page.get_by_role("button", name="Aplicar")).to_be_hidden()
    box = page.get_by_role("checkbox", name="Brasil")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url(ends_with("?country=br"))
    expect(page.locator(".results__count")).to_have_text("5 prácticas")
    expect(page.locator("[data-listing-status]")).to_have_text("5 prácticas")
    expect(box).to_be_focused()
    assert page.locator('link[rel="canonical"]').get_attribute("href") == live_server.url + INDEX
    portuguese = page.get_by_role("link", name="PT")
    expect(portuguese).to_have_attribute("href", "/pt-br/experiencias/?country=br")
    page.get_by_role("checkbox", name="Perú").check()
    page.wait_for_url(ends_with("?country=br&country=pe"))
    page.locator(".chip--remove", has_text="Brasil").click()
    page.wait_for_url(ends_with("?country=pe"))
    expect(box).not_to_be_checked()
    page.locator(".chip--remove", has_text="Perú").click()
    page.wait_for_url(ends_with(INDEX))
    expect(page.locator(".results__count")).to_be_focused()
    assert is_same_page(page)


def test_back_and_forward_show_what_was_there(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server, INDEX)
    page.locator("#q").fill("ley")
    page.keyboard.press("Enter")
    page.wait_for_url(ends_with("?q=ley"))
    expect(page.locator("#q")).to_be_focused()
    count = page.locator(".results__count").inner_text()
    page.locator("#sort-title").click()
    page.wait_for_url(ends_with("?q=ley&sort=title"))
    expect(page.locator("#sort-title")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator("#sort-relevance")).to_have_attribute("aria-current", "true")
    page.go_back()
    expect(page.locator(".results__count")).to_have_text("24 prácticas")
    expect(page.locator("#q")).to_have_value("")
    page.go_forward()
    expect(page.locator(".results__count")).to_have_text(count)
    expect(page.locator("#q")).to_have_value("ley")
    assert is_same_page(page)
    page.reload()
    expect(page.locator(".results__count")).to_have_text(count)


def test_another_page_begins_at_its_top(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server, INDEX)
    first = page.locator(".card__title").first.inner_text()
    page.locator('.pagination a[rel="next"]').click()
    page.wait_for_url(ends_with("?page=2"))
    count = page.locator(".results__count")
    expect(count).to_be_focused()
    expect(count).to_be_in_viewport()
    assert page.locator(".card__title").first.inner_text() != first
    assert is_same_page(page)


def test_the_last_of_two_questions_is_answered(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server, INDEX)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(ends_with("?country=br"), hold)
    page.get_by_role("checkbox", name="Brasil").check()
    expect(page.locator('[data-live="results"]')).to_have_attribute("aria-busy", "true")
    page.get_by_role("checkbox", name="Perú").check()
    page.wait_for_url(ends_with("?country=br&country=pe"))
    expect(page.locator(".results__count")).to_have_text("6 prácticas")
    expect(page.locator('[data-live="results"]')).not_to_have_attribute("aria-busy", "true")
    assert len(held) == 1


def test_the_browser_goes_by_itself_where_the_script_fails(
    page: Page, live_server: LiveServer
) -> None:
    opened(page, live_server, INDEX)
    page.route(
        ends_with("?country=br"),
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    page.get_by_role("checkbox", name="Brasil").check()
    page.wait_for_url(ends_with("?country=br"))
    expect(page.locator(".results__count")).to_have_text("5 prácticas")
    assert not is_same_page(page)


def test_lists_of_a_country_and_a_theme_answer_in_place(
    page: Page, live_server: LiveServer
) -> None:
    for path, box in (
        ("/es/experiencias/brasil/", "theme"),
        ("/es/temas/derechos-humanos/", "country"),
        ("/pt-br/etiquetas/regularizacion/", "theme"),
        ("/es/buscar/?q=ley", "theme"),
    ):
        opened(page, live_server, path)
        total = page.locator(f'input[name="{box}"]:not(:checked)').first
        value = total.get_attribute("value")
        total.check()
        page.wait_for_url(ends_with(f"{box}={value}"))
        assert is_same_page(page), path


@pytest.fixture
def phone(browser: Browser, site_data: None, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(
        locale="es", viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


def test_filters_on_a_phone(phone: Page, live_server: LiveServer) -> None:
    opened(phone, live_server, INDEX)
    opener = phone.locator(".listing__filters > .disclosure > summary")
    expect(phone.get_by_role("checkbox", name="Brasil")).to_be_hidden()
    opener.tap()
    phone.get_by_role("checkbox", name="Brasil").check()
    phone.wait_for_url(ends_with("?country=br"))
    expect(opener.locator(".badge")).to_have_text("1")
    show = phone.locator("[data-listing-close]")
    expect(show).to_be_in_viewport()
    expect(show).to_contain_text("5")
    show.tap()
    expect(phone.get_by_role("checkbox", name="Brasil")).to_be_hidden()
    expect(phone.locator(".results__count")).to_be_in_viewport()
    expect(phone.locator(".results__count")).to_be_focused()


def test_suggestions_by_keyboard(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/es/")
    field = page.get_by_role("combobox")
    options = page.get_by_role("option")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("consul")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".search-form [role=status]")).to_contain_text(str(options.count()))
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("ArrowUp")
    assert field.get_attribute("aria-activedescendant") is None
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("Home")
    assert field.get_attribute("aria-activedescendant") is None
    expect(field).to_be_focused()
    field.press("Escape")
    expect(options.first).to_be_hidden()
    expect(field).to_have_value("consul")
    field.press("ArrowDown")
    expect(options.first).to_be_visible()
    title = page.locator(".suggestions__option--practice .suggestions__text").first.inner_text()
    while page.locator('[aria-selected="true"].suggestions__option--practice').count() == 0:
        field.press("ArrowDown")
    field.press("Enter")
    expect(page.locator("h1")).to_have_text(title)


def test_suggestions_by_pointer_and_without_choosing(page: Page, live_server: LiveServer) -> None:
    opened(page, live_server, "/es/buscar/")
    field = page.get_by_role("combobox")
    field.press_sequentially("regul")
    page.locator(".suggestions__option--word").first.click()
    page.wait_for_url(ends_with("?q=regularizaci%C3%B3n"))
    expect(page.get_by_role("option").first).to_be_hidden()
    expect(page.locator("mark").first).to_be_visible()
    assert is_same_page(page)
    field.fill("Perú")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")  # none is chosen: the words themselves
    page.wait_for_url(ends_with("?q=Per%C3%BA"))
    field.press_sequentially(" y")
    expect(page.get_by_role("option").first).to_be_hidden()
    field.fill("Per")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("h1").click()
    expect(page.get_by_role("option").first).to_be_hidden()


def test_suggestions_are_text_and_asked_once(
    page: Page, live_server: LiveServer, settings: Any
) -> None:
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        one = {"kind": "tag", "kindName": "<b>", "text": "<img src=x onerror=alert(1)>"}
        suggestion = {**one, "language": "", "url": "/es/"}
        route.fulfill(json={"suggestions": [suggestion], "status": "1"})

    page.route("**/sugerencias.json*", answer)
    page.goto(f"{live_server.url}/es/buscar/")
    field = page.get_by_role("combobox")
    field.press_sequentially("a")
    field.press_sequentially("bc", delay=20)
    expect(page.get_by_role("option")).to_have_text("<img src=x onerror=alert(1)> <b>")
    field.fill("")
    expect(page.get_by_role("option")).to_have_count(0)
    field.fill("abc")
    expect(page.get_by_role("option")).to_be_visible()
    assert len(asked) == 1
    assert asked[0].endswith("?q=abc")


def test_without_javascript_the_field_is_a_field(
    browser: Browser, site_data: None, live_server: LiveServer
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + INDEX)
    page.get_by_role("searchbox").fill("ley")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "q=ley" in url)
    page.get_by_role("checkbox", name="Brasil").check()
    page.get_by_role("button", name="Aplicar").click()
    page.wait_for_url(ends_with("?q=ley&country=br"))
    expect(page.locator(".chip--remove")).to_have_count(1)
    context.close()
