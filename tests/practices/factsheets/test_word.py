"""Word files of practices and compilations, as those see them who open them."""

import dataclasses
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from PIL import Image

from practices.directory import Directory
from practices.factsheets import word
from practices.factsheets.compiling import Wishes, compilation
from practices.factsheets.document import ficha
from practices.factsheets.gathering import gather
from practices.factsheets.pictures import Pictures
from practices.factsheets.richtext import blocks_of
from practices.models import PracticeContact, PracticePage

from .offices import (
    HYPHENS,
    W,
    body,
    in_libreoffice,
    lost,
    opened,
    pages_of_pdf,
    paragraphs,
    parts,
    text_of_pdf,
)

LANGUAGES = ("es", "pt-br")
SECRETS = ("Zoraida Reservada Quispe", "Jefa de lo reservado", "zq@secreto.example")

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def stored() -> list[int]:
    published = PracticePage.objects.published().order_by("country", "title")
    return list(published.values_list("pk", flat=True))


def sheets_of(language: str, keys: list[int] | None = None) -> tuple[list[Any], dict[str, bytes]]:
    pictures = Pictures()
    sheets = gather(keys or stored(), language, Directory(), "https://osumi.example/", pictures)
    return sheets, pictures.files()


@pytest.fixture
def sheet() -> Any:
    """A practice of Perú in Spanish."""
    return next(s for s in sheets_of("es")[0] if s["country"]["code"] == "pe")


@pytest.fixture
def hostile(sheet: Any) -> Any:
    """A practice whose every text tries something."""
    text = "a\x00b\x0b\ufffe \ud800<w:p/> ]]> & \u202e\"'{{ x }} %(url)s\r\n\tfin"
    return json.loads(json.dumps(_everywhere(sheet, text)))


def _everywhere(data: Any, text: str) -> Any:
    if isinstance(data, dict):
        keep = ("kind", "key", "code", "short_code", "language", "lang", "text_language", "file")
        return {k: v if k in keep else _everywhere(v, text) for k, v in data.items()}
    if isinstance(data, list):
        return [_everywhere(value, text) for value in data]
    return f"{data} {text}" if isinstance(data, str) else data


def strings(value: Any) -> Iterator[str]:
    """What the value of an item says, piece by piece."""
    if isinstance(value, str):
        yield from value.split("\n")
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, dict):
        for key, part in value.items():
            if key not in ("kind", "lang", "href"):
                yield from strings(part)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_item_is_there_and_no_private_one(language: str) -> None:
    for practice in PracticePage.objects.published():
        contact, _made = PracticeContact.objects.get_or_create(
            translation_key=practice.translation_key
        )
        contact.contact_name, contact.contact_position, contact.contact_email = SECRETS
        contact.save()
    sheets, pictures = sheets_of(language)
    assert len(sheets) == 24
    for sheet in sheets:
        content = word.render(ficha(sheet, "full"), pictures)
        found = paragraphs(content)
        text = "\n".join(found)
        for entry in sheet["entries"]:
            assert f"{entry['number']} {entry['label']}" in found
            for piece in strings(entry["value"]):
                assert piece.strip() in text, (sheet["code"], entry["key"])
        for reference in sheet["references"]:
            assert reference["url"] in text
        for tag in sheet["tags"]:
            assert tag["text"] in text
        everything = b"".join(parts(content).values()).decode(errors="replace")
        assert not [secret for secret in SECRETS if secret in everything]


def test_the_summary_comes_first_then_figures_then_the_profile(sheet: Any) -> None:
    document = opened(word.render(ficha(sheet, "full"), {}))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads[0].startswith("2.2 ")
    assert heads[1].startswith("2.4 ")
    assert [head.partition(" ")[0] for head in heads[3:9]] == [
        "2.1",
        "2.3",
        "2.5",
        "2.6",
        "2.6",
        "2.7",
    ]


