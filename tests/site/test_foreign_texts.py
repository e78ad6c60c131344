"""Each text of a practice stands in its own language: `lang` is right for every word of it."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from practices.models import PracticeEntity, PracticePage, PracticeReference, ThemeText
from practices.vocabulary import CHOICE_ITEMS, OTHER, SECTIONS, Kind
from tests.factories import country, make_practice, publish, translate

pytestmark = pytest.mark.django_db

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
READ = {"alt", "aria-label", "content", "placeholder", "title"}


class Walk(HTMLParser):
    """Each text of a page, attributes that people read included, with the language it is said to be."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[tuple[str, str]] = []
        self._languages = [""]
        self._is_data = False
        self.feed(html)
        self.close()
        assert len(self._languages) == 1, "tags that are not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self._is_data = tag == "script"
        language = values.get("lang", self._languages[-1])
        read = [values[name] for name in READ & values.keys()]
        # Addresses are in no language.
        self.texts += [(text, language) for text in read if not text.startswith("http")]
        if tag not in VOID:
            self._languages.append(language)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, _tag: str) -> None:
        self._is_data = False
        self._languages.pop()

    def handle_data(self, data: str) -> None:
        if not self._is_data:
            self.texts.append((data, self._languages[-1]))


MARKS = {"es": "zzes", "pt-br": "zzpt"}


def wrong(client: Client, url: str) -> list[tuple[str, str]]:
    """Texts of practices on a page that are said to be in another language than theirs."""
    response = client.get(url)
    assert response.status_code == 200, url
    texts = Walk(response.content.decode()).texts
    return [
        (text, said)
        for text, said in texts
        for language, mark in MARKS.items()
        if mark in text.casefold() and said != language
    ]


def seen(client: Client, url: str) -> set[str]:
    """The marked words that a page shows."""
    texts = Walk(client.get(url).content.decode()).texts
    words = {word.strip(".,;()|") for text, _language in texts for word in text.split()}
    return {word for word in words if word.startswith(tuple(MARKS.values()))}


def texts(mark: str) -> dict[str, Any]:
    """Everything that a language version says, each word marked."""
    sections: list[tuple[str, Any]] = []
    document = get_document_model().objects.all()[0]
    for item in SECTIONS:
        word = f"{mark}-{item.key.replace('_', '-')}"
        if item.kind is Kind.RICH_TEXT:
            sections.append((item.key, f"<p>{word} <b>{word}</b></p>"))
        elif item.kind is Kind.FIGURES:
            sections.append((item.key, [("figure", {"figure": word, "description": word})]))
        else:
            link = {"title": f"{word}-link", "url": "https://example.org/"}
            video = {"title": f"{word}-video", "url": "https://vimeo.com/1"}
            paper = {"title": f"{word}-document", "document": document}
            sections.append((item.key, [("link", link), ("video", video), ("document", paper)]))
    return {
        "title": f"{mark}-title",
        "sections": sections,
        "themes_other": f"{mark}-theme",
        "territorial_level_other": f"{mark}-level",
        "transfer_needs_other": f"{mark}-need",
        "search_description": f"{mark}-description",
    }


@pytest.fixture
def practice() -> PracticePage:
    """A practice of Perú that says everything, in Spanish alone."""
    values = texts("zzes")
    sections = dict(values.pop("sections"))
    page = make_practice(
        slug="marcada",
        sections=sections,
        choices={
            item.key: [item.choices[0].key] + [OTHER] * (OTHER in dict(item.choice_labels))
            for item in CHOICE_ITEMS
        },
        themes=["human_rights", "other"],
        tags=["zzes-tag"],
        responsible_entity="zzes-responsible",
        parent_entity="zzes-parent",
        contact_institution="zzes-institution",
        **values,
    )
    page.entities = [
        PracticeEntity(item=item, name=f"zzes-{item.replace('_', '-')}")
        for item in ("associated_entities", "participating_entities")
    ]
    page.references = [PracticeReference(url="https://example.org/", title="zzes-reference")]
    picture = get_image_model().objects.all()[0]
    picture.description, picture.credit = "zzes-picture", "zzes-credit"
    picture.save()
    page.picture = picture
    return publish(page)


