"""A published original changes, and its translation follows: four people in their browsers."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from practices.models import PracticePage
from tests.browser.conftest import tabs_of
from tests.browser.test_life_of_a_practice import (
    decide,
    open_form,
    state,
    submit,
    tab,
    write,
)

PEOPLE = ("editor-co", "traduccion-co", "secretaria")
TITLE = "Primero la Niñez"
ADDED = "Desde 2026 se inscribe también por internet."
TRANSLATED = "Desde 2026 o registro também se faz pela internet."


@pytest.fixture
def tabs(browser: Browser, site_data: None, live_server: LiveServer) -> Iterator[dict[str, Page]]:
    """A browser for each of the people, and one for a reader."""
    with tabs_of(browser, live_server, PEOPLE) as opened:
        yield opened


@pytest.fixture
def original(site_data: None) -> PracticePage:
    return PracticePage.objects.originals().get(title__startswith=TITLE)


@pytest.fixture
def translation(original: PracticePage) -> PracticePage:
    return original.translations.get()


def change_the_original(
    tabs: dict[str, Page], live_server: LiveServer, original: PracticePage
) -> None:
    """The editor adds a sentence to the summary; the Secretaría approves it."""
    editor, secretary = tabs["editor-co"], tabs["secretaria"]
    open_form(editor, live_server, original)
    tab(editor, 1)
    write(editor, "2.2", f" {ADDED}", over="Control+End")
    submit(editor)
    assert state(original) == "submitted"
    open_form(secretary, live_server, original)
    decide(secretary, "approve_and_publish")
    assert state(original) == "published"


def read(
    tabs: dict[str, Page], live_server: LiveServer, translation: PracticePage
) -> tuple[str, bool]:
    """The public text of the translation, and whether it is marked as out of date."""
    reader = tabs["reader"]
    response = reader.goto(live_server.url + (translation.get_url() or ""))
    assert response
    assert response.status == 200
    expect(reader.locator("html")).to_have_attribute("lang", "pt-br")
    marked = reader.locator("main .notice--warning").count() > 0
    return reader.locator("main").inner_text(), marked


def translate(tabs: dict[str, Page], live_server: LiveServer, translation: PracticePage) -> None:
    """The translator finds what is out of date, sees how it changed, translates and sends it."""
    translator = tabs["traduccion-co"]
    translator.goto(live_server.url + reverse("wagtailadmin_home"))
    translator.locator(".coverage-number--outdated").click()
    row = translator.locator("tr", has_text=TITLE)
    with translator.expect_navigation():
        row.locator("a.coverage-state--outdated").click()
    assert translator.url.endswith(reverse("wagtailadmin_pages:edit", args=[translation.pk]))
    translator.wait_for_load_state("networkidle")
    tab(translator, 1)
    piece = translator.locator("#original-summary")
    expect(piece.locator(".ficha-badge--outdated")).to_be_visible()
    expect(piece.locator("ins")).to_contain_text(ADDED.split(" ", 1)[1])
    expect(piece.locator("del")).to_have_count(0)
    expect(translator.locator(".ficha-badge--outdated")).to_have_count(1)
    write(translator, "2.2", f" {TRANSLATED}", over="Control+End")
    piece.get_by_role("checkbox").check()
    submit(translator)
    assert state(translation) == "submitted"


def test_a_translation_follows_its_original(
    tabs: dict[str, Page],
    live_server: LiveServer,
    original: PracticePage,
    translation: PracticePage,
) -> None:
    before, marked = read(tabs, live_server, translation)
    assert not marked
    change_the_original(tabs, live_server, original)
    old, marked = read(tabs, live_server, translation)
    assert marked
    assert old.startswith(before[:200])

    translate(tabs, live_server, translation)
    old, marked = read(tabs, live_server, translation)
    assert marked
    assert TRANSLATED not in old

    open_form(tabs["secretaria"], live_server, translation)
    decide(tabs["secretaria"], "approve_and_publish")
    assert state(translation) == "published"
    new, marked = read(tabs, live_server, translation)
    assert TRANSLATED in new
    assert not marked
    log = translation.moderation_events.order_by("pk").values_list("action", flat=True)
    assert list(log)[-5:] == [
        "outdated",
        "submitted",
        "endorsement_skipped",
        "approved",
        "published",
    ]
