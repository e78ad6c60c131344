"""The blank ficha, as those see it who fill it in."""

import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.utils import translation

from practices import vocabulary
from practices.directory import Directory
from practices.factsheets import making, pdf, word
from practices.factsheets.blank import blank
from practices.models import Theme

from .offices import W14, W, body, in_libreoffice, lost, opened, paragraphs, parts, text_of_pdf

LANGUAGES = ("es", "pt-br")

pytestmark = pytest.mark.django_db


def form(language: str) -> dict[str, Any]:
    return blank(language, Directory())


def controls(content: bytes) -> dict[str, Any]:
    """The content controls by their tags."""
    found = {}
    for control in body(content).iter(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        tag = properties.find(f"{W}tag").get(f"{W}val")
        assert tag not in found
        found[tag] = properties
    return found


def boxes(content: bytes) -> set[str]:
    found = controls(content)
    return {tag for tag, control in found.items() if control.find(f"{W14}checkbox") is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_box_for_each_choice_and_theme(language: str) -> None:
    choices = {
        f"{item.key}:{choice.key}" for item in vocabulary.CHOICE_ITEMS for choice in item.choices
    }
    themes = {f"themes:{theme.code}" for theme in Theme.objects.all()}
    assert boxes(word.render_blank(form(language))) == choices | themes


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_item_is_asked_in_its_words_with_its_limit(language: str, tmp_path: Path) -> None:
    content = word.render_blank(form(language))
    lines = {" ".join(line.split()) for line in paragraphs(content)}
    path = tmp_path / "blank.pdf"
    path.write_bytes(pdf.render(form(language), {}))  # type: ignore[arg-type]
    printed = " ".join(text_of_pdf(path).split())
    with translation.override(language):
        for item in vocabulary.ITEMS:
            asked = f"{item.number} {item.label}{' *' if item.required else ''}"
            (head,) = [line for line in lines if re.fullmatch(f"{re.escape(asked)}( [^*]+)?", line)]
            assert " ".join(asked.split()) in printed
            if item.max_words:
                assert re.search(rf"\b{item.max_words}\b", head)
                assert head in printed
            for text in (item.help, *(choice.label for choice in item.choices)):
                words = " ".join(str(text).split())
                assert words in " ".join(lines)
                assert words in printed
            if item.private:
                assert head != asked
    for theme in Theme.objects.all():
        assert theme.text(language).name in printed


def test_every_item_can_be_filled_in() -> None:
    tags = set(controls(word.render_blank(form("es"))))
    for item in vocabulary.ITEMS:
        assert [tag for tag in tags if tag == item.key or tag.startswith(f"{item.key}:")]
    assert {f"{item.key}_other" for item in vocabulary.OTHER_ITEMS} <= tags


def test_the_country_is_chosen_from_the_twelve() -> None:
    control = controls(word.render_blank(form("pt-br")))["country"]
    items = control.find(f"{W}dropDownList")
    codes = [item.get(f"{W}value") for item in items]
    assert codes == list(Directory().countries("pt-br"))
    assert len(codes) == 12


def test_fields_prompt_and_cannot_be_deleted() -> None:
    for tag, control in controls(word.render_blank(form("es"))).items():
        assert control.find(f"{W}lock").get(f"{W}val") == "sdtLocked"
        if control.find(f"{W14}checkbox") is None:
            assert control.find(f"{W}showingPlcHdr") is not None, tag


def test_a_renamed_theme_stands_on_the_next_form() -> None:
    text = Theme.objects.get(code="human_rights").texts.get(language="es")
    text.name = "Derechos de todas las personas"
    text.save()
    assert "☐ Derechos de todas las personas" in paragraphs(word.render_blank(form("es")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_files_are_the_same_each_time_and_tell_their_language(language: str) -> None:
    tag = {"es": "es-419", "pt-br": "pt-BR"}[language]
    for extension in ("docx", "pdf"):
        content = making.make(form(language), {}, extension)
        assert making.make(form(language), {}, extension) == content
    known = opened(word.render_blank(form(language))).core_properties
    assert (known.language, known.title) == (tag, form(language)["title"])
    core = parts(word.render_blank(form(language)))["docProps/core.xml"]
    assert b"created" not in core


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged(language: str, tmp_path: Path) -> None:
    path = tmp_path / "blank.pdf"
    path.write_bytes(pdf.render(form(language), {}))  # type: ignore[arg-type]
    with pikepdf.open(path) as file:
        assert file.Root.MarkInfo.Marked
        assert str(file.Root.Lang).lower() == language
        assert file.open_metadata()["dc:title"] == form(language)["title"]
        elements = [part for part in file.objects if isinstance(part, pikepdf.Dictionary)]
        roles = {str(part.S) for part in elements if "/S" in part and "/P" in part}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/L", "/LI"} <= roles


def test_libreoffice_loses_nothing(tmp_path: Path) -> None:
    content = word.render_blank(form("es"))
    assert not lost(content, text_of_pdf(in_libreoffice(content, tmp_path)))