def test_styles_are_words_own(sheet: Any) -> None:
    document = opened(word.render(ficha(sheet, "full"), {}))
    title = next(p for p in document.paragraphs if p.style.name == "Title")
    assert title.text == sheet["title"]["text"]
    names = {style.name for style in document.styles}
    assert {
        "Title",
        "Heading 1",
        "Heading 2",
        "List Bullet",
        "List Number",
        "Caption",
        "Ficha Figure",
        "Ficha Themes",
        "Ficha Notice",
        "Hyperlink",
    } <= names
    used = {p.style.style_id for p in document.paragraphs}
    assert used <= {s.style_id for s in document.styles if s.type == WD_STYLE_TYPE.PARAGRAPH}


def test_no_part_names_a_style_that_is_not_there(sheet: Any) -> None:
    made = compilation([sheet], Wishes("Una", "es", grouping="country"))
    for content in (word.render(ficha(sheet, "full"), {}), word.render(made, {})):
        known = {style.style_id for style in opened(content).styles}
        kinds = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
        used = {element.get(f"{W}val") for element in body(content).iter(*kinds)}
        assert used <= known


def test_the_properties_say_what_it_is_and_nothing_of_its_making(sheet: Any) -> None:
    content = word.render(ficha(sheet, "full"), {})
    known = opened(content).core_properties
    assert known.title == sheet["title"]["text"]
    assert known.author == "OSUMI"
    assert known.language == "es-419"
    assert [known.created.year, known.created.month, known.created.day] == sheet["modified"]
    assert known.modified == known.created
    assert word.render(ficha(sheet, "full"), {}) == content


def test_each_run_is_marked_with_its_language() -> None:
    sheets, _pictures = sheets_of("pt-br")
    foreign = next(s for s in sheets if s["text_language"] == "es")
    content = word.render(ficha(foreign, "full"), {})
    languages = {}
    for run in body(content).iter(f"{W}r"):
        text = "".join(run.itertext(f"{W}t"))
        if text:
            (lang,) = run.iter(f"{W}lang")
            languages[text] = lang.get(f"{W}val")
    assert languages[foreign["title"]["text"]] == "es-419"
    assert languages["Como citar"] == "pt-BR"
    styles = parts(content)["word/styles.xml"].decode()
    assert 'w:lang w:val="pt-BR"' in styles


def test_links_are_live_and_printed(sheet: Any) -> None:
    content = word.render(ficha(sheet, "full"), {})
    relations = opened(content).part.rels.values()
    targets = {r.target_ref for r in relations if r.reltype == RELATIONSHIP_TYPE.HYPERLINK}
    resources = [r for e in sheet["entries"] if e["kind"] == "resources" for r in e["value"]]
    assert resources
    text = "\n".join(paragraphs(content))
    for resource in (*resources, *sheet["references"]):
        assert resource["url"] in targets
        assert resource["url"] in text
    assert {sheet["url"], sheet["code_url"]} <= targets


def test_an_address_that_word_refuses_is_mended(sheet: Any) -> None:
    sheet["references"] = [
        {"kind": "link", "title": "Rara", "url": 'https://x.example/a b"<%zz>^|', "about": ""},
        {"kind": "link", "title": "Larga", "url": "https://x.example/" + "a" * 3000, "about": ""},
    ]
    relations = opened(word.render(ficha(sheet, "full"), {})).part.rels.values()
    targets = {r.target_ref for r in relations if r.is_external}
    assert "https://x.example/a%20b%22%3C%25zz%3E%5E%7C" in targets
    assert not [target for target in targets if len(target) > 2000]


def test_lists_are_lists_with_numbers_that_begin_anew(sheet: Any) -> None:
    html = (
        "<p>Antes</p><ol><li>uno<ul><li>dentro<ol><li>hondo</li></ol></li></ul></li>"
        "<li>dos</li></ol><p>y</p><ol><li>otra vez</li></ol>"
    )
    entry = next(e for e in sheet["entries"] if e["key"] == "background")
    entry["value"] = blocks_of(html, "https://osumi.example/")
    document = opened(word.render(ficha(sheet, "full"), {}))
    found = {p.text: p for p in document.paragraphs}
    places = {
        text: (found[text].style.name, found[text]._p.pPr.numPr.ilvl.val)
        for text in ("uno", "dentro", "hondo", "dos", "otra vez")
    }
    assert places == {
        "uno": ("List Number", 0),
        "dentro": ("List Bullet", 1),
        "hondo": ("List Number", 2),
        "dos": ("List Number", 0),
        "otra vez": ("List Number", 0),
    }
    numbers = {text: found[text]._p.pPr.numPr.numId.val for text in places}
    assert numbers["uno"] == numbers["dos"]
    assert numbers["uno"] != numbers["otra vez"]


