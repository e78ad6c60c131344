"""The guides: in the admin for each role and language, and true to what the screens say."""

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import polib
import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from home.guide import DOCS, PICTURES, guide_path
from home.guide import GUIDES as NAMES
from home.models import User
from tools import catalogues, package_messages

pytestmark = pytest.mark.one_database

LOCALES = {"es": "es", "pt-br": "pt_BR"}
GUIDES = [(name, language) for name in NAMES for language in LOCALES]
QUOTES = {"es": re.compile(r"\*\*«([^»]+)»\*\*"), "pt-br": re.compile(r"\*\*“([^”]+)”\*\*")}
PICTURE = re.compile(r"!\[([^\]]*)\]\((pictures/guide/([\w-]+)\.png)\)")
MOST_BYTES = 150_000


class Tags(HTMLParser):
    """The values of an attribute of all tags of a kind."""

    def __init__(self, html: str, tag: str, attribute: str) -> None:
        super().__init__()
        self.wanted = (tag, attribute)
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == self.wanted[0]:
            self.found += [value for name, value in attrs if name == self.wanted[1] and value]


def text(name: str, language: str) -> str:
    return guide_path(name, language).read_text(encoding="utf-8")


def said(language: str) -> set[str]:
    """Every text that the admin may show in a language."""
    locale = LOCALES[language]
    texts: set[str] = set()
    for domain in package_messages.DOMAINS:
        for entry in package_messages.read(locale, domain, translated=True).values():
            texts |= {entry.msgstr, *entry.msgstr_plural.values()}
    for path in (*catalogues.catalogues(), *package_messages.catalogues()):
        if path.parent.parent.name == locale:
            for entry in polib.pofile(str(path)):
                texts |= {entry.msgstr, *entry.msgstr_plural.values()}
    return {text.strip() for text in texts}


def client_of(username: str, language: str) -> Client:
    user = User.objects.get(username=username)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_buttons_are_called_what_the_screens_call_them(name: str, language: str) -> None:
    quoted = set(QUOTES[language].findall(text(name, language)))
    assert len(quoted) > 10
    assert quoted - said(language) == set()


@pytest.mark.parametrize(("name", "language"), GUIDES)
def test_each_picture_is_there_and_described(name: str, language: str) -> None:
    pictures = PICTURE.findall(text(name, language))
    assert pictures
    for described, file, stem in pictures:
        assert len(described) > 20
        assert stem.endswith(f"-{language}")
        with Image.open(DOCS / file) as image:
            assert image.width <= 1280
        assert (DOCS / file).stat().st_size < MOST_BYTES


def test_each_picture_is_used() -> None:
    used = {
        stem
        for name, language in GUIDES
        for _described, _file, stem in PICTURE.findall(text(name, language))
    }
    assert {path.stem for path in PICTURES.iterdir()} == used


@pytest.mark.parametrize("name", NAMES)
def test_both_languages_tell_the_same(name: str) -> None:
    def outline(language: str) -> list[str]:
        lines = [
            PICTURE.sub(lambda found: f"![{found[3].removesuffix(f'-{language}')}]", line)
            for line in text(name, language).splitlines()
        ]
        marks = (re.match(r"!\[.*|#+|\s*(\d+\.|-|\|)", line) for line in lines)
        return [mark[0] for mark in marks if mark]

    assert outline("es") == outline("pt-br")


PEOPLE = [
    ("editor-pe", "editors"),
    ("punto-focal-pe", "editors"),
    ("traduccion-pe", "editors"),
    ("secretaria", "secretariat"),
    ("admin", "secretariat"),
]
HEADINGS = {
    ("editors", "es"): "Enviar a revisión",
    ("editors", "pt-br"): "Enviar para revisão",
    ("secretariat", "es"): "Aprobar o devolver",
    ("secretariat", "pt-br"): "Aprovar ou devolver",
}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize(("username", "name"), PEOPLE)
def test_each_role_reads_its_guide_in_its_language(username: str, name: str, language: str) -> None:
    client = client_of(username, language)
    response = client.get(reverse("practices_guide"), follow=True)
    assert response.redirect_chain == [(reverse("practices_guide_named", args=[name]), 302)]
    html = response.content.decode()
    assert f">{HEADINGS[name, language]}</h3>" in html
    assert "<strong>" in html
    assert html.count("<h1") == 1
    # The way to the other language is for readers of the file.
    assert ".md" not in html

    anchors = {unquote(link[1:]) for link in Tags(html, "a", "href").found if link[:1] == "#"}
    assert len(anchors) > 5
    assert anchors <= set(Tags(html, "h3", "id").found + Tags(html, "h4", "id").found) | {"main"}

    images = [image for image in Tags(html, "img", "src").found if "/guide/" in image]
    assert len(images) == len(PICTURE.findall(text(name, language)))
    for image in images:
        picture = client.get(image)
        assert picture["Content-Type"] == "image/png"
        assert b"".join(picture).startswith(b"\x89PNG")


@pytest.mark.django_db
def test_guides_lead_to_each_other() -> None:
    client = client_of("secretaria", "pt-br")
    html = client.get(reverse("practices_guide_named", args=["secretariat"])).content.decode()
    other = reverse("practices_guide_named", args=["editors"])
    assert other in Tags(html, "a", "href").found
    assert "Uma ficha nova" in client.get(other).content.decode()


@pytest.mark.django_db
def test_the_first_page_and_the_menu_lead_to_the_guide() -> None:
    html = client_of("editor-pe", "es").get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("practices_guide") in Tags(html, "a", "href").found
    assert html.count(reverse("practices_guide")) >= 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "../editors.md",
        "..%2Feditors.md",
        "%2e%2e/%2e%2e/editors.md",
        "../home.png",
        "..%2Fhome.png",
        "/etc/passwd",
        "no-such-picture.png",
        "",
    ],
)
def test_only_pictures_of_the_guides_are_served(name: str) -> None:
    client = client_of("admin", "es")
    folder = reverse("practices_guide_picture", args=["x"])[:-1]
    assert client.get(f"{folder}{name}", follow=True).status_code == 404


@pytest.mark.django_db
def test_there_is_no_other_guide() -> None:
    client = client_of("secretaria", "es")
    assert client.get(reverse("practices_guide_named", args=["operations"])).status_code == 404


@pytest.mark.django_db
def test_who_has_not_signed_in_is_asked_to(client: Client) -> None:
    picture = next(PICTURES.glob("*.png"), Path("x.png")).name
    for url in (
        reverse("practices_guide"),
        reverse("practices_guide_named", args=["editors"]),
        reverse("practices_guide_picture", args=[picture]),
    ):
        response = client.get(url)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("wagtailadmin_login"))
