"""PDF files of one practice: what they say, how they are tagged, and that no text breaks them."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import outloud
import pdfua
import pikepdf
import pytest

from practices.directory import Directory
from practices.factsheets.document import Design, Document, ficha
from practices.factsheets.gathering import gather
from practices.factsheets.pdf import printable, render
from practices.factsheets.pictures import Pictures
from practices.factsheets.richtext import blocks_of
from practices.factsheets.sheet import Notice, Sheet, Text, Theme
from practices.models import PracticePage

from .pages import bookmarks, count, elements, read_aloud, right_edges, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

A4_WIDTH = 595.3
HOSTILE = [
    '#read("/etc/passwd")',
    '#include "data.json"',
    "*bold* _it_ `raw`",
    "$x^2$ \\u{1F600} \\",
    "] } ) [ { (",
    "// comment /* more */",
    "<label> @reference",
    "= Heading\n- item\n+ item\n/ term: x",
    "a\x00b\x07c\ufffe",
    "🙂🇵🇪 中文 العربية עברית ﷽",
    "e\u0301 ñ ç ã ª º € ﬁ",
    "x" * 5_000,
    "https://example.org/" + "a" * 1_900,
    " ",
    "",
]


def sheets(language: str) -> tuple[list[Sheet], dict[str, bytes]]:
    """The practices of the demo."""
    pictures, keys = Pictures(), PracticePage.objects.published().values_list("pk", flat=True)
    ordered = sorted(keys)
    found = gather(ordered, language, Directory(), "https://osumi.example/", pictures)
    return found, pictures.files()


def sheet_of(code: str, language: str = "es") -> tuple[Sheet, dict[str, bytes]]:
    found, pictures = sheets(language)
    return next(sheet for sheet in found if sheet["code"] == code), pictures


def pdf_of(code: str, language: str = "es", design: Design = "full") -> bytes:
    sheet, pictures = sheet_of(code, language)
    return render(ficha(sheet, design), pictures)


def in_order(text: str, *parts: str) -> bool:
    """Whether parts are found in a text one after the other."""
    at = 0
    for part in parts:
        at = text.find(" ".join(part.split()), at)
        if at < 0:
            return False
    return True


def complaints(content: bytes, path: Path) -> Iterator[str]:
    """What the checkers call errors."""
    path.write_bytes(content)
    for finding in outloud.check(str(path)).findings:
        if finding.severity == "error":
            yield f"outloud {finding}"
    yield from (f"pdfua {finding}" for finding in pdfua.validate(str(path)).findings)


@pytest.mark.parametrize("design", ["full", "summary"])
@pytest.mark.parametrize("language", ["es", "pt-br"])
def test_checkers_find_no_error_in_any_practice(
    language: str, design: Design, tmp_path: Path
) -> None:
    found, pictures = sheets(language)
    assert len(found) == 24
    said = {
        sheet["code"]: list(complaints(render(ficha(sheet, design), pictures), tmp_path / "f.pdf"))
        for sheet in found
    }
    assert not {code: errors for code, errors in said.items() if errors}


@pytest.mark.parametrize(("language", "lang"), [("es", "es"), ("pt-br", "pt-BR")])
def test_a_file_tells_title_language_and_structure(language: str, lang: str) -> None:
    with pikepdf.open(BytesIO(pdf_of("OSUMI-BOL-0003", language))) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang) == lang
        assert file.Root.ViewerPreferences.DisplayDocTitle
        title = str(file.docinfo.Title)
    sheet, _pictures = sheet_of("OSUMI-BOL-0003", language)
    assert title == sheet["title"]["text"]


def test_headings_go_down_step_by_step_and_are_bookmarks() -> None:
    content = pdf_of("OSUMI-PER-0001")
    levels = [element.role for element in elements(content) if element.role in ("H1", "H2", "H3")]
    assert levels[0] == "H1"
    assert levels.count("H1") == 1
    assert "H2" in levels
    assert "H3" not in levels
    marks = bookmarks(content)
    assert marks[0].title == sheet_of("OSUMI-PER-0001")[0]["title"]["text"]
    assert [mark.depth for mark in marks] == [0] + [1] * (len(marks) - 1)
    assert "2.1 Antecedentes" in [mark.title for mark in marks]


@pytest.mark.parametrize("design", ["full", "summary"])
def test_it_is_read_title_first_then_summary_figures_and_the_rest(design: Design) -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    values = {entry["key"]: entry for entry in sheet["entries"]}
    order = [
        sheet["title"]["text"],
        values["summary"]["label"],
        values["summary"]["value"][0]["spans"][0]["text"][:40],
        values["key_figures"]["label"],
        values["key_figures"]["value"][0]["description"][:30],
        "En síntesis",
        *(["2.1", "2.3", "2.5", "2.6", "2.9", "Referencias"] if design == "full" else ["1.12"]),
        "Cómo citar",
    ]
    assert in_order(read_aloud(render(ficha(sheet, design), pictures)), *order)


def test_every_item_stands_under_its_number_and_label() -> None:
    for code in ("OSUMI-PER-0001", "OSUMI-BRA-0001"):
        sheet, pictures = sheet_of(code)
        text = words(render(ficha(sheet, "full"), pictures))
        for entry in sheet["entries"]:
            assert entry["number"] in text
            assert entry["label"].split()[0] in text


def test_pictures_have_their_words_and_credit() -> None:
    sheet, pictures = sheet_of("OSUMI-BOL-0003")
    picture = sheet["picture"]
    assert picture
    content = render(ficha(sheet, "full"), pictures)
    alts = [element.alt for element in elements(content) if element.role == "Figure"]
    assert alts == [alts[0], picture["alt"]["text"]]
    assert sheet["code_url"] in alts[0]
    assert picture["credit"] in words(content)


def test_links_are_live_and_their_addresses_printed() -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    content = render(ficha(sheet, "full"), pictures)
    with pikepdf.open(BytesIO(content)) as file:
        notes = [note for page in file.pages for note in page.get("/Annots", [])]
        targets = {str(note.A.URI) for note in notes if "/A" in note and "/URI" in note.A}
    text = read_aloud(content).replace(" ", "")
    products = next(entry for entry in sheet["entries"] if entry["key"] == "products")
    for resource in [*products["value"], *sheet["references"]]:
        assert resource["url"] in targets
        assert resource["url"] in text


def test_links_in_prose_have_their_addresses_below() -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    entry = next(entry for entry in sheet["entries"] if entry["key"] == "background")
    entry["value"] = blocks_of('<p>Vea <a href="https://ley.example/x">la ley</a>.</p>', "")
    text = words(render(ficha(sheet, "full"), pictures))
    assert "la ley1." in text
    assert "1 https://ley.example/x" in text


@pytest.mark.parametrize("design", ["full", "summary"])
def test_a_text_in_another_language_is_marked(design: Design) -> None:
    content = pdf_of("OSUMI-BRA-0001", "es", design)
    assert {"pt-BR"} <= {element.lang for element in elements(content)}
    own = pdf_of("OSUMI-PER-0001", "es", design)
    assert not [element for element in elements(own) if element.lang.startswith("pt")]


@pytest.mark.parametrize("design", ["full", "summary"])
@pytest.mark.parametrize("kind", ["foreign", "translation", "outdated", "archived"])
def test_notices_stand_before_the_text(kind: Any, design: Design) -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    sheet["notices"] = [Notice(kind=kind, title="Atención lectora", text="Algo hay que saber.")]
    text = read_aloud(render(ficha(sheet, design), pictures))
    assert in_order(text, sheet["title"]["text"], "Atención lectora", "Algo hay", "2.2")


def test_the_same_data_gives_the_same_bytes() -> None:
    sheet, pictures = sheet_of("OSUMI-BOL-0003")
    document = ficha(sheet, "full")
    assert render(document, pictures) == render(document, pictures)
    sheet["updated"] = "1 de enero de 2027"
    assert render(document, pictures) != render(ficha(sheet_of(sheet["code"])[0], "full"), pictures)


def test_short_texts_and_long_ones_take_one_page_in_the_summary() -> None:
    sheet, pictures = sheet_of("OSUMI-BRA-0001")
    assert count(render(ficha(sheet, "summary"), pictures)) == 1
    full_of_words(sheet)
    content = render(ficha(sheet, "summary"), pictures)
    assert count(content) == 1
    text = words(content)
    assert "principio" in text
    assert "final" in text
    assert "Cómo citar" in text
    assert sheet["citation"]["url"] in text.replace(" ", "")


def full_of_words(sheet: Sheet) -> None:
    """The longest texts that the form takes."""
    sheet["title"]["text"] = ("Institucionalización interministerial " * 7)[:255]
    sheet["notices"] *= 3
    long = ("responsabilidades " * 15)[:255]
    for entry in sheet["entries"]:
        if entry["key"] == "summary":
            text = f"principio {'corresponsabilidad ' * 198}final"
            entry["value"] = blocks_of(f"<p>{text}</p>", "")
        elif entry["key"] == "key_figures":
            figure = {"figure": "1.234.567 personas " * 4, "description": "beneficiarias " * 21}
            entry["value"] = [figure] * 5
        elif entry["kind"] == "texts":
            entry["value"] = [Text(text=long, lang="es")] * min(4, len(entry["value"]) + 1)
    sheet["themes"] *= 2
    sheet["citation"]["title"]["text"] = sheet["title"]["text"]


@pytest.mark.parametrize("design", ["full", "summary"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_text(text: str, design: Design) -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    document = ficha(filled(sheet, text), design)
    content = render(document, pictures)
    assert max(right_edges(content)) <= A4_WIDTH
    assert design == "full" or count(content) == 1
    shown = "".join(str(printable(text)).split())
    assert shown[:40] in words(content).replace(" ", "")
    assert "root:" not in words(content)


def filled(sheet: Sheet, text: str) -> Sheet:
    """A sheet that has one text wherever people write."""
    said = Text(text=text, lang="es")
    name = Text(text=text[:255], lang="es")
    theme: Theme = {**sheet["themes"][0], "name": name, "short_name": name}
    for entry in sheet["entries"]:
        for value in entry["value"]:
            for key in ("text", "title", "about", "figure", "description"):
                if key in value:
                    value[key] = text
        if entry["kind"] == "rich":
            span = {"text": text, "bold": True, "italic": True, "href": "https://x.example/"}
            paragraph = {"kind": "paragraph", "spans": [span]}
            inner = {"kind": "list", "ordered": True, "items": [[paragraph], []]}
            entry["value"] = [paragraph, {**inner, "ordered": False, "items": [[paragraph, inner]]}]
    resource = {"kind": "document", "title": text, "url": "https://x.example/", "about": text}
    return {
        **sheet,
        "title": said,
        "themes": [theme] * 60,
        "levels": [said],
        "tags": [said],
        "notices": [Notice(kind="archived", title=text, text=text)],
        "references": [resource],  # type: ignore[list-item]
        "citation": {**sheet["citation"], "entity": said, "title": said},
    }


def test_odd_languages_and_addresses_break_nothing() -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    sheet["tags"] = [Text(text="uno", lang=lang) for lang in ("", "zh-hans", "x", "es-419", "gn")]
    for resource in sheet["references"]:
        resource["url"] = ""
    sheet["references"][0]["url"] = "https://x.example/" + "a" * 9_000
    sheet["country"]["code"] = "../../pe"
    assert "uno" in words(render(ficha(sheet, "full"), pictures))


def test_an_empty_sheet_is_a_file() -> None:
    sheet, pictures = sheet_of("OSUMI-PER-0001")
    sheet["entries"], sheet["themes"], sheet["levels"] = [], [], []
    sheet["tags"], sheet["references"], sheet["notices"] = [], [], []
    designs: tuple[Design, ...] = ("full", "summary")
    for design in designs:
        document: Document = ficha(sheet, design)
        assert count(render(document, pictures)) == 1
