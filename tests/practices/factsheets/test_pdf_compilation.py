"""PDF files of compilations: contents, indexes, languages, outline."""

import re
from io import BytesIO
from pathlib import Path

import outloud
import pdfua
import pikepdf
import pytest

from practices.factsheets.compiling import Order, Wishes, assemble
from practices.factsheets.document import Document
from practices.factsheets.pdf import render
from practices.factsheets.richtext import blocks_of
from practices.models import PracticePage

from .pages import bookmarks, elements, poppler, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def compilation(
    grouping: str = "country", design: str = "full", languages: tuple[str, ...] = ("es",)
) -> tuple[Document, dict[str, bytes]]:
    """A compilation of the demo with all that one can have."""
    wishes = Wishes(
        title="Buenas prácticas 2026",
        language="es",
        design=design,  # type: ignore[arg-type]
        grouping=grouping,
        filter="Todas",
        url="https://osumi.example/es/compilacion/?todas",
        preface=blocks_of("<p>Palabras de la Secretaría.</p>", ""),
        citation="CSM (2026). Buenas prácticas 2026.",
    )
    keys = sorted(PracticePage.objects.published().values_list("pk", flat=True))
    order = Order(keys, list(languages), wishes, "https://osumi.example/")
    document, pictures = assemble(order)
    return document, pictures.files()


def pages_of(content: bytes) -> list[str]:
    return [" ".join(page.split()) for page in poppler("pdftotext", content, "-layout").split("\f")]


@pytest.mark.parametrize(
    ("grouping", "design", "languages"),
    [
        ("country", "full", ("es",)),
        ("theme", "summary", ("es", "pt-br")),
        ("none", "full", ("pt-br",)),
    ],
)
def test_checkers_find_no_error(
    grouping: str, design: str, languages: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(render(*compilation(grouping, design, languages)))
    found = outloud.check(str(path)).findings
    assert not [finding for finding in found if finding.severity == "error"]
    assert not pdfua.validate(str(path)).findings


def test_it_holds_its_parts_in_their_order() -> None:
    document, pictures = compilation()
    text = words(render(document, pictures))
    labels, parts = document["labels"]["es"], document["compilation"]
    assert parts
    at = 0
    for part in (
        document["title"],
        parts["subtitle"],
        parts["date"],
        labels["preface"],
        "Palabras de la Secretaría.",
        labels["contents"],
        parts["groups"][0]["title"]["text"],
        document["sheets"][0]["title"]["text"],
        labels["index_country"],
        labels["index_theme"],
        labels["index_tag"],
        labels["institutions"],
        labels["colophon"],
        "Todas",
        parts["citation"],
    ):
        at = text.find(" ".join(part.split()), at)
        assert at >= 0, part


def test_contents_and_indexes_name_the_page_where_a_sheet_begins() -> None:
    document, pictures = compilation("country")
    pages = pages_of(render(document, pictures))
    sheet = document["sheets"][7]
    begins = next(number for number, page in enumerate(pages, 1) if f"{sheet['code']} · " in page)
    contents = next(page for page in pages if sheet["short_code"] in page)
    line = rf"{sheet['short_code']} {re.escape(sheet['title']['text'][:30])}.*? {begins}\b"
    assert re.search(line, contents)
    indexes = " ".join(pages[-6:])
    assert re.search(rf"{sheet['country']['name']['text']}[ 0-9,]* {begins}\b", indexes)


@pytest.mark.parametrize("grouping", ["country", "theme", "none"])
def test_the_outline_holds_groups_and_sheets(grouping: str) -> None:
    document, pictures = compilation(grouping, "summary")
    parts = document["compilation"]
    assert parts
    titles = {sheet["title"]["text"] for sheet in document["sheets"]}
    marks = bookmarks(render(document, pictures))
    depth = 0 if grouping == "none" else 1
    assert {mark.title for mark in marks if mark.depth == depth} >= titles
    groups = {group["title"]["text"] for group in parts["groups"]} - {""}
    assert {mark.title for mark in marks if mark.depth == 0} >= groups
    assert (not groups) == (grouping == "none")


def test_sheets_of_both_languages_are_marked_each_in_its_own() -> None:
    document, pictures = compilation("none", "summary", ("es", "pt-br"))
    content = render(document, pictures)
    with pikepdf.open(BytesIO(content)) as file:
        assert str(file.Root.Lang) == "es"
    assert "pt-BR" in {element.lang for element in elements(content)}
    assert "Resumo da experiência" in words(content)


def test_each_sheet_begins_a_page_and_a_summary_takes_one() -> None:
    document, pictures = compilation("none", "summary")
    pages = pages_of(render(document, pictures))
    holding = [
        [number for number, page in enumerate(pages) if f"{sheet['code']} · " in page]
        for sheet in document["sheets"]
    ]
    assert all(len(found) == 1 for found in holding)
    assert [found[0] for found in holding] == list(range(holding[0][0], holding[0][0] + 24))


def test_the_same_data_gives_the_same_bytes() -> None:
    document, pictures = compilation("theme", "summary")
    assert render(document, pictures) == render(document, pictures)


def test_a_title_that_is_code_is_text() -> None:
    document, pictures = compilation("none", "summary")
    document["title"] = '#read("/etc/passwd") *x* ' + "y" * 500
    assert '#read("/etc/passwd") *x*' in words(render(document, pictures))


def test_the_colophon_of_the_largest_names_all_codes() -> None:
    document, pictures = compilation(design="summary")
    codes = [f"OSUMI-PER-{number:06}" for number in range(600)]
    parts = document["compilation"]
    assert parts
    [line] = [line for line in parts["colophon"] if "OSUMI-PER-" in line["text"]]
    line["text"] = ", ".join(codes)
    text = poppler("pdftotext", render(document, pictures), "-layout")
    assert all(code in text for code in codes)  # none is divided