SHARED = {
    *("responsible", "parent", "institution", "associated-entities", "participating-entities"),
    *("reference", "picture", "credit"),
    *(
        f"{key}-{kind}"
        for key in ("products", "attachments")
        for kind in ("link", "video", "document")
    ),
}
OWN = {
    *("title", "theme", "level", "need", "tag", "description"),
    *(item.key.replace("_", "-") for item in SECTIONS if not item.shared),
}


def lists() -> Iterator[str]:
    """Lists of the Portuguese site on which the practice stands."""
    yield "/pt-br/"
    yield "/pt-br/experiencias/"
    yield "/pt-br/experiencias/peru/"
    yield "/pt-br/temas/direitos-humanos/"
    yield "/pt-br/etiquetas/"
    yield "/pt-br/etiquetas/zzes-tag/"
    yield "/pt-br/buscar/"


@pytest.mark.parametrize(
    "url", ["/es/experiencias/peru/marcada/", "/pt-br/experiencias/peru/marcada/"]
)
def test_a_practice_in_one_language(practice: PracticePage, client: Client, url: str) -> None:
    assert wrong(client, url) == []
    assert seen(client, url) == {f"zzes-{name}" for name in SHARED | OWN}


def test_a_translation_shows_facts_in_the_language_of_the_original(
    practice: PracticePage, client: Client
) -> None:
    values = texts("zzpt")
    version = translate(
        practice, **{name: value for name, value in values.items() if name != "sections"}
    )
    keys = {item.key for item in SECTIONS if not item.shared}
    version.sections = [pair for pair in values["sections"] if pair[0] in keys]
    version.tags.set(["zzpt-tag"])
    publish(version)
    url = "/pt-br/experiencias/peru/marcada/"
    assert wrong(client, url) == []
    assert seen(client, url) == {f"zzes-{name}" for name in SHARED} | {
        f"zzpt-{name}" for name in OWN
    }
    for list_url in ("/pt-br/experiencias/peru/", "/pt-br/etiquetas/", "/es/etiquetas/zzpt-tag/"):
        assert wrong(client, list_url) == []
        assert seen(client, list_url)


@pytest.mark.parametrize("url", [*lists()])
def test_lists_in_the_other_language(practice: PracticePage, client: Client, url: str) -> None:
    assert wrong(client, url) == []
    assert seen(client, url)


def test_beside_another_practice(practice: PracticePage, client: Client) -> None:
    other = make_practice(country("uy"), published=True, slug="vecina", title="Otra")
    url = f"/pt-br/experiencias/uruguay/{other.slug}/"
    assert wrong(client, url) == []
    assert "zzes-title" in seen(client, url)


def test_themes_without_a_text_of_the_language(practice: PracticePage, client: Client) -> None:
    ThemeText.objects.filter(language="pt-br", theme__code="human_rights").delete()
    ThemeText.objects.filter(language="es", theme__code="human_rights").update(
        name="zzes-long", short_name="zzes-short", description="zzes-about"
    )
    practice_url = "/pt-br/experiencias/peru/marcada/"
    for url in (*lists(), practice_url, "/pt-br/temas/", "/pt-br/temas/derechos-humanos/"):
        place = url.replace("direitos", "derechos")
        assert wrong(client, place) == [], place
    assert "zzes-long" in seen(client, practice_url)


def test_countries_without_a_page_in_the_language(practice: PracticePage, client: Client) -> None:
    country("pe", "pt-br").unpublish()
    page = country("pe", "es")
    page.title = "zzes-peru"
    page.save_revision().publish()
    for url in ("/pt-br/", "/pt-br/experiencias/?country=pe", "/pt-br/buscar/"):
        assert wrong(client, url) == [], url
        assert "zzes-peru" in seen(client, url)
