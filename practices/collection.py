"""The first pages of a collection: its indexes and countries below a home page."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext
from wagtail.models import Locale, Page, Site

from .locales import INDEX_TITLES, Made, sync_locales
from .models import CountryPage, PracticeIndexPage


class CollectionError(Exception):
    """The collection cannot begin, for the reason that the message gives."""


@dataclass(frozen=True)
class Country:
    """A country to come: its codes (ISO 3166-1), the language it writes in, its name."""

    iso_code: str
    alpha3: str
    language: str
    name: str

    @classmethod
    def parse(cls, text: str) -> "Country":
        """A country from `pe:PER:es:Perú`. Raises CollectionError."""
        parts = [part.strip() for part in text.split(":", 3)]
        if len(parts) != len(fields(cls)) or not all(parts):
            raise CollectionError(f"“{text}” is no country; write it as pe:PER:es:Perú.")
        return cls(*parts)


@transaction.atomic
def start_collection(countries: list[Country]) -> tuple[list[Page], list[Made]]:
    """Make what lacks in the tree of the site's language, then the trees of the others. Idempotent.

    The pages stand below the root page of the default site, and are public. Pages that exist
    are left alone, whatever they are called. Returns the pages made here, and those of the other
    languages. Raises CollectionError.
    """
    home = _home()
    made = list(_indexes(home))
    index = PracticeIndexPage.objects.get(locale=home.locale)
    made += _countries(index, countries)
    return made, sync_locales()


def _home() -> Page:
    site = Site.objects.filter(is_default_site=True).select_related("root_page__locale").first()
    if site is None:
        raise CollectionError("There is no default site; make one in the admin, under Settings.")
    home, locale = site.root_page, Locale.get_default()
    if home.locale_id != locale.pk:
        raise CollectionError(
            f"The home page “{home.title}” is in {home.locale.language_code}, and LANGUAGE_CODE is "
            f"{locale.language_code}. Make LANGUAGE_CODE the language of the home page."
        )
    return home


def _indexes(home: Page) -> Iterator[Page]:
    with translation.override(home.locale.language_code):
        for model, title in INDEX_TITLES.items():
            if not model.objects.filter(locale=home.locale).exists():
                yield _publish(model(title=gettext(title)), home)


def _countries(index: Page, countries: list[Country]) -> Iterator[Page]:
    known = CountryPage.objects.filter(locale=index.locale)
    for country in countries:
        if not known.filter(iso_code=country.iso_code).exists():
            page = CountryPage(
                title=country.name,
                iso_code=country.iso_code,
                alpha3=country.alpha3,
                source_language=country.language,
            )
            yield _publish(page, index)


def _publish(page: Page, parent: Page) -> Page:
    """The page, made and published; its slug is its title without accents."""
    page.locale, page.slug = parent.locale, slugify(page.title)
    try:
        parent.add_child(instance=page)
    except ValidationError as error:
        reasons = "; ".join(
            f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()
        )
        raise CollectionError(f"“{page.title}” cannot be made: {reasons}") from error
    page.save_revision().publish(skip_permission_checks=True)
    return page