def test_the_profile_is_a_table_with_a_head_that_repeats(sheet: Any) -> None:
    document = opened(word.render(ficha(sheet, "full"), {}))
    table = next(t for t in document.tables if t.style.name == "Ficha Profile")
    rows = list(table.rows)
    assert rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    profile = [e for e in sheet["entries"] if e["number"].startswith("1.")]
    assert len(rows) == len(profile) + 1


def test_pictures_have_alternative_texts(sheet: Any) -> None:
    file = io.BytesIO()
    Image.new("RGB", (900, 300)).save(file, "JPEG")
    alt = {"text": 'Una "mesa" & <tabla>', "lang": "es"}
    sheet["picture"] = {"file": "p.jpg", "alt": alt, "credit": "Foto: Cancillería"}
    content = word.render(ficha(sheet, "full"), {"p.jpg": file.getvalue()})
    document = opened(content)
    texts = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert texts[0] == alt["text"]
    assert sheet["code_url"] in texts[1]
    shape = document.inline_shapes[0]
    assert round(shape.width / shape.height, 2) == 3
    assert "Foto: Cancillería" in paragraphs(content)


def test_header_and_footer_say_what_it_is_and_where_one_is(sheet: Any) -> None:
    content = word.render(ficha(sheet, "full"), {})
    (section,) = opened(content).sections
    assert sheet["code"] in section.header.paragraphs[0].text
    fields = section.footer._element.itertext(f"{W}instrText")
    assert [field.strip() for field in fields] == ["PAGE", "NUMPAGES"]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_notices_are_told(sheet: Any) -> None:
    sheet["notices"] = [{"kind": "archived", "title": "Ya no está vigente.", "text": "Desde 2020."}]
    sheet["entries"][-1]["outdated"] = True
    document = ficha(sheet, "full")
    content = word.render(document, {})
    notice = next(p for p in opened(content).paragraphs if p.style.name == "Ficha Notice")
    assert notice.text == "Ya no está vigente. Desde 2020."
    assert document["labels"]["es"]["outdated"] in paragraphs(content)


def test_no_text_breaks_the_file(hostile: Any) -> None:
    made = compilation([hostile], Wishes("T \x07", "es", grouping="country", filter="\x00"))
    for content in (word.render(ficha(hostile, "full"), {}), word.render(made, {})):
        document = opened(content)
        text = "\n".join(paragraphs(content))
        assert "<w:p/> ]]> & \"'{{ x }} %(url)s" in text
        assert not {"\x00", "\x0b", "\u202e", "\ufffe"} & set(text)
        assert document.core_properties.title


def test_a_summary_fits_on_one_page(tmp_path: Path) -> None:
    both = [sheet for language in LANGUAGES for sheet in sheets_of(language)[0]]
    content = word.render(compilation(both, Wishes("Resúmenes", "es", design="summary")), {})
    assert len(opened(content).sections) > len(both) > 40
    pages = pages_of_pdf(in_libreoffice(content, tmp_path))
    for sheet in sheets_of("es")[0]:
        own = [page for page in pages[:-1] if sheet["code"] in page.strip()[:160]]
        assert len(own) == len(LANGUAGES), sheet["code"]


def test_libreoffice_loses_nothing(tmp_path: Path) -> None:
    sheets, pictures = sheets_of("pt-br")
    wishes = Wishes("Todas", "pt-br", grouping="theme", preface=blocks_of("<p>Prefácio</p>", ""))
    content = word.render(compilation(sheets, wishes), pictures)
    assert not lost(content, text_of_pdf(in_libreoffice(content, tmp_path)))


