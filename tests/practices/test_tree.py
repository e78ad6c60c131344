"""Where practices and countries may stand, and what moves, falls and goes with them."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageLogEntry

from practices.completeness import IncompletePracticeError
from practices.models import (
    CountryPage,
    PracticePage,
    PracticeRecord,
)
from tests.factories import country, make_practice, publish, translate

pytestmark = pytest.mark.django_db


def test_a_copy_is_another_practice() -> None:
    practice = make_practice(published=True)
    copy = practice.copy(update_attrs={"slug": "copia"}, keep_live=False)
    assert copy.translation_key != practice.translation_key
    assert copy.code == ""
    assert copy.choices.count() == practice.choices.count()
    assert publish(PracticePage.objects.get(pk=copy.pk)).code != practice.code


def test_practices_are_never_aliases() -> None:
    practice = make_practice(published=True)
    with pytest.raises(ValidationError):
        practice.create_alias(parent=country("uy"), update_slug="alias")
    assert not Page.objects.filter(alias_of__isnull=False).exists()


def test_copies_stay_in_their_language(superuser_client: Client) -> None:
    practice = make_practice(published=True)
    url = reverse("wagtailadmin_pages:copy", args=[practice.pk])

    def copy(parent: CountryPage, **more: str) -> str:
        data = {"new_title": "Copia", "new_slug": "copia", "new_parent_page": parent.pk} | more
        return superuser_client.post(url, data, follow=True).content.decode()

    assert "idioma" in copy(country("br"))
    assert "alias" in copy(country("uy"), alias="on")
    assert not PracticePage.objects.filter(slug="copia").exists()
    copy(country("uy"))
    assert PracticePage.objects.get(slug="copia").country == "uy"
    with pytest.raises(ValidationError):
        practice.copy(to=country("br"), update_attrs={"slug": "fuera"})


def test_a_country_stands_once(superuser_client: Client) -> None:
    page = country("pe")
    url = reverse("wagtailadmin_pages:copy", args=[page.pk])
    superuser_client.post(
        url, {"new_title": "P", "new_slug": "p", "new_parent_page": 1}, follow=True
    )
    assert CountryPage.objects.filter(iso_code="pe").count() == 2
    double = CountryPage(
        title="Otro", slug="otro", iso_code="pe", alpha3="PEX", source_language="es"
    )
    with pytest.raises(ValidationError, match="iso_code"):
        page.get_parent().add_child(instance=double)


def test_a_move_needs_a_page_for_each_translation() -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    assert practice.can_move_to(country("sr"))
    PracticePage.objects.filter(country="sr").delete()
    country("sr", "pt-br").delete()
    assert not practice.can_move_to(country("sr"))


def test_deleting_a_country_deletes_its_practices() -> None:
    practice = make_practice(published=True)
    translate(practice, published=True)
    country().delete()
    assert not PracticePage.objects.filter(translation_key=practice.translation_key).exists()
    assert PracticeRecord.objects.filter(translation_key=practice.translation_key).exists()


def test_unpublishing_an_original_takes_its_translation_down() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    practice.unpublish()
    assert not PracticePage.objects.get(pk=translation.pk).live


def test_unpublishing_a_country_takes_its_practices_down() -> None:
    practice = make_practice(published=True)
    country().unpublish()
    assert not PracticePage.objects.get(pk=practice.pk).live


def test_unpublishing_a_home_page_takes_everything_below_down() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    practice.get_ancestors()[1].specific.unpublish()
    for page in (practice, translation, country()):
        assert not Page.objects.get(pk=page.pk).live
        assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish").count() == 1


def test_nothing_is_published_below_an_unpublished_country() -> None:
    practice = make_practice()
    CountryPage.objects.filter(pk=country().pk).update(live=False)
    with pytest.raises(IncompletePracticeError, match=r"1\.1"):
        practice.get_latest_revision().publish()


@pytest.mark.parametrize(
    ("name", "value"), [("iso_code", "xx"), ("alpha3", "XXX"), ("source_language", "pt-br")]
)
def test_the_facts_of_a_country_are_fixed(name: str, value: str) -> None:
    for page in (country("pe"), country("pe", "pt-br")):
        setattr(page, name, value)
        with pytest.raises(ValidationError):
            page.full_clean()


def test_a_country_without_practices_agrees_with_its_translation() -> None:
    PracticePage.objects.filter(country="sr").delete()
    page = country("sr")
    page.alpha3 = "SRM"
    with pytest.raises(ValidationError):
        page.full_clean()


def test_translations_follow_a_move() -> None:
    practice = make_practice(published=True)
    translation = translate(practice, published=True)
    practice.move(country("uy"), pos="last-child")
    moved = PracticePage.objects.get(pk=translation.pk)
    assert moved.country == "uy"
    assert moved.get_parent().specific == country("uy", "pt-br")


def test_country_cannot_disagree_after_a_revert() -> None:
    practice = make_practice(published=True)
    revision = practice.get_latest_revision()
    practice.move(country("uy"), pos="last-child")
    revision.refresh_from_db()
    revision.publish()
    assert PracticePage.objects.get(pk=practice.pk).country == "uy"


def test_practices_are_born_in_their_source_tree_only() -> None:
    brazil_in_spanish = country("br", "es")
    assert not PracticePage.can_create_at(brazil_in_spanish)
    assert PracticePage.can_create_at(country("br", "pt-br"))
    assert not make_practice().can_move_to(country("br"))
    assert not make_practice(slug="b").can_move_to(brazil_in_spanish)
    with pytest.raises(Exception, match="Brasil"):
        make_practice(brazil_in_spanish)


def test_country_pages_know_their_source_tree() -> None:
    trees = {
        (page.iso_code, page.locale.language_code): page.is_source_tree
        for page in CountryPage.objects.all()
    }
    assert trees[("br", "pt-br")]
    assert not trees[("br", "es")]
    assert trees[("pe", "es")]
    assert len(trees) == 24
