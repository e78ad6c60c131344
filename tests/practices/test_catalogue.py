"""The catalogue says what is public, after each change and in the same transaction."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from taggit.models import Tag
from wagtail.models import Page, PageViewRestriction

from practices.facets import FACET_OF_ITEM
from practices.models import (
    CatalogueEntry,
    CatalogueFact,
    CatalogueText,
    CatalogueValue,
    CountryPage,
    PracticeIndexPage,
    PracticePage,
)
from practices.tagging import merge
from tests.factories import country, make_practice, publish, translate

pytestmark = pytest.mark.django_db

Facts = dict[int, tuple[str, Any, set[tuple[str, str]], set[tuple[int, str, str]]]]


def catalogued() -> Facts:
    """What the catalogue says: country, date, values and texts of each practice."""
    return {
        entry.pk: (
            entry.country,
            entry.published_at,
            {(value.facet, value.value) for value in entry.values.all()},
            {(text.page_id, text.language, text.sort_title) for text in entry.texts.all()},
        )
        for entry in CatalogueEntry.objects.prefetch_related("values", "texts")
    }


def public() -> Facts:
    """The same, from the definition of what is public and the pages themselves."""
    facts = {}
    for practice in PracticePage.objects.published():
        versions = PracticePage.objects.public().filter(translation_key=practice.translation_key)
        values = {("country", practice.country)}
        values |= {("theme", theme.code) for theme in practice.themes.all()}
        values |= {(FACET_OF_ITEM[row.item], row.key) for row in practice.choices.all()}
        for version in versions:
            values.add(("language", version.locale.language_code))
            values |= {("tag", tag.slug) for tag in version.tags.all()}
        texts = {(page.pk, page.locale.language_code, page.sort_title) for page in versions}
        facts[practice.pk] = (practice.country, practice.first_published_at, values, texts)
    return facts


def restrict(page: Page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_the_demo_is_catalogued() -> None:
    assert len(catalogued()) == 24
    assert catalogued() == public()


def test_each_step_of_a_life_is_followed() -> None:
    practice = make_practice(slug="paso", tags=["uno"])
    assert practice.pk not in catalogued()
    practice = publish(practice)
    assert catalogued() == public()
    assert practice.pk in catalogued()

    translation = translate(practice)
    translation.tags.set(["dois"])
    assert catalogued() == public()
    publish(translation)
    assert catalogued() == public()
    values = catalogued()[practice.pk][2]
    assert {("tag", "uno"), ("tag", "dois"), ("language", "pt-br")} <= values

    practice.refresh_from_db()
    practice.title = "Ñuevo título"
    practice.tags.set(["tres"])
    practice.choices = practice.choices.all()[:1]
    practice.save_revision()
    assert catalogued() == public(), "a draft changes nothing"

    translation.refresh_from_db()
    translation.unpublish()
    assert catalogued() == public()
    assert ("language", "pt-br") not in catalogued()[practice.pk][2]
    publish(PracticePage.objects.get(pk=translation.pk))
    PracticePage.objects.get(pk=translation.pk).delete()
    assert catalogued() == public()

    PracticePage.objects.get(pk=practice.pk).unpublish()
    assert practice.pk not in catalogued()
    publish(PracticePage.objects.get(pk=practice.pk))
    PracticePage.objects.get(pk=practice.pk).delete()
    assert practice.pk not in catalogued()
    assert catalogued() == public()


def test_changed_choices_are_followed() -> None:
    practice = make_practice(published=True, choices={"territorial_level": ["local"]})
    assert ("level", "local") in catalogued()[practice.pk][2]
    practice.choices = [row for row in practice.choices.all() if row.item != "territorial_level"]
    practice.choices.add(type(practice.choices.all()[0])(item="territorial_level", key="national"))
    publish(practice)
    values = catalogued()[practice.pk][2]
    assert ("level", "national") in values
    assert ("level", "local") not in values


def test_a_move_takes_the_country_along() -> None:
    practice = make_practice(published=True, slug="se-muda")
    translate(practice, published=True)
    practice.move(country("ar"), pos="last-child")
    assert catalogued()[practice.pk][0] == "ar"
    assert ("country", "pe") not in catalogued()[practice.pk][2]
    assert catalogued() == public()


@pytest.mark.parametrize("kind", ["index", "country", "practice"])
def test_restrictions_hide_and_show(kind: str) -> None:
    practice = make_practice(published=True)
    page = {
        "index": PracticeIndexPage.objects.get(locale=practice.locale),
        "country": country(),
        "practice": practice,
    }[kind]
    restriction = restrict(page)
    assert practice.pk not in catalogued()
    assert catalogued() == public()
    restriction.delete()
    assert practice.pk in catalogued()
    assert catalogued() == public()


def test_unpublishing_a_country_takes_all_below_along() -> None:
    practice = make_practice(published=True)
    country().unpublish()
    assert practice.pk not in catalogued()
    assert catalogued() == public()
    country().save_revision().publish(skip_permission_checks=True)
    assert catalogued() == public()


def test_a_practice_saved_as_a_plain_page_is_followed() -> None:
    practice = make_practice(published=True)
    Page.objects.get(pk=practice.pk).unpublish()
    assert practice.pk not in catalogued()


def test_merged_and_deleted_tags_are_followed() -> None:
    practice = make_practice(published=True, tags=["una marca", "otra", "tercera"])
    merge(Tag.objects.get(slug="una-marca"), Tag.objects.get(slug="otra"))
    assert catalogued() == public()
    Tag.objects.get(slug="tercera").delete()
    assert catalogued() == public()
    assert {value for facet, value in catalogued()[practice.pk][2] if facet == "tag"} == {"otra"}


def test_a_rollback_takes_the_catalogue_back() -> None:
    before = catalogued()
    with transaction.atomic():
        practice = make_practice(published=True)
        assert practice.pk in catalogued()
        transaction.set_rollback(True)
    assert catalogued() == before


def test_rebuilding_puts_everything_right() -> None:
    expected = catalogued()
    CatalogueFact.objects.all().delete()
    CatalogueText.objects.filter(language="pt-br").delete()
    CatalogueValue.objects.create(facet="tag", value="nadie")
    stray = make_practice()
    CatalogueEntry.objects.create(
        practice=stray, country="pe", published_at=expected[next(iter(expected))][1]
    )
    output = StringIO()
    call_command("update_index", stdout=output)
    assert catalogued() == expected == public()
    assert not CatalogueValue.objects.filter(value="nadie").exists()
    assert "PracticePage" in output.getvalue()


def test_a_country_without_pages_in_one_language_is_listed_all_the_same() -> None:
    CountryPage.objects.get(iso_code="pe", locale__language_code="pt-br").unpublish()
    assert catalogued() == public()
