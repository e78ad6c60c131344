"""A browser on the demo, and the people in front of it, for the pictures of the guides."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, FloatRect, Locator, Page

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "guide"
PASSWORD = "osumi-demo"  # noqa: S105
WIDTH = 1280
COLOURS = 96
MARGIN = 16


@dataclass(frozen=True)
class Cast:
    """Who and what of the demo stands in the pictures of a language."""

    locale: str
    returned: tuple[str, str]
    """An editor, and the beginning of a title that was returned to them."""
    sent: tuple[str, str]
    """An editor, and the beginning of a title that waits for the Secretaría."""
    title: str
    word: str
    reason: str
    person: tuple[str, str, str]


CASTS = {
    "es": Cast(
        "es-PE",
        ("editor-uy", "Residencia permanente directa"),
        ("editor-cl", "Sello Migrante"),
        "Ventanilla única para personas migrantes",
        "La ventanilla atiende a personas migrantes en su idioma y sin cita previa. ",
        "Indique el año y la fuente de las cifras.",
        ("Rosa", "Quispe", "rosa.quispe@example.org"),
    ),
    "pt-br": Cast(
        "pt-BR",
        ("editor-br", "COMIGRAR"),
        ("editor-br", "Lei de Migração n.º 13.445"),
        "Balcão único para pessoas migrantes",
        "O balcão atende pessoas migrantes em seu idioma e sem hora marcada. ",
        "Indique o ano e a fonte dos números.",
        ("Ana", "Ribeiro", "ana.ribeiro@example.org"),
    ),
}
NAMES = {
    "secretaria": ("Carmen", "Ríos"),
    "editor-uy": ("Lucía", "Fernández"),
    "editor-cl": ("Paula", "Soto"),
    "editor-br": ("Marcos", "Oliveira"),
    "editor-pe": ("José", "Huamán"),
    "punto-focal-pe": ("Elena", "Vargas"),
    "traduccion-pe": ("Beatriz", "Lima"),
}
"""The people of the demo have none, and the form of the account asks for them."""

ENDORSED = ("editor-pe", "Mesa de Trabajo Intersectorial")
"""The demo has a focal point for Perú alone."""
TRANSLATED = ("traduccion-pe", "Mesa de Trabalho Intersetorial")


class Studio:
    """A browser on the demo, with a window for each person, in one language at a time."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser = browser
        self.address = address
        self.language = "es"
        self.windows: dict[str, Page] = {}

    @property
    def cast(self) -> Cast:
        return CASTS[self.language]

    def window(self, username: str = "", path: str = "/admin/") -> Page:
        """The window of a person (default: nobody), at an address of the site."""
        page = self.windows.get(username)
        if page is None:
            context = self.browser.new_context(
                locale=self.cast.locale, viewport={"width": WIDTH, "height": 800}
            )
            page = self.windows[username] = context.new_page()
            page.on("dialog", lambda dialog: dialog.accept())
            if username:
                page.goto(f"{self.address}/admin/login/")
                page.fill("input[name=username]", username)
                page.fill("input[name=password]", PASSWORD)
                page.click("button[type=submit]")
                page.wait_for_load_state("networkidle")
                self.speak(page, username)
        page.set_viewport_size({"width": WIDTH, "height": 800})
        page.goto(self.address + path)
        page.wait_for_load_state("networkidle")
        return page

    def speak(self, page: Page, username: str) -> None:
        """Give a person a name, and the language of the pictures."""
        page.goto(f"{self.address}/admin/account/")
        for field, name in zip(("first_name", "last_name"), NAMES[username], strict=True):
            page.fill(f"input[name=name_email-{field}]", name)
        page.select_option("select[name=locale-preferred_language]", self.language)
        with page.expect_navigation():
            page.locator("footer button[type=submit]").click()

    def ficha(self, username: str, title: str) -> Page:
        """The form of a ficha, found by its title in the list."""
        page = self.window(username, f"/admin/fichas/?q={title.split(maxsplit=1)[0]}")
        page.locator("main .title-wrapper a").filter(has_text=title).first.click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(800)
        return page

    def close(self) -> None:
        for page in self.windows.values():
            page.context.close()
        self.windows.clear()

    def take(self, name: str, page: Page, *, height: int = 800, of: Locator | None = None) -> None:
        """Store what a window shows: the whole of it, or a part with a margin, in few colours."""
        page.set_viewport_size({"width": WIDTH, "height": height})
        # Messages of success slide in, and numbers of sessions come and go.
        page.wait_for_timeout(900)
        clip: FloatRect | None = None
        box = of.bounding_box() if of else None
        if box:
            left, top = max(box["x"] - MARGIN, 0), max(box["y"] - MARGIN, 0)
            clip = {
                "x": left,
                "y": top,
                "width": min(box["x"] + box["width"] + MARGIN, WIDTH) - left,
                "height": min(box["y"] + box["height"] + MARGIN, height) - top,
            }
        picture = Image.open(io.BytesIO(page.screenshot(clip=clip, animations="disabled")))
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(FOLDER / f"{name}-{self.language}.png", optimize=True)


def open_menu(page: Page) -> None:
    """Open the menu at the foot of a form."""
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.wait_for_timeout(400)


def press(page: Page, selector: str) -> None:
    """Press an entry of the menu at the foot, wherever it stands."""
    button = page.locator(f"footer {selector}").first
    if not button.is_visible():
        open_menu(page)
    button.click()


def submit(studio: Studio, username: str, title: str) -> None:
    """Send a ficha for review, unless it is there already."""
    page = studio.ficha(username, title)
    if page.locator("[data-ficha-under-review]").count():
        return
    with page.expect_navigation():
        press(page, "[name=action-submit]")


def give_back(studio: Studio, username: str, title: str) -> None:
    """Have a ficha returned, unless it is so already."""
    home = studio.window(username)
    if home.locator(".ficha-group--returned").filter(has_text=title).count():
        return
    submit(studio, username, title)
    decide(studio, "secretaria", title, "return", studio.cast.reason)


def decide(studio: Studio, username: str, title: str, action: str, reason: str = "") -> None:
    """Take a decision on a ficha that waits for it."""
    page = studio.ficha(username, title)
    press(page, f"[data-workflow-action-name={action}]")
    page.locator(".modal-body textarea").fill(reason)
    with page.expect_navigation():
        page.locator(".modal-body button[type=submit]").click()


def new_ficha(studio: Studio, tab: int) -> Page:
    """A new ficha with its title, at one of its tabs."""
    page = studio.window(studio.cast.returned[0], "/admin/fichas/choose_parent/")
    page.fill("input[name=title]", studio.cast.title)
    page.get_by_role("tab").nth(tab).click()
    page.wait_for_timeout(600)
    return page
