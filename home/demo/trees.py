"""The page trees of the demo, Spanish and Portuguese: real pages, never aliases."""

import uuid
from pathlib import Path
from typing import Any

import yaml
from wagtail.models import Locale, Page, Site

from home.models import ContentPage, HomePage, User
from practices.models import (
    CountryPage,
    PracticeIndexPage,
    PublicationIndexPage,
    TagIndexPage,
    ThemeIndexPage,
)

NAMESPACE = uuid.UUID("5a3a7d0e-8f0c-5b43-9d1f-0d6c3b1f4a11")
CONTENT = Path(__file__).parent / "content"
LANGUAGES = ("es", "pt-br")

COUNTRIES: dict[str, tuple[str, str, str, str, str]] = {
    # ISO alpha-2: alpha-3, slug in both trees, name in Spanish, in Portuguese, source language
    "ar": ("ARG", "argentina", "Argentina", "Argentina", "es"),
    "bo": ("BOL", "bolivia", "Bolivia", "Bolívia", "es"),
    "br": ("BRA", "brasil", "Brasil", "Brasil", "pt-br"),
    "cl": ("CHL", "chile", "Chile", "Chile", "es"),
    "co": ("COL", "colombia", "Colombia", "Colômbia", "es"),
    "ec": ("ECU", "ecuador", "Ecuador", "Equador", "es"),
    "gy": ("GUY", "guyana", "Guyana", "Guiana", "es"),
    "py": ("PRY", "paraguay", "Paraguay", "Paraguai", "es"),
    "pe": ("PER", "peru", "Perú", "Peru", "es"),
    "sr": ("SUR", "suriname", "Suriname", "Suriname", "es"),
    "uy": ("URY", "uruguay", "Uruguay", "Uruguai", "es"),
    "ve": ("VEN", "venezuela", "Venezuela", "Venezuela", "es"),
}


def read_yaml(name: str) -> Any:
    """A content file of the demo."""
    return yaml.safe_load((CONTENT / name).read_text(encoding="utf-8"))


def publish(page: Page, user: User | None = None) -> None:
    """Publish the page as it stands in memory."""
    revision = page.save_revision(user=user)
    revision.publish(user=user, skip_permission_checks=True)


def build_trees(port: int) -> None:
    """Make the pages that are missing in either tree; pages that exist stay as edited."""
    texts = read_yaml("pages.yaml")
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    home = _home(texts["home"], port)
    index = _page(home, PracticeIndexPage, "experiencias", texts["practices"])
    _page(home, ThemeIndexPage, "temas", texts["themes"])
    _page(home, TagIndexPage, "etiquetas", texts["tags"])
    _page(
        home,
        PublicationIndexPage,
        "publicaciones",
        texts["publications"],
        slug_pt="publicacoes",
    )
    for content in texts["content"]:
        slugs = content.pop("slug")
        _page(home, ContentPage, slugs["es"], content, slug_pt=slugs["pt-br"], show_in_menus=True)
    introductions = {entry["iso"]: entry["introduction"] for entry in read_yaml("countries.yaml")}
    if index is None:
        return
    for iso_code, (alpha3, slug, name_es, name_pt, source) in COUNTRIES.items():
        _page(
            index,
            CountryPage,
            slug,
            {
                "title": {"es": name_es, "pt-br": name_pt},
                "introduction": introductions[iso_code],
            },
            iso_code=iso_code,
            alpha3=alpha3,
            source_language=source,
        )


def _home(texts: dict[str, dict[str, str]], port: int) -> HomePage:
    root = Page.get_first_root_node()
    spanish = Locale.objects.get(language_code="es")
    home = HomePage.objects.filter(locale=spanish).first()
    if home is None:
        home = HomePage(slug="inicio", locale=spanish, **_in_language(texts, "es"))
        root.add_child(instance=home)
        publish(home)
        _translate(home, texts, slug=None)
    site, _created = Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "127.0.0.1", "port": port, "root_page": home, "site_name": "OSUMI"},
    )
    # The page that a new Wagtail shows says nothing of ours.
    for page in root.get_children().exact_type(Page).exclude(pk=site.root_page_id):
        page.delete()
    return home


def translation_key(name: str) -> uuid.UUID:
    """The key of a page of the demo, the same at each loading."""
    return uuid.uuid5(NAMESPACE, name)


def _page(
    parent: Page,
    model: type[Page],
    slug: str,
    texts: dict[str, dict[str, str]],
    slug_pt: str | None = None,
    **fields: Any,
) -> Any:
    """The Spanish page of the demo, made with its translation unless either exists already.

    Pages are known by their keys: one that was renamed, moved or edited is left alone, and one
    that was deleted beside its translation does not come back.
    """
    key = translation_key(slug)
    found = model.objects.filter(translation_key=key)
    if found.exists():
        return found.filter(locale=parent.locale).first()
    page = model(
        slug=slug, locale=parent.locale, translation_key=key, **fields, **_in_language(texts, "es")
    )
    parent.add_child(instance=page)
    publish(page)
    _translate(page, texts, slug=slug_pt)
    return page


def _translate(page: Page, texts: dict[str, dict[str, str]], slug: str | None) -> None:
    translation = page.copy_for_translation(Locale.objects.get(language_code="pt-br"))
    for name, value in _in_language(texts, "pt-br").items():
        setattr(translation, name, value)
    if slug:
        translation.slug = slug
    publish(translation)


def _in_language(texts: dict[str, dict[str, str]], language: str) -> dict[str, str]:
    return {name: values[language].strip() for name, values in texts.items()}
