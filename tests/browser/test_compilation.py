"""A reader's own compilation: ticked, ordered, described, downloaded and shared, on a phone."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.practices.factsheets.pages import poppler

pytestmark = pytest.mark.one_database

LIST = "/es/experiencias/"
PAGE = "/es/compilacion/"
CODES = re.compile(r"practices=([^&#]+)")


@pytest.fixture
def context(browser: Browser, site_data: None, live_server: LiveServer) -> Iterator[BrowserContext]:
    """A phone that reaches the live server only. Errors of scripts fail the test."""
    context = browser.new_context(
        locale="es", viewport={"width": 375, "height": 700}, has_touch=True, is_mobile=True
    )
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda sent: asked.append(sent.url))
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(live_server.url)] == []


@pytest.fixture
def phone(context: BrowserContext) -> Page:
    return context.new_page()


def codes(page: Page) -> list[str]:
    """The practices that the address of a page names."""
    found = CODES.search(page.url)
    return found[1].split(".") if found else []


def items(page: Page) -> list[str]:
    """The practices that a page shows, in their order."""
    return page.locator(".picked__item").evaluate_all("items => items.map(item => item.id)")


def titles(page: Page) -> list[str]:
    return page.locator(".picked__title").all_inner_texts()


def tick(page: Page, count: int) -> None:
    for number in range(count):
        page.locator(".card .tick input").nth(number).check()


def opened(page: Page, live_server: LiveServer, count: int = 3) -> list[str]:
    """Tick some practices of the list and open the page; their codes."""
    page.goto(live_server.url + LIST)
    tick(page, count)
    page.locator("[data-compilation-link]").tap()
    page.wait_for_url("**/compilacion/?practices=*")
    return items(page)


@pytest.fixture
def files(context: BrowserContext) -> dict[str, bytes]:
    """The files that the browser was sent, by the ends of their names, as they came."""
    sent: dict[str, bytes] = {}

    def keep(route: Route) -> None:
        response = route.fetch()
        assert response.status == 200
        sent[urlsplit(response.url).path.rpartition(".")[2]] = response.body()
        # A browser with a window shows a PDF; whether this one does depends on how it was built.
        saved = {**response.headers, "content-disposition": "attachment"}
        route.fulfill(response=response, headers=saved)

    context.route(re.compile(r"/compilacion/compilacion\.(pdf|docx)"), keep)
    return sent


def press(page: Page, code: str, name: str) -> None:
    page.locator(f"#{code} [name={name}]").tap()


def whole(code: str) -> str:
    country, number = code.split("-")
    return f"OSUMI-{country}-{int(number):04d}"


def test_three_practices_from_the_list_to_the_file(
    phone: Page, live_server: LiveServer, files: dict[str, bytes]
) -> None:
    phone.goto(live_server.url + LIST)
    bar = phone.locator("[data-compilation-bar]")
    expect(bar).to_be_hidden()
    tick(phone, 3)
    expect(bar).to_contain_text("3 prácticas en mi compilación")
    expect(bar).to_be_in_viewport()
    status = phone.locator("[data-compilation-status]")
    expect(status).to_have_text("3 prácticas en mi compilación")
    bar.get_by_role("link").tap()
    phone.wait_for_url("**/compilacion/?practices=*")
    first, second, third = items(phone)
    assert codes(phone) == [first, second, third]

    press(phone, third, "up")
    press(phone, third, "up")
    assert items(phone) == codes(phone) == [third, first, second]
    shown = titles(phone)
    phone.get_by_label("Título").fill("Tres para el ministro")
    for name in ("Descargar PDF", "Descargar Word"):
        with phone.expect_download():
            phone.get_by_role("button", name=name).tap()
    assert files["docx"].startswith(b"PK")

    text = poppler("pdftotext", files["pdf"], "-layout")
    words = " ".join(text.split())
    assert "Tres para el ministro" in words[:300]
    openings = [f"{whole(code)} · Actualizada" for code in (third, first, second)]
    places = [words.index(opening) for opening in openings]
    assert places == sorted(places)
    for title, start, end in zip(shown, places, [*places[1:], len(words)], strict=True):
        assert title in words[:start], "a ficha opens with its title"
        ficha = words[start:end]
        assert "Resumen de la" in ficha
        assert "Cómo citar" in ficha
    assert words.count("· Actualizada") == 3


def test_the_address_can_be_shared(phone: Page, browser: Browser, live_server: LiveServer) -> None:
    first, second, third = opened(phone, live_server)
    press(phone, first, "down")
    phone.get_by_label("Título").fill("Compartida")
    phone.get_by_role("checkbox", name="Portugués").check()
    phone.get_by_role("radio", name="Por tema").check()
    address = phone.get_by_label("Dirección").input_value()
    assert address == phone.url
    other = browser.new_context(locale="es")
    page = other.new_page()
    page.goto(address)
    assert items(page) == [second, first, third]
    expect(page.get_by_label("Título")).to_have_value("Compartida")
    expect(page.get_by_role("checkbox", name="Español")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Portugués")).to_be_checked()
    expect(page.get_by_role("radio", name="Por tema")).to_be_checked()
    expect(page.locator("[data-compilation-foreign]")).to_be_hidden()
    page.get_by_role("link", name="PT").click()
    page.wait_for_url("**/pt-br/compilacion/*")
    assert items(page) == [second, first, third]
    other.close()


def test_an_address_wins_and_takes_nothing_away(phone: Page, live_server: LiveServer) -> None:
    own = opened(phone, live_server)
    phone.goto(f"{live_server.url}{PAGE}?practices=PER-1.URY-1")
    assert items(phone) == ["PER-1", "URY-1"]
    notice = phone.locator("[data-compilation-foreign]")
    expect(notice).to_contain_text("con 3 prácticas")
    press(phone, "PER-1", "down")
    assert items(phone) == ["URY-1", "PER-1"]
    phone.goto(live_server.url + PAGE)
    phone.wait_for_url("**/?practices=*")
    assert items(phone) == own
    phone.go_back()
    phone.goto(f"{live_server.url}{PAGE}?practices=URY-1.PER-1")
    notice.get_by_role("button").tap()
    expect(notice).to_be_hidden()
    phone.goto(live_server.url + PAGE)
    phone.wait_for_url("**/?practices=*")
    assert items(phone) == ["URY-1", "PER-1"]


def test_ordering_by_keyboard_is_told(phone: Page, live_server: LiveServer) -> None:
    first, second, third = opened(phone, live_server)
    status = phone.locator("[data-compilation-status]")
    down = phone.locator(f"#{first} [name=down]")
    down.focus()
    phone.keyboard.press("Enter")
    expect(down).to_be_focused()
    expect(status).to_contain_text("ahora es la número 2 de 3")
    phone.keyboard.press("Space")
    assert items(phone) == codes(phone) == [second, third, first]
    expect(down).to_be_disabled()
    expect(phone.locator(f"#{first} [name=up]")).to_be_focused()
    remove = phone.locator(f"#{second} [name=remove]")
    expect(remove).to_have_accessible_name(re.compile("^Quitar: .{10}"))
    remove.focus()
    phone.keyboard.press("Enter")
    expect(phone.locator(f"#{third} [name=remove]")).to_be_focused()
    assert items(phone) == codes(phone) == [third, first]
    expect(phone.locator("#chosen")).to_have_text("2 prácticas elegidas")
    expect(status).to_contain_text("Se quitó:")
    undo = phone.get_by_role("link", name="Deshacer")
    undo.focus()
    phone.keyboard.press("Enter")
    assert items(phone) == codes(phone) == [second, third, first]
    expect(remove).to_be_focused()
    expect(undo).to_be_hidden()


def test_emptying_can_be_undone(phone: Page, live_server: LiveServer) -> None:
    before = opened(phone, live_server)
    phone.get_by_role("button", name="Vaciarla").tap()
    assert codes(phone) == items(phone) == []
    expect(phone.locator("#chosen")).to_have_text("Todavía no hay prácticas elegidas")
    expect(phone.get_by_role("button", name="Descargar PDF")).to_be_hidden()
    undo = phone.get_by_role("link", name="Deshacer")
    expect(undo).to_be_focused()
    undo.tap()
    assert codes(phone) == items(phone) == before
    phone.get_by_role("button", name="Vaciarla").tap()
    phone.reload()
    assert items(phone) == []
    phone.goto(live_server.url + LIST)
    expect(phone.locator("[data-compilation-bar]")).to_be_hidden()


def test_ticks_stay_while_lists_answer_in_place(phone: Page, live_server: LiveServer) -> None:
    phone.goto(live_server.url + LIST)
    tick(phone, 2)
    name = phone.locator(".card__title").first.inner_text()
    box = phone.get_by_role("checkbox", name=f"Añadir a mi compilación {name}")
    expect(box).to_be_checked()
    phone.locator("#sort-title").tap()
    phone.wait_for_url("**/?sort=title")
    expect(phone.locator(".card")).to_have_count(12)
    expect(phone.locator(".card .tick")).to_have_count(12)
    phone.go_back()
    expect(phone.locator("#sort-newest")).to_have_attribute("aria-current", "true")
    expect(box).to_be_checked()
    expect(phone.locator(".card .tick input:checked")).to_have_count(2)
    box.uncheck()
    expect(phone.locator("[data-compilation-bar]")).to_contain_text("1 práctica en mi")
    phone.reload()
    expect(box).not_to_be_checked()
    expect(phone.locator(".card .tick input:checked")).to_have_count(1)


def test_going_back_and_on(phone: Page, live_server: LiveServer) -> None:
    first, second, third = opened(phone, live_server)
    press(phone, second, "remove")
    press(phone, third, "up")
    phone.get_by_label("Título").fill("Con título")
    phone.go_back()
    phone.wait_for_url("**/experiencias/")
    expect(phone.locator("[data-compilation-bar]")).to_contain_text("2 prácticas en mi")
    expect(phone.locator(".card .tick input:checked")).to_have_count(2)
    phone.locator(".card .tick input:not(:checked)").nth(1).check()
    phone.locator("[data-compilation-link]").tap()
    phone.wait_for_url("**/compilacion/?practices=*")
    assert items(phone)[:2] == [third, first]
    assert len(items(phone)) == 3
    expect(phone.get_by_label("Título")).to_have_value("Con título")


def test_a_practice_has_a_tick(phone: Page, live_server: LiveServer) -> None:
    phone.goto(live_server.url + LIST)
    phone.locator(".card__title a").first.tap()
    box = phone.locator(".toolbar .tick input")
    title = phone.locator("h1").inner_text()
    expect(box).to_have_accessible_name(f"Añadir a mi compilación {title}")
    box.check()
    expect(phone.locator("[data-compilation-bar]")).to_contain_text("1 práctica en mi")


def test_the_bar_covers_nothing(phone: Page, live_server: LiveServer) -> None:
    phone.goto(live_server.url + LIST)
    tick(phone, 1)
    bar = phone.locator("[data-compilation-bar]").bounding_box()
    assert bar is not None
    assert bar["height"] < 100
    for _number in range(60):
        phone.keyboard.press("Tab")
        place: Any = phone.evaluate(
            """() => {
                const { activeElement: element } = document;
                if (element.closest("[data-compilation-bar]")) return null;
                const { top, bottom } = element.getBoundingClientRect();
                return [top, bottom];
            }"""
        )
        if place is None:
            break
        assert place[0] < bar["y"], place
    widths = phone.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert widths[0] <= widths[1]
    phone.evaluate("scrollTo(0, document.body.scrollHeight)")
    legal = phone.locator(".site-footer__legal").bounding_box()
    assert legal is not None
    assert legal["y"] + legal["height"] <= bar["y"]


def test_at_most_a_hundred(phone: Page, live_server: LiveServer) -> None:
    phone.goto(live_server.url + LIST)
    phone.evaluate(
        """() => localStorage.setItem("practices-compilation", JSON.stringify({
            practices: Array.from({ length: 100 }, (_, number) => `XYZ-${number}`), wishes: "",
        }))"""
    )
    phone.reload()
    box = phone.locator(".card .tick input").first
    box.tap()
    expect(box).not_to_be_checked()
    expect(phone.locator("[data-compilation-bar]")).to_contain_text("como máximo 100")


@pytest.mark.parametrize("stored", ["{", "null", "[]", '{"practices": [7, "<b>"]}', '"x"'])
def test_whatever_is_kept_on_the_device(phone: Page, live_server: LiveServer, stored: str) -> None:
    phone.goto(live_server.url + LIST)
    phone.evaluate("text => localStorage.setItem('practices-compilation', text)", stored)
    phone.reload()
    expect(phone.locator("[data-compilation-bar]")).to_be_hidden()
    tick(phone, 1)
    expect(phone.locator("[data-compilation-bar]")).to_contain_text("1 práctica en mi")


def test_a_browser_that_keeps_nothing(phone: Page, live_server: LiveServer) -> None:
    phone.add_init_script(
        """for (const name of ["localStorage", "sessionStorage"]) {
            Object.defineProperty(window, name, { get() { throw new Error("refused"); } });
        }"""
    )
    assert len(opened(phone, live_server)) == 3


def test_without_javascript(browser: Browser, site_data: None, live_server: LiveServer) -> None:
    context = browser.new_context(
        java_script_enabled=False, locale="es", viewport={"width": 375, "height": 700}
    )
    page = context.new_page()
    page.goto(f"{live_server.url}/es/experiencias/brasil/")
    assert page.locator(".tick").count() == 0
    expect(page.locator("[data-compilation-bar]")).to_be_hidden()
    page.get_by_role("link", name="Hacer una compilación de esta lista").click()
    expect(page.locator("#chosen")).to_have_text("5 prácticas de una lista")
    page.get_by_role("link", name="Elegirlas y ordenarlas a mano").click()
    assert len(items(page)) == 5
    first, second, *others = items(page)
    page.locator(f"#{first} [name=down]").click()
    assert items(page) == codes(page) == [second, first, *others]
    page.get_by_label("Título").fill("Brasil")
    page.locator(f"#{second} [name=remove]").click()
    assert items(page) == codes(page) == [first, *others]
    expect(page.get_by_label("Título")).to_have_value("Brasil")
    page.get_by_role("link", name="Deshacer").click()
    assert items(page) == [second, first, *others]
    expect(page.get_by_label("Título")).to_have_value("Brasil")
    page.get_by_label("Añadir por código").fill("per-1")
    page.get_by_role("button", name="Añadir", exact=True).click()
    assert items(page) == codes(page) == [second, first, *others, "PER-1"]
    page.get_by_label("Título").fill("Brasil y Perú")
    page.get_by_role("radio", name="Por país").check()
    page.keyboard.press("Enter")
    page.wait_for_url("**&group=country*")
    assert items(page) == [second, first, *others, "PER-1"]
    expect(page.get_by_role("radio", name="Por país")).to_be_checked()
    page.get_by_role("button", name="Vaciarla").click()
    assert items(page) == []
    widths = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert widths[0] <= widths[1]
    context.close()


@pytest.mark.parametrize("width", [375, 1280])
@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_the_page_fits(
    browser: Browser, site_data: None, live_server: LiveServer, width: int, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    for query in (
        "",
        "?practices=PER-1.BRA-1.XYZ-9&add=hola",
        "?list=1&country=br&theme=human_rights",
        f"?list=1&country={'x' * 200}",
        f"?practices=PER-1&title={'x' * 120}&add={'y' * 300}",
    ):
        page.goto(f"{live_server.url}/{language}/compilacion/{query}")
        widths = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
        assert widths[0] <= widths[1], query
        small = page.locator(
            ".compilation :is(button, .btn):not(.visually-hidden):visible"
        ).evaluate_all("all => all.filter(one => one.getBoundingClientRect().height < 36).length")
        assert small == 0, query
        ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
        assert len(ids) == len(set(ids)), query
    context.close()
