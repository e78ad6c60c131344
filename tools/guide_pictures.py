"""Take the pictures of the guides anew, on a fresh demo that may be thrown away.

    python -m tools.guide_pictures http://127.0.0.1:8000 [name …]

Each picture is a function below, called once for each language; names leave out the others. The
people of the demo are given names and that language, and fichas are sent and returned where a
picture needs it.
"""

import shutil
import sys
from collections.abc import Callable

from playwright.sync_api import sync_playwright

from .studio import (
    CASTS,
    ENDORSED,
    FOLDER,
    TRANSLATED,
    Studio,
    decide,
    give_back,
    new_ficha,
    open_menu,
    press,
    submit,
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def sign_in(studio: Studio, name: str) -> None:
    page = studio.window("", "/admin/login/")
    studio.take(name, page, of=page.locator("main form"))


def editor_home(studio: Studio, name: str) -> None:
    studio.take(name, studio.window(studio.cast.returned[0]), height=760)


def new_practice(studio: Studio, name: str) -> None:
    studio.take(name, new_ficha(studio, 0), height=860)


def word_limit(studio: Studio, name: str) -> None:
    page = new_ficha(studio, 1)
    editor = page.locator("[data-streamfield-child] [contenteditable=true]").nth(1)
    editor.click()
    page.keyboard.insert_text(studio.cast.word * 17)
    page.wait_for_timeout(800)
    page.set_viewport_size({"width": 1280, "height": 1400})
    of = page.locator("[data-streamfield-child]").nth(1)
    of.scroll_into_view_if_needed()
    studio.take(name, page, height=1400, of=of)


def choose_file(studio: Studio, name: str) -> None:
    page = new_ficha(studio, 3)
    page.locator("[data-chooser-action-choose]:visible").first.click()
    page.wait_for_timeout(1000)
    page.locator(".modal-content [role=tab]").last.click()
    studio.take(name, page, height=900)


def contact(studio: Studio, name: str) -> None:
    page = studio.ficha(*studio.cast.returned)
    page.get_by_role("tab").nth(2).click()
    studio.take(name, page, height=700)


def send(studio: Studio, name: str) -> None:
    page = studio.ficha(*studio.cast.returned)
    open_menu(page)
    studio.take(name, page, height=560)


def faults(studio: Studio, name: str) -> None:
    page = new_ficha(studio, 0)
    with page.expect_navigation():
        press(page, "[name=action-submit]")
    page.wait_for_load_state("networkidle")
    studio.take(name, page, height=760)


def under_review(studio: Studio, name: str) -> None:
    page = studio.ficha(*studio.cast.sent)
    open_menu(page)
    studio.take(name, page, height=640)


def returned(studio: Studio, name: str) -> None:
    studio.take(name, studio.ficha(*studio.cast.returned), height=640)


def mails(studio: Studio, name: str) -> None:
    page = studio.window(studio.cast.returned[0], "/admin/account/")
    page.get_by_role("tab").last.click()
    studio.take(name, page, height=900)


def endorse(studio: Studio, name: str) -> None:
    submit(studio, *ENDORSED)
    page = studio.ficha("punto-focal-pe", ENDORSED[1])
    open_menu(page)
    studio.take(name, page, height=640)


def translation(studio: Studio, name: str) -> None:
    page = studio.ficha(*TRANSLATED)
    page.get_by_role("tab").nth(1).click()
    page.wait_for_timeout(600)
    studio.take(name, page, height=900)


def translation_tools(studio: Studio, name: str) -> None:
    page = studio.ficha(*TRANSLATED)
    press(page, "a[href$='/translation/']")
    page.wait_for_load_state("networkidle")
    studio.take(name, page, height=1000)


def out_of_date(studio: Studio, name: str) -> None:
    submit(studio, *ENDORSED)
    decide(studio, "punto-focal-pe", ENDORSED[1], "endorse")
    decide(studio, "secretaria", ENDORSED[1], "approve_and_publish")
    studio.take(name, studio.ficha(*TRANSLATED), height=860)


def coverage(studio: Studio, name: str) -> None:
    studio.take(name, studio.window("secretaria", "/admin/translations/"), height=860)


def secretariat_home(studio: Studio, name: str) -> None:
    studio.take(name, studio.window("secretaria"), height=1120)


def review(studio: Studio, name: str) -> None:
    page = studio.ficha("secretaria", studio.cast.sent[1])
    open_menu(page)
    studio.take(name, page, height=700)


def comment(studio: Studio, name: str) -> None:
    page = studio.ficha("secretaria", studio.cast.sent[1])
    page.locator("button[data-comment-add]:visible").first.click()
    page.wait_for_timeout(800)
    page.locator(".comments-list textarea, .comment textarea").first.fill(studio.cast.reason)
    studio.take(name, page, height=840)


def return_window(studio: Studio, name: str) -> None:
    page = studio.ficha("secretaria", studio.cast.sent[1])
    press(page, "[data-workflow-action-name=return]")
    page.locator(".modal-body textarea").fill(studio.cast.reason)
    studio.take(name, page, of=page.locator(".modal-content"))


def changes(studio: Studio, name: str) -> None:
    # The demo changed this one; the others are sent as they are.
    page = studio.ficha("secretaria", CASTS["es"].sent[1])
    page.locator("[data-ficha-under-review] + .buttons a").click()
    page.wait_for_load_state("networkidle")
    studio.take(name, page, height=520)


def no_longer_in_force(studio: Studio, name: str) -> None:
    page = studio.ficha("secretaria", studio.cast.sent[1])
    press(page, "a[href$='/force/']")
    page.wait_for_load_state("networkidle")
    studio.take(name, page, height=520)


def fichas(studio: Studio, name: str) -> None:
    page = studio.window("secretaria", "/admin/fichas/")
    page.locator("header button:visible").last.click()
    studio.take(name, page, height=800)


def person(studio: Studio, name: str) -> None:
    page = studio.window("secretaria", "/admin/people/add/")
    for field, text in zip(("first_name", "last_name", "email"), studio.cast.person, strict=True):
        page.fill(f"input[name={field}]", text)
    studio.take(name, page, height=900)


def log(studio: Studio, name: str) -> None:
    studio.take(name, studio.window("secretaria", "/admin/practices/moderationevent/"), height=760)


def tag(studio: Studio, name: str) -> None:
    page = studio.window("secretaria", "/admin/snippets/taggit/tag/?q=apatridia")
    number = page.locator("tbody [data-object-id]").first.get_attribute("data-object-id")
    page = studio.window("secretaria", f"/admin/snippets/taggit/tag/edit/{number}/")
    studio.take(name, page, height=520)


PICTURES: tuple[Callable[[Studio, str], None], ...] = (
    sign_in,
    editor_home,
    returned,
    contact,
    send,
    under_review,
    mails,
    endorse,
    translation,
    translation_tools,
    secretariat_home,
    review,
    comment,
    return_window,
    changes,
    no_longer_in_force,
    fichas,
    person,
    log,
    tag,
    out_of_date,
    coverage,
    # These leave drafts behind, which the others must not show.
    new_practice,
    word_limit,
    choose_file,
    faults,
)


def main(address: str, wanted: list[str]) -> None:
    """Take the pictures in each language."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        studio = Studio(browser, address.rstrip("/"))
        for language in CASTS:
            studio.language = language
            give_back(studio, *studio.cast.returned)
            submit(studio, *studio.cast.sent)
            for picture in PICTURES:
                name = picture.__name__.replace("_", "-")
                if not wanted or name in wanted:
                    picture(studio, name)
                    print(f"{name}-{language}.png")  # noqa: T201
            studio.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:  # noqa: PLR2004
        sys.exit("usage: python -m tools.guide_pictures ADDRESS [NAME …]")
    main(sys.argv[1], sys.argv[2:])
