"""Practices for tests, in every state."""

from typing import Any

from wagtail.models import Locale

from practices.models import (
    CountryPage,
    PracticeChoice,
    PracticeEntity,
    PracticePage,
    PracticeReference,
    Theme,
)
from practices.vocabulary import OTHER_ITEMS, TRANSLATED_SECTIONS

PARAGRAPH = "<p>Una frase breve sobre la experiencia.</p>"

SECTIONS: dict[str, Any] = {
    "background": PARAGRAPH,
    "summary": PARAGRAPH,
    "results": PARAGRAPH,
    "key_figures": [("figure", {"figure": "1.500", "description": "Personas atendidas"})],
    "products": [("link", {"title": "Manual", "url": "https://example.org/manual"})],
    "why_good_practice": PARAGRAPH,
    "replication_conditions": "",
    "other_considerations": "",
    "attachments": [],
}

TRANSLATED: dict[str, Any] = {
    item.key: [("figure", {"figure": "1.500", "description": "Pessoas atendidas"})]
    if item.key == "key_figures"
    else "<p>Uma frase curta a respeito disso.</p>"
    for item in TRANSLATED_SECTIONS
}

CHOICES = {
    "territorial_level": ["national"],
    "categories": ["policy_and_norms"],
    "documentation": ["published_document"],
    "transfer_needs": ["training"],
    "success_criteria": ["effectiveness"],
}


def country(iso_code: str = "pe", language: str = "") -> CountryPage:
    """The page of a country, by default in its source tree."""
    pages = CountryPage.objects.filter(iso_code=iso_code)
    if language:
        return pages.get(locale__language_code=language)
    return next(page for page in pages if page.is_source_tree)


def build_practice(**values: Any) -> PracticePage:
    """An unsaved practice without any fault; `sections`, `choices` and `themes` may be given."""
    sections = SECTIONS | values.pop("sections", {})
    choices = CHOICES | values.pop("choices", {})
    themes = values.pop("themes", ["human_rights"])
    tags = values.pop("tags", [])
    practice = PracticePage(
        **{
            "title": "Una experiencia",
            "responsible_entity": "Dirección de Migraciones",
            "institutional_email": "general@example.org",
            "contact_institution": "Ministerio",
        }
        | values
    )
    practice.sections = list(sections.items())
    practice.themes = list(Theme.objects.filter(code__in=themes))
    practice.choices = [
        PracticeChoice(item=item, key=key) for item, keys in choices.items() for key in keys
    ]
    practice.entities = [PracticeEntity(item="associated_entities", name="Ministerio de Salud")]
    practice.references = [PracticeReference(url="https://example.org/fuente")]
    if tags:
        practice.tags.set(tags)
    return practice


def make_practice(
    under: CountryPage | None = None, *, published: bool = False, **values: Any
) -> PracticePage:
    """A saved practice, draft unless `published`."""
    parent = under or country()
    practice = build_practice(locale=parent.locale, live=False, **values)
    parent.add_child(instance=practice)
    practice.save_revision()
    return publish(practice) if published else practice


def publish(practice: PracticePage, user: Any = None) -> PracticePage:
    """Publish the practice as it stands in memory and return it as stored."""
    practice.save_revision(user=user).publish(user=user, skip_permission_checks=True)
    return PracticePage.objects.get(pk=practice.pk)


def translate(
    practice: PracticePage, language: str = "", *, published: bool = False, **values: Any
) -> PracticePage:
    """The translation of a practice, by default into the other language; draft unless `published`."""
    code = language or ("pt-br" if practice.locale.language_code == "es" else "es")
    translation = practice.copy_for_translation(Locale.objects.get(language_code=code))
    translation.sections = [
        (block.block_type, TRANSLATED[block.block_type])
        for block in translation.sections
        if block.value and block.block_type in TRANSLATED
    ]
    for item in OTHER_ITEMS:
        if text := getattr(translation, f"{item.key}_other"):
            setattr(translation, f"{item.key}_other", f"{text} ({code})")
    for name, value in ({"title": f"{practice.title} ({code})"} | values).items():
        setattr(translation, name, value)
    translation.save_revision()
    return publish(translation) if published else translation
