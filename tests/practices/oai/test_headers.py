"""Datestamps follow the public content and nothing else; what is withdrawn stays as deleted."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from taggit.models import Tag
from wagtail.models import PageViewRestriction

from practices.models import HarvestHeader, HarvestSet, PracticePage, ThemeText
from tests.factories import country, make_practice, publish, translate

from .asking import headers, one, records
from .conftest import LONG_AGO

pytestmark = pytest.mark.django_db

Step = Callable[[], Any]


def stored(practice: PracticePage) -> PracticePage:
    return PracticePage.objects.get(pk=practice.pk)


def changed(code: str, step: Step) -> bool:
    """Whether a step gives a practice a new datestamp."""
    HarvestHeader.objects.update(datestamp=LONG_AGO)
    step()
    header = HarvestHeader.objects.get(record__code=code)
    return header.datestamp > LONG_AGO


def test_the_datestamp_follows_the_public_content() -> None:
    practice = make_practice(published=True, slug="sigue", tags=["una marca"])
    code = practice.code
    assert not changed(code, lambda: stored(practice).save_revision())
    assert not changed(code, lambda: publish(stored(practice))), "the same text once more"
    translation = translate(practice)
    assert not changed(code, lambda: stored(translation).save_revision())
    assert changed(code, lambda: publish(translation))
    assert changed(code, lambda: stored(translation).unpublish())

    def retitle() -> None:
        page = stored(practice)
        page.title = "Otro título"
        page.save_revision()
        assert HarvestHeader.objects.get(record__code=code).datestamp == LONG_AGO
        publish(page)

    assert changed(code, retitle)

    def rename_tag() -> None:
        tag = Tag.objects.get(slug="una-marca")
        tag.name = "Otra marca"
        tag.save()

    assert changed(code, rename_tag)
    assert changed(code, lambda: Tag.objects.get(slug="una-marca").delete())

    def rename_country() -> None:
        page = country()
        page.title = "República del Perú"
        page.save_revision().publish(skip_permission_checks=True)

    assert changed(code, rename_country)
    assert changed(code, lambda: stored(practice).move(country("ar"), pos="last-child"))
    specs = HarvestSet.objects.filter(header__record__code=code).values_list("spec", flat=True)
    assert list(specs) == ["country:ar", "theme:human_rights"]


def test_a_renamed_theme_changes_its_practices_alone() -> None:
    practice = make_practice(published=True, slug="con", themes=["human_rights"])
    other = make_practice(published=True, slug="sin", themes=["social_consultation"])

    def rename(language: str) -> Step:
        text = ThemeText.objects.get(theme__code="human_rights", language=language)
        text.name = f"{text.name} de todas las personas"
        return text.save

    assert not changed(practice.code, rename("pt-br")), "there is no text in that language"
    assert changed(practice.code, rename("es"))
    assert not changed(other.code, rename("es"))


@pytest.mark.parametrize("way", ["unpublish", "delete", "restrict", "country", "as a plain page"])
def test_what_is_withdrawn_stays_as_deleted(client: Client, way: str) -> None:
    practice = make_practice(published=True, slug="retirada")
    translate(practice, published=True)
    code = practice.code
    HarvestHeader.objects.update(datestamp=LONG_AGO)
    {
        "unpublish": lambda: stored(practice).unpublish(),
        "delete": lambda: stored(practice).delete(),
        "restrict": lambda: PageViewRestriction.objects.create(
            page=practice, restriction_type=PageViewRestriction.LOGIN
        ),
        "country": lambda: country().unpublish(),
        "as a plain page": practice.page_ptr.unpublish,
    }[way]()
    answer = one(client, code)
    assert answer.deleted == [code]
    assert answer.texts("dc:title") == []
    assert answer.texts("oai:setSpec") == ["country:pe", "theme:human_rights"]
    news = records(client, from_="2021-01-01", set="country:pe")
    assert code in news.deleted
    assert set(news.codes) == set(news.deleted)
    assert code in headers(client).deleted


def test_what_comes_back_is_deleted_no_more(client: Client) -> None:
    practice = make_practice(published=True, slug="vuelve")
    stored(practice).unpublish()
    assert changed(practice.code, lambda: publish(stored(practice)))
    assert one(client, practice.code).deleted == []


def test_what_never_was_public_is_unknown(client: Client) -> None:
    page = country()
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    practice = make_practice(published=True, slug="oculta")
    stored(practice).unpublish()
    assert practice.code
    assert one(client, practice.code).error == "idDoesNotExist"


def test_a_header_that_lags_behind_gives_nothing_away(client: Client) -> None:
    practice = make_practice(published=True, slug="atrasada")
    PracticePage.objects.filter(pk=practice.pk).update(live=False)
    assert one(client, practice.code).deleted == [practice.code]
    assert practice.code in headers(client).deleted
    call_command("update_index", verbosity=0)
    assert HarvestHeader.objects.get(record__code=practice.code).is_deleted


def test_both_granularities_and_both_ends(client: Client) -> None:
    practice = make_practice(published=True, slug="nueva")
    HarvestHeader.objects.filter(record__code=practice.code).update(
        datestamp=LONG_AGO.replace(year=2021)
    )
    for arguments, found in (
        ({"from_": "2021-05-04T03:02:01Z"}, True),
        ({"from_": "2021-05-04T03:02:02Z"}, False),
        ({"from_": "2021-05-04"}, True),
        ({"from_": "2021-05-05"}, False),
        ({"until": "2021-05-04T03:02:01Z"}, True),
        ({"until": "2021-05-04T03:02:00Z"}, False),
        ({"until": "2021-05-04"}, True),
        ({"until": "2021-05-03"}, False),
        ({"from_": "2021-05-04", "until": "2021-05-04"}, True),
    ):
        assert (practice.code in headers(client, **arguments).codes) is found, arguments


def test_practices_from_before_get_headers() -> None:
    live = make_practice(published=True, slug="viva")
    withdrawn, deleted, hidden = (
        make_practice(published=True, slug=f"otra-{number}") for number in range(3)
    )
    gone = [withdrawn.code, deleted.code]
    stored(withdrawn).unpublish()
    stored(deleted).delete()
    PageViewRestriction.objects.create(page=hidden, restriction_type=PageViewRestriction.LOGIN)
    before = {
        header.record.code: (header.is_deleted, list(header.sets.values_list("spec", flat=True)))
        for header in HarvestHeader.objects.select_related("record")
    }
    HarvestHeader.objects.all().delete()
    import_module("practices.migrations.0012_harvest").give_headers(apps, None)
    after = {
        header.record.code: (header.is_deleted, list(header.sets.values_list("spec", flat=True)))
        for header in HarvestHeader.objects.select_related("record")
    }
    assert before.pop(hidden.code)
    for code in gone:
        # Their themes are known no more.
        assert before.pop(code)[0]
        assert after.pop(code) == (True, ["country:pe"])
    assert after == before
    moment = stored(live).last_published_at
    assert moment is not None
    header = HarvestHeader.objects.get(record__code=live.code)
    assert header.datestamp == moment.replace(microsecond=0)
