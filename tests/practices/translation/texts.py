"""A public practice of Perú with texts of every kind, and its translation as it begins."""

from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Locale
from wagtail.rich_text import RichText

from practices.models import PracticePage
from practices.translation.memory import Memory
from tests.factories import make_practice, publish
from tests.practices.moderation.steps import stored

BACKGROUND = (
    '<p data-block-key="a1">La región recibió a <b>miles</b> de personas en pocos meses.</p>'
    '<p data-block-key="a2">Se lee en <a href="https://example.org/informe">el informe</a> del año.</p>'
    '<ul><li data-block-key="a3">Un registro único para las familias</li>'
    '<li data-block-key="a4">Una oficina en cada ciudad grande</li></ul>'
)
FIGURES = [
    ("figure", {"figure": "1.500", "description": "Personas atendidas"}),
    ("figure", {"figure": "12 %", "description": "Hogares con trabajo"}),
]


def original(**values: Any) -> PracticePage:
    """A public practice, with a private contact nowhere in it."""
    sections = {"background": BACKGROUND, "key_figures": FIGURES} | values.pop("sections", {})
    defaults: dict[str, Any] = {
        "title": "Registro & acogida",
        "themes": ["other"],
        "themes_other": "Una red de vecinos",
    }
    return make_practice(published=True, sections=sections, **(defaults | values))


def begun(practice: PracticePage) -> PracticePage:
    """Its translation into Portuguese as it begins: a copy, in a draft."""
    page = practice.copy_for_translation(Locale.objects.get(language_code="pt-br"))
    page.save_revision()
    return stored(page)


def latest(page: PracticePage) -> PracticePage:
    """The latest text of a page."""
    return stored(page).get_latest_revision_as_object()


def states(page: PracticePage) -> dict[str, str]:
    """What each section is, by key."""
    return {row.section: row.shown for row in page.section_states.all()}


def section(page: PracticePage, key: str) -> Any:
    """The value of a section of the latest text."""
    return latest(page).section(key)


def set_section(page: PracticePage, key: str, value: Any) -> None:
    """Another value for a section, in memory."""
    value = RichText(value) if isinstance(value, str) else value
    blocks = [
        (block.block_type, value if block.block_type == key else block.value, block.id)
        for block in page.sections
    ]
    page.sections = StreamValue(page.sections.stream_block, blocks)


def republish(practice: PracticePage, **texts: str) -> PracticePage:
    """Publish the original with another title or other sections."""
    page = stored(practice)
    page.title = texts.pop("title", page.title)
    for key, value in texts.items():
        set_section(page, key, value)
    return publish(page)


def rewrite(practice: PracticePage, key: str, old: str, new: str) -> PracticePage:
    """Publish the original with other words in a section of prose."""
    page = latest(practice)
    set_section(page, key, page.section_html(key).replace(old, new))
    return publish(page)


def open_texts(page: PracticePage) -> list[str]:
    """What still lacks a translation, as the original says it."""
    return [text.source for text in Memory(page).texts if text.is_open]
