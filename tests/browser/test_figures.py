"""Map and matrix as people use them: finger, keyboard, screen reader, phone and desk."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.one_database


def test_the_keyboard_goes_from_country_to_country(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/es/")
    page.get_by_role("link", name="Matriz de países y temas").first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Argentina: 2 experiencias")).to_be_focused()
    page.keyboard.press("Tab")
    ring = page.locator(".map a:focus .map__area").first
    assert ring.evaluate("area => getComputedStyle(area).strokeWidth") != "1px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/es/experiencias/bolivia/")


def test_a_screen_reader_reads_a_list_of_links(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/es/")
    countries = page.get_by_role("list", name="Mapa: experiencias por país")
    assert countries.get_by_role("listitem").count() == 12
    assert countries.get_by_role("link").count() == 12
    expect(countries.get_by_role("link", name="Brasil: 5 experiencias", exact=True)).to_be_visible()
    table = page.get_by_role("table", name="Experiencias por país")
    expect(table.get_by_role("row", name="Brasil 5")).to_be_visible()


@pytest.mark.parametrize(
    ("code", "slug"),
    [("gy", "guyana"), ("sr", "suriname"), ("uy", "uruguay"), ("ec", "ecuador"), ("cl", "chile")],
)
def test_a_finger_hits_the_small_countries(
    browser: Browser, site_data: None, live_server: LiveServer, code: str, slug: str
) -> None:
    context = browser.new_context(viewport={"width": 375, "height": 700}, has_touch=True)
    page = context.new_page()
    page.goto(f"{live_server.url}/es/")
    sign = page.locator(f".map a:has(use[href='#map-{code}']) .map__reach")
    sign.scroll_into_view_if_needed()
    box = sign.bounding_box()
    assert box
    assert box["width"] >= 36
    # Beside the number, not on it: whoever aims badly hits it all the same.
    page.touchscreen.tap(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.08)
    page.wait_for_url(f"**/es/experiencias/{slug}/")
    context.close()


def test_the_land_itself_is_a_link(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/es/temas/derechos-humanos/")
    land = page.locator(".map use[href='#map-br']").bounding_box()
    assert land
    page.mouse.click(land["x"] + land["width"] * 0.8, land["y"] + land["height"] * 0.35)
    page.wait_for_url("**/derechos-humanos/?country=br#practices")
    assert page.locator(".card").count() == 4


@pytest.mark.parametrize(("width", "beside"), [(375, False), (1280, True)])
def test_the_table_stands_beside_the_map_or_below(
    page: Page, live_server: LiveServer, width: int, beside: bool
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/es/", "/pt-br/temas/direitos-humanos/"):
        page.goto(f"{live_server.url}{path}")
        drawn, table = (
            page.locator(".map").bounding_box(),
            page.locator(".map-table").bounding_box(),
        )
        assert drawn
        assert table
        assert (table["x"] >= drawn["x"] + drawn["width"]) is beside
        assert (table["y"] >= drawn["y"] + drawn["height"]) is not beside
        assert table["x"] + table["width"] <= width


def test_both_heads_of_the_matrix_stay_in_sight_on_a_phone(
    page: Page, live_server: LiveServer
) -> None:
    page.set_viewport_size({"width": 375, "height": 500})
    page.goto(f"{live_server.url}/es/matriz/")
    frame = page.locator(".matrix-frame")
    frame.scroll_into_view_if_needed()
    frame.evaluate("frame => frame.scrollTo(200, 200)")
    place = frame.bounding_box()
    theme = page.locator(".matrix thead th").nth(3).bounding_box()
    country = page.locator(".matrix tbody th").nth(6).bounding_box()
    assert place
    assert theme
    assert country
    assert abs(theme["y"] - place["y"]) < 8
    assert abs(country["x"] - place["x"]) < 8
    widths = page.locator("html").evaluate("html => [html.scrollWidth, html.clientWidth]")
    assert widths[0] <= widths[1]


def test_a_number_of_the_matrix_is_named_and_leads_to_its_list(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/es/matriz/")
    page.get_by_role("link", name="Brasil Derechos humanos 4").click()
    page.wait_for_url("**/es/experiencias/?country=br&theme=human_rights")
    assert page.locator(".card").count() == 4
