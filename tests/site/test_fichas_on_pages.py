"""Every public item of the 24 fichas is on its page, item by item; no private one is."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.test import Client
from django.utils import translation

from home.demo.trees import translation_key
from home.management.commands.load_demo import FICHAS
from practices import vocabulary
from practices.models import PracticePage, Theme
from practices.vocabulary import CHOICE_ITEMS, OTHER, Kind

FILES = sorted(FICHAS.glob("*.yaml"))


def normal(text: str) -> str:
    """Text with white space folded, as a reader sees it."""
    return re.sub(r"\s+", " ", text).strip()


def page_text(client: Client, url: str) -> str:
    """What a page says, tags removed; addresses of links kept."""
    source = client.get(url).content.decode()
    source = re.sub(r"(?s)<(script|style)\b.*?</\1>", "", source)
    links = " ".join(re.findall(r'href="([^"]*)"', source))
    return normal(html.unescape(f"{re.sub('<[^>]+>', ' ', source)} {links}"))


def expected(data: dict[str, Any], values: dict[str, Any], language: str) -> dict[str, list[str]]:
    """What the page must say for each item: shared facts of `data`, texts of `values`."""
    texts: dict[str, list[str]] = {}
    with translation.override(language):
        themes = Theme.objects.filter(code__in=data["themes"])
        texts["themes"] = [theme.name for theme in themes if theme.code != OTHER]
        for item in CHOICE_ITEMS:
            labels = dict(item.choice_labels)
            texts[item.key] = [str(labels[key]) for key in data[item.key] if key != OTHER]
    for item in vocabulary.OTHER_ITEMS:
        texts[f"{item.key}_other"] = [values[f"{item.key}_other"]]
    for key in (
        "responsible_entity",
        "parent_entity",
        "contact_institution",
        "institutional_email",
    ):
        texts[key] = [data[key]]
    for key in ("associated_entities", "participating_entities"):
        texts[key] = data[key]
    texts["title"] = [values["title"]]
    texts["tags"] = values["tags"]
    texts["references"] = data["sources"]
    for item in vocabulary.SECTIONS:
        match item.kind:
            case Kind.RICH_TEXT:
                texts[item.key] = (values.get(item.key) or "").split("\n\n")
            case Kind.FIGURES:
                texts[item.key] = [part for figure in values[item.key] for part in figure.values()]
            case _:
                texts[item.key] = [part for link in data[item.key] for part in link.values()]
    return texts


@pytest.mark.django_db
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem[:2])
def test_every_public_item_is_on_the_page(path: Path, client: Client) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    versions = [data] + ([data["translation"]] if "translation" in data else [])
    for values in versions:
        page = PracticePage.objects.get(
            translation_key=translation_key(path.stem), locale__language_code=values["locale"]
        )
        text = page_text(client, page.url)
        missing = {
            key: part
            for key, parts in expected(data, values, values["locale"]).items()
            for part in parts
            if normal(part) not in text
        }
        assert missing == {}
        assert page.code in text
        for key in ("contact_name", "contact_email", "contact_position"):
            assert data[key] not in text, key


@pytest.mark.django_db
def test_embedded_documents_and_the_picture_are_shown(client: Client) -> None:
    documents = [
        ("24-paraguay-migramovil", "Guía breve", "PDF"),
        ("10-brasil-comigrar", "COMIGRAR passo a passo", "PDF"),
        ("29-uruguay-residencia-permanente-mercosur", "Residencias permanentes", "XLSX"),
    ]
    for name, title, kind in documents:
        page = PracticePage.objects.originals().get(translation_key=translation_key(name))
        text = page_text(client, page.url)
        assert title in text
        assert re.search(rf"{kind}, \d+", text)
    bolivia = PracticePage.objects.originals().get(
        translation_key=translation_key("06-bolivia-consulados-moviles")
    )
    source = client.get(bolivia.url).content.decode()
    assert bolivia.picture
    assert html.escape(bolivia.picture.description) in source
    assert bolivia.picture.credit in source


def test_there_are_24_files_of_twelve_countries() -> None:
    data = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES]
    assert len(data) == 24
    assert len({ficha["country"] for ficha in data}) == 12
    assert sum("translation" in ficha for ficha in data) == 10
