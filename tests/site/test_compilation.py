"""The page of a compilation and its files, in both languages, with and without a choice."""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import translation

from practices.compilation import content as compilation_content
from practices.factsheets.codes import short_code
from practices.models import PracticePage
from tests.factories import country, make_practice, translate
from tests.hostile import HOSTILE
from tests.queries import count_queries
from tests.site.test_pages import BUDGET

pytestmark = pytest.mark.django_db

PAGE = "/es/compilacion/"
PATHS = [PAGE, "/pt-br/compilacion/"]


class Form(HTMLParser):
    """The fields of the form of a page as a browser without scripts would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.acts: list[tuple[str, str]] = []
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = "data-compilation" in values
        if not self._inside or "name" not in values:
            return
        if tag == "input" and (values["type"] not in ("radio", "checkbox") or "checked" in values):
            self.fields.append((values["name"], values["value"]))
        elif tag == "button":
            self.acts.append((values["name"], values["value"]))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "form"


def html(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def picked(page: str) -> list[str]:
    return re.findall(r'<li class="picked__item" id="([A-Z]{3}-[0-9]+)"', page)


def press(client: Client, url: str, name: str, value: str, **typed: str) -> str:
    """The address that a button of a page leads to, with what was typed into its fields."""
    form = Form(html(client, url))
    assert (name, value) in form.acts or name == "add"
    fields = [(field, typed.get(field, given)) for field, given in form.fields]
    acted = [] if name == "add" else [(name, value)]
    data: dict[str, list[str]] = {}
    for field, given in [*fields, *acted]:
        data.setdefault(field, []).append(given)
    response: Any = client.get(url.partition("?")[0], data)
    assert response.status_code == 302
    return response["Location"].partition("#")[0]


@pytest.fixture
def three() -> list[str]:
    practices = PracticePage.objects.published().order_by("pk").select_related("record")[:3]
    return [short_code(practice.code) for practice in practices]


@pytest.mark.parametrize("path", PATHS)
def test_without_a_choice(client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert "X-Robots-Tag" not in response
    assert picked(response.content.decode()) == []
    assert "data-compilation-files hidden" in response.content.decode()


@pytest.mark.parametrize("path", PATHS)
def test_practices_stand_in_their_order(client: Client, path: str, three: list[str]) -> None:
    for codes in (three, three[::-1]):
        response = client.get(f"{path}?practices={'.'.join(codes)}")
        page = response.content.decode()
        assert picked(page) == codes
        assert f"http://testserver{path}?practices={'.'.join(codes)}" in page
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in page


def test_titles_are_those_of_the_reader(client: Client) -> None:
    practice = make_practice(published=True, title="Título propio")
    code = short_code(practice.code)
    translation_ = translate(practice, published=True, title="Título traduzido")
    assert "Título propio" in html(client, f"{PAGE}?practices={code}")
    assert "Título traduzido" in html(client, f"/pt-br/compilacion/?practices={code}")
    translation_.unpublish()
    page = html(client, f"/pt-br/compilacion/?practices={code}")
    assert '<span class="badge badge--language">Espanhol</span>' in page


def test_what_is_not_public_is_named_and_left_out(client: Client, three: list[str]) -> None:
    draft = make_practice(title="Nunca publicada")
    gone = make_practice(published=True, title="Retirada del banco")
    code = short_code(gone.code)
    gone.unpublish()
    url = f"{PAGE}?practices={three[0]}.{code}.XYZ-99.{three[1]}"
    page = html(client, url)
    assert picked(page) == three[:2]
    assert f"{code}, XYZ-99" in page
    assert gone.title not in page
    assert draft.title not in page
    assert press(client, url, "tidy", "1") == f"{PAGE}?practices={three[0]}.{three[1]}"


def test_buttons_work_without_scripts(client: Client, three: list[str]) -> None:
    first, second, third = three
    url = f"{PAGE}?practices={first}.{second}.{third}"
    assert press(client, url, "up", third).endswith(f"={first}.{third}.{second}")
    assert press(client, url, "down", first).endswith(f"={second}.{first}.{third}")
    removed = press(client, url, "remove", second)
    assert removed == f"{PAGE}?practices={first}.{third}&before={first}.{second}.{third}"
    page = html(client, removed)
    title = PracticePage.objects.get(record__code__endswith=_padded(second)).title
    assert title in page
    assert f'href="{PAGE}?practices={first}.{second}.{third}#chosen"' in page
    emptied = press(client, url, "clear", "1")
    page = html(client, emptied)
    assert picked(page) == []
    assert f'href="{PAGE}?practices={first}.{second}.{third}#chosen"' in page


def _padded(code: str) -> str:
    iso, number = code.split("-")
    return f"{iso}-{int(number):04d}"


def test_nothing_typed_is_lost(client: Client, three: list[str]) -> None:
    url = f"{PAGE}?practices={three[0]}.{three[1]}"
    typed = {"title": "Título a medias", "add": three[2]}
    moved = press(client, url, "down", three[0], **typed)
    codes = ".".join([three[1], three[0], three[2]])
    assert moved == f"{PAGE}?practices={codes}&title=T%C3%ADtulo+a+medias"
    wrong = press(client, url, "down", three[0], add="hola", title="Otra")
    page = html(client, wrong)
    assert picked(page) == [three[1], three[0]]
    assert 'value="hola"' in page
    assert 'value="Otra"' in page
    assert 'aria-invalid="true"' in page


def test_codes_are_added(client: Client, three: list[str]) -> None:
    added = press(client, PAGE, "add", "", add=f"{three[0].lower()} OSUMI-{_padded(three[1])}")
    assert added == f"{PAGE}?practices={three[0]}.{three[1]}"
    response = client.get(PAGE, {"practices": three[0], "add": "peru"})
    assert response.status_code == 200
    assert picked(response.content.decode()) == [three[0]]
    assert "peru" in response.content.decode()


def test_a_list_by_its_filter(client: Client) -> None:
    for number in range(14):
        make_practice(country("py"), published=True, title=f"Del Paraguay {number}")
    url = f"{PAGE}?list=1&country=py&sort=title"
    shown = client.get("/es/experiencias/?country=py&sort=title").context["listing"]
    response = client.get(url)
    content = response.context["content"]
    assert content.total == shown.total
    assert [card.code for card in content.listing.cards] == [card.code for card in shown.cards]
    page = response.content.decode()
    assert "Paraguay" in page
    assert f"{PAGE}?list=1&amp;country=py&amp;sort=title" in page
    codes = [short_code(card.code) for card in shown.every_card()]
    assert f"{PAGE}?practices={'.'.join(codes)}" in page
    assert picked(html(client, f"{PAGE}?practices={'.'.join(codes)}")) == codes
    applied = press(client, url, "apply", "1", title="Paraguay entero")
    assert applied == f"{PAGE}?list=1&country=py&sort=title&title=Paraguay+entero"


def test_lists_and_practices_lead_to_compilations(client: Client, three: list[str]) -> None:
    page = html(client, "/es/experiencias/peru/?theme=human_rights")
    assert f'href="{PAGE}?list=1&amp;country=pe&amp;theme=human_rights"' in page
    practice = PracticePage.objects.get(record__code__endswith=_padded(three[0]))
    assert f'href="{PAGE}?practices={three[0]}"' in html(client, practice.url)
    for path in ("/es/", "/es/experiencias/", "/es/buscar/?q=ley", practice.url):
        page = html(client, path)
        assert page.count("data-compilation-bar") == 1, path
        assert f'data-url="{PAGE}"' in page


def test_a_list_that_is_too_long(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compilation_content, "MOST_LISTED", 20)
    page = html(client, f"{PAGE}?list=1")
    assert "compilacion.pdf" not in page
    for form in ("pdf", "docx"):
        response = client.get(f"{PAGE}compilacion.{form}?list=1")
        assert response.status_code == 400
        assert 'role="alert"' in response.content.decode()
    response = client.get(f"{PAGE}compilacion.pdf?list=1&country=pe")
    assert response.status_code == 200
    assert body(response)


def test_a_list_that_nothing_fits(client: Client) -> None:
    page = html(client, f"{PAGE}?list=1&country=nada")
    assert "nada" in page
    response = client.get(f"{PAGE}compilacion.pdf?list=1&country=nada")
    assert response.status_code == 400


@pytest.mark.parametrize("query", ["", "?practices=XYZ-99", "?title=Sin+nada", "?practices=%00"])
def test_an_empty_choice_has_no_file(client: Client, query: str) -> None:
    for form in ("pdf", "docx"):
        response = client.get(f"{PAGE}compilacion.{form}{query}")
        assert response.status_code == 400
        assert response["Content-Type"].startswith("text/html")
        assert 'role="alert"' in response.content.decode()
    if "title" in query:
        assert 'value="Sin nada"' in response.content.decode()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("path", PATHS)
def test_the_files_of_a_choice(client: Client, path: str, three: list[str]) -> None:
    query = f"?practices={three[2]}.{three[0]}.XYZ-9&title=Para+el+ministro"
    response: Any = client.get(f"{path}compilacion.pdf{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Robots-Tag"] == "noindex"
    assert "para-el-ministro-20" in response["Content-Disposition"]
    with pikepdf.open(BytesIO(body(response))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Para el ministro"
        assert str(pdf.Root.Lang).lower() == path.split("/")[1]
    word: Any = client.get(f"{path}compilacion.docx{query}")
    assert word.status_code == 200
    assert body(word).startswith(b"PK")
    head = client.head(f"{path}compilacion.pdf{query}")
    assert head.status_code == 200
    assert not body(head)
    assert client.post(f"{path}compilacion.pdf{query}").status_code == 405
    assert client.post(path).status_code == 405


def test_what_is_made_is_what_was_chosen(
    client: Client, monkeypatch: pytest.MonkeyPatch, three: list[str]
) -> None:
    orders = []

    def deliver(request: Any, order: Any, extension: str, name: str) -> Any:
        orders.append(order)
        return client.get("/es/compilacion/")

    monkeypatch.setattr("practices.compilation.views.deliver_order", deliver)
    keys = [PracticePage.objects.get(record__code__endswith=_padded(code)).pk for code in three]
    query = f"practices={'.'.join(three)}&lang=es&lang=pt-br&design=summary&group=theme"
    client.get(f"{PAGE}compilacion.pdf?{query}&add=")
    client.get(f"/pt-br/compilacion/compilacion.docx?practices={three[0]}&lang=es")
    client.get(f"{PAGE}compilacion.pdf?list=1&country=br")
    client.get(f"{PAGE}compilacion.pdf?list=1")
    whole, other, listed, everything = orders
    assert whole.practices == keys
    assert whole.languages == ["es", "pt-br"]
    assert whole.base_url == "http://testserver/"
    assert (whole.wishes.design, whole.wishes.grouping) == ("summary", "theme")
    assert whole.wishes.url == f"http://testserver{PAGE}?{query}"
    assert whole.wishes.filter == ""
    assert whole.wishes.language == "es"
    assert other.languages == ["es"]
    assert other.wishes.language == "es"
    with translation.override("es"):
        assert (
            other.wishes.title
            == whole.wishes.title
            == translation.gettext("Compilation of good practices")
        )
    shown = client.get("/es/experiencias/?country=br").context["listing"]
    assert listed.practices == [card.practice.pk for card in shown.every_card()]
    assert listed.wishes.filter == "Brasil"
    assert everything.wishes.filter
    assert len(everything.practices) == PracticePage.objects.published().count()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_addresses(client: Client, hostile: str) -> None:
    for name in ("practices", "title", "lang", "add", "up", "remove", "before", "country", "q"):
        for extra in ({}, {"list": "1"}):
            response = client.get(PAGE, {name: hostile, **extra})
            assert response.status_code in (200, 302), (name, hostile)
    response = client.get(f"{PAGE}compilacion.pdf", {"practices": hostile, "title": hostile})
    assert response.status_code == 400


def test_thousands_of_parameters(client: Client) -> None:
    for count in (900, 5000):
        query = "&".join(f"practices=PER-{number}" for number in range(count))
        assert client.get(f"{PAGE}?{query}").status_code in (200, 400)
        response = client.get(f"{PAGE}compilacion.pdf?{query}")
        assert response.status_code in (200, 400)
        assert body(response)
    many = ".".join(f"PER-{number}" for number in range(2000))
    page = html(client, f"{PAGE}?practices={many}")
    assert re.search(r"1\s900 ", page)


def test_queries_stay_the_same(client: Client) -> None:
    made = [make_practice(published=True, title=f"Medida {number}") for number in range(30)]
    codes = [short_code(practice.code) for practice in made]
    few, many = (
        count_queries(client, f"{PAGE}?practices={'.'.join(codes[:count])}") for count in (2, 30)
    )
    assert few == many <= BUDGET
    assert count_queries(client, PAGE) <= BUDGET
    listed = f"{PAGE}?list=1&country=pe"
    before = count_queries(client, listed)
    make_practice(published=True, title="Una más")
    assert count_queries(client, listed) == before <= BUDGET


def test_robots_keep_out(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    for path in PATHS:
        assert f"Disallow: {path}?" in lines
        assert f"Disallow: {path}compilacion.pdf" in lines
        assert f"Disallow: {path}compilacion.docx" in lines
        assert f"Disallow: {path}" not in lines