@pytest.fixture
def volume() -> Any:
    """A compilation of all practices, by country."""
    sheets, _pictures = sheets_of("es")
    wishes = Wishes(
        "Buenas prácticas",
        "es",
        grouping="country",
        filter="Todas",
        preface=blocks_of("<p>Estimada <b>lectora</b></p>", ""),
        citation="OSUMI (2026). Buenas prácticas.",
    )
    return compilation(sheets, wishes, timezone.now())


def test_a_compilation_has_its_parts_in_order(volume: Any) -> None:
    document = opened(word.render(volume, {}))
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    labels, parts_of = volume["labels"]["es"], volume["compilation"]
    indexes = [labels[index["key"]] for index in parts_of["indexes"]]
    countries = [group["title"]["text"] for group in parts_of["groups"]]
    assert heads == [labels["preface"], *countries, *indexes, labels["colophon"]]
    titles = [p.text for p in document.paragraphs if p.style.name == "Heading 2"]
    assert titles == [sheet["title"]["text"] for sheet in volume["sheets"]]
    assert document.paragraphs[-1].text.endswith("OSUMI (2026). Buenas prácticas.")


def test_the_contents_are_a_field_that_is_filled_in(volume: Any) -> None:
    content = word.render(volume, {})
    (gallery,) = body(content).iter(f"{W}sdt")
    codes = [code.strip() for code in gallery.itertext(f"{W}instrText")]
    assert codes[0] == 'TOC \\o "1-2" \\h \\z \\u'
    titles = list(gallery.itertext(f"{W}t"))
    for sheet in volume["sheets"]:
        assert sheet["title"]["text"] in titles
    assert "updateFields" in parts(content)["word/settings.xml"].decode()


def test_what_links_and_fields_point_at_is_there(volume: Any) -> None:
    root = body(word.render(volume, {}))
    names = [mark.get(f"{W}name") for mark in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    anchors = {link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink")} - {None}
    pages = {code.split()[1] for code in root.itertext(f"{W}instrText") if "PAGEREF" in code}
    assert anchors | pages <= set(names)
    assert {f"ficha_{place}" for place in range(24)} <= pages
    begun = [mark.get(f"{W}fldCharType") for mark in root.iter(f"{W}fldChar")]
    assert begun.count("begin") == begun.count("end") == begun.count("separate")


def test_each_practice_has_pages_of_its_own_which_the_indexes_give(
    volume: Any, tmp_path: Path
) -> None:
    content = word.render(volume, {})
    headers = [section.header.paragraphs[0].text for section in opened(content).sections]
    assert all(any(s["code"] in text for text in headers) for s in volume["sheets"])
    pages = pages_of_pdf(in_libreoffice(content, tmp_path))
    for sheet in volume["sheets"]:
        assert [page for page in pages if sheet["code"] in page.strip().split("\n\n")[1]]
    sheet = volume["sheets"][-1]
    first = next(
        number
        for number, page in enumerate(pages, start=1)
        if f"{sheet['code']} · " in page.replace("\n", " ")
    )
    index = HYPHENS.sub("-", " ".join("\n".join(pages[-12:]).split()))
    assert f"{sheet['short_code']}, {first}" in index


def test_both_languages_stand_side_by_side() -> None:
    both = [
        s for pair in zip(*(sheets_of(code)[0] for code in LANGUAGES), strict=True) for s in pair
    ]
    content = word.render(compilation(both, Wishes("Dos", "es", design="summary")), {})
    text = HYPHENS.sub("-", "\n".join(paragraphs(content)))
    code = both[0]["short_code"]
    assert f"{code}\xa0es, " in text
    assert f"{code}\xa0pt-br, " in text


def test_the_same_data_gives_the_same_bytes(volume: Any) -> None:
    assert word.render(volume, {}) == word.render(json.loads(json.dumps(volume)), {})
    other = compilation(volume["sheets"], dataclasses.replace(Wishes("Otra", "es")))
    assert word.render(other, {}) != word.render(volume, {})
